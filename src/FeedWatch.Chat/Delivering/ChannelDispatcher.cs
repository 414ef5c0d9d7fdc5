using FeedWatch.Chat.Storing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Delivering;

/// <summary>Posts what the ledger holds, each channel on its own, so that a broken one holds up no other.</summary>
public sealed partial class ChannelDispatcher : BackgroundService
{
    /// <summary>A host stops within ten seconds; polling, the relay and the bus had their part of them before.</summary>
    private static readonly TimeSpan LastPosts = TimeSpan.FromSeconds(1);

    private readonly DeliveryLedger ledger;
    private readonly Routes routes;
    private readonly TimeProvider time;
    private readonly ILogger<ChannelDispatcher> logger;
    private readonly ChannelLoop[] loops;
    private readonly CancellationTokenSource abandon = new();

    internal ChannelDispatcher(DeliveryLedger ledger, Routes routes, TimeProvider time, ILogger<ChannelDispatcher> logger)
    {
        (this.ledger, this.routes, this.time, this.logger) = (ledger, routes, time, logger);
        loops = [.. routes.Channels.Select(c => new ChannelLoop(c, ledger, time, logger))];
    }

    /// <summary>The channel whose posting should have moved again the longest ago, and how long; null while none should have.</summary>
    public (string Channel, TimeSpan By)? Overdue => loops.Select(l => (l.Channel, l.Overdue)).Where(l => l.Overdue > TimeSpan.Zero).OrderByDescending(l => l.Overdue).Cast<(string, TimeSpan)?>().FirstOrDefault();

    /// <summary>Waits until every delivery is made or given up, or its channel waits for another try after a failure, or rests.</summary>
    public async Task<DeliveryTotals> WhenIdleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = ledger.Changed;
            if (await IsIdleAsync(cancellationToken))
                return await ledger.TotalsAsync(routes.Channels.Select(c => c.Name), cancellationToken);
            await ledger.WaitAsync(changed, ChannelLoop.LookAgain, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (channel, count) in await ledger.OpenByChannelAsync(cancellationToken, held: true))
        {
            if (routes.Channels.All(c => c.Name != channel)) Log.Orphaned(logger, channel, count);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Posts what was recorded just now, lets a post that is under way end, and cuts it off when the host's patience does.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WhenIdleAsync(cancellationToken).WaitAsync(LastPosts, cancellationToken);
        }
        catch (Exception ex) when (ex is TimeoutException or OperationCanceledException or LedgerFailedException)
        {
            // what is left is posted after the next start
        }

        await using var patience = cancellationToken.Register(abandon.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        abandon.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(loops.Select(l => l.RunAsync(stoppingToken, abandon.Token)));

    private async Task<bool> IsIdleAsync(CancellationToken cancellationToken)
    {
        foreach (var loop in loops.Where(l => !l.Rests))
        {
            await ledger.ReleaseAsync(loop.Channel, cancellationToken);
            var next = await ledger.NextAsync(loop.Channel, cancellationToken);
            if (next is not null && next.DueAt <= time.GetUtcNow()) return false;
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 710, Level = LogLevel.Warning, Message = "Channel {Channel} is no longer in the settings; alerts waiting for it: {Count}. They are posted when it is back.")]
        public static partial void Orphaned(ILogger logger, string channel, int count);
    }
}
