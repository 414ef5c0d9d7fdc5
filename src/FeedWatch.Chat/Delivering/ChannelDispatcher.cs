using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Delivering;

/// <summary>Posts what the ledger holds, each channel on its own, so that a broken one holds up no other.</summary>
public sealed partial class ChannelDispatcher : BackgroundService
{
    private readonly DeliveryLedger _ledger;
    private readonly Routes _routes;
    private readonly TimeProvider _time;
    private readonly ILogger<ChannelDispatcher> _logger;
    private readonly CancellationTokenSource _abandon = new();

    internal ChannelDispatcher(DeliveryLedger ledger, Routes routes, TimeProvider time, ILogger<ChannelDispatcher> logger) =>
        (_ledger, _routes, _time, _logger) = (ledger, routes, time, logger);

    /// <summary>Waits until every delivery is made or given up, or its channel waits for another try after a failure.</summary>
    public async Task<DeliveryTotals> WhenIdleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _ledger.Changed;
            if (await IsIdleAsync(cancellationToken))
                return await _ledger.TotalsAsync(_routes.Channels.Select(c => c.Name), cancellationToken);
            await changed.WaitAsync(cancellationToken);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (channel, count) in await _ledger.OpenByChannelAsync(cancellationToken))
        {
            if (_routes.Channels.All(c => c.Name != channel)) Log.Orphaned(_logger, channel, count);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Lets a post that is under way end, and cuts it off when the host's patience does.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var patience = cancellationToken.Register(_abandon.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _abandon.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_routes.Channels.Select(c => new ChannelLoop(c, _ledger, _time, _logger).RunAsync(stoppingToken, _abandon.Token)));

    private async Task<bool> IsIdleAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in _routes.Channels)
        {
            var next = await _ledger.NextAsync(channel.Name, cancellationToken);
            if (next is not null && next.DueAt <= _time.GetUtcNow()) return false;
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 710, Level = LogLevel.Warning, Message = "Channel {Channel} is no longer in the settings; alerts waiting for it: {Count}. They are posted when it is back.")]
        public static partial void Orphaned(ILogger logger, string channel, int count);
    }
}
