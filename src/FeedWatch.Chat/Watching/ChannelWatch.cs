using System.Data.Common;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat.Watching;

/// <summary>
/// Tells the other channels of one that stays broken, once, and when it takes something again or is taken out of the settings. That a notice cannot be posted is no news by
/// itself, so that two broken channels tell each other nothing more than that they are.
/// </summary>
/// <param name="ledger">Whose deliveries are looked at.</param>
/// <param name="options">Which channels there are.</param>
/// <param name="time">By which they fail.</param>
/// <param name="logger">Hears of it too.</param>
/// <param name="announces">Whether there is an <see cref="Announcer"/>, to tell others on the bus.</param>
internal sealed partial class ChannelWatch(DeliveryLedger ledger, IOptions<ChatOptions> options, TimeProvider time, ILogger<ChannelWatch> logger, bool announces = false) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>One look at all the channels.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in options.Value.Channels) await LookAsync(channel, cancellationToken);
        foreach (var known in await ledger.LookAsync(TroubleBook.AllAsync, cancellationToken))
        {
            if (!options.Value.Channels.Any(c => c.Name == known.Channel)) await ForgetAsync(known, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception ex) when (ex is LedgerFailedException or OperationCanceledException)
            {
                // the channels say so; it is looked at again
            }
        }
    }

    private async Task LookAsync(ChannelOptions channel, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var failing = await ledger.LookAsync(c => TroubleBook.LookAsync(c, channel.Name), cancellationToken);
        var trouble = await ledger.LookAsync(c => TroubleBook.FindAsync(c, channel.Name), cancellationToken);
        switch (failing, trouble)
        {
            case (not null, null):
                await ChangeAsync((c, t) => TroubleBook.AddAsync(c, t, channel.Name, failing.At < now ? failing.At : now));
                break;
            case (not null, { EventId: null }) when now - trouble.Since >= options.Value.FailingAfter:
                await TellAsync(channel, failing, trouble.Since, cancellationToken);
                break;
            case (null, { EventId: null }):
                await ChangeAsync((c, t) => TroubleBook.RemoveAsync(c, t, channel.Name));
                break;
            case (null, { EventId: { } told }):
                await TellOfEndAsync(channel.Name, channel.Type, told, trouble.Since, isRemoved: false, cancellationToken);
                break;
        }

        Task ChangeAsync(Func<DbConnection, DbTransaction, Task> work) => ledger.ChangeAsync(
            async (c, t) =>
            {
                await work(c, t);
                return true;
            },
            cancellationToken);
    }

    /// <summary>A channel that was taken out of the settings is nobody's trouble any more; who was told of it hears that too.</summary>
    private Task ForgetAsync(KnownTrouble known, CancellationToken cancellationToken) => known.Trouble.EventId is { } told
        ? TellOfEndAsync(known.Channel, known.ChannelType ?? "unknown", told, known.Trouble.Since, isRemoved: true, cancellationToken)
        : ledger.ChangeAsync((c, t) => TroubleBook.RemoveAsync(c, t, known.Channel), cancellationToken);

    private async Task TellAsync(ChannelOptions channel, Failing failing, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var notice = new ChannelFailing
        {
            Id = NoticeId.Of($"{EventTypes.ChannelFailing}|{channel.Name}|{since.ToUnixTimeMilliseconds()}"),
            Time = now,
            Channel = channel.Name,
            ChannelType = channel.Type,
            Since = since,
            Failures = failing.Failures,
            Reason = PlainText.Of(failing.Why, 300),
            Waiting = await WaitingAsync(channel.Name, cancellationToken),
            GivenUp = await ledger.LookAsync(c => TroubleBook.GivenUpAsync(c, channel.Name, since), cancellationToken),
            NextTryAt = failing.NextTryAt,
        };
        if (await RecordAsync(notice, (c, t) => TroubleBook.ToldAsync(c, t, channel.Name, notice.Id, now), cancellationToken)) Log.Failing(logger, channel.Name, since);
    }

    private async Task TellOfEndAsync(string channel, string type, Guid told, DateTimeOffset since, bool isRemoved, CancellationToken cancellationToken)
    {
        var notice = new ChannelRecovered
        {
            Id = NoticeId.Of($"{EventTypes.ChannelRecovered}|{told}"),
            Time = time.GetUtcNow(),
            Channel = channel,
            ChannelType = type,
            After = told,
            Since = since,
            Waiting = await WaitingAsync(channel, cancellationToken),
            Removed = isRemoved,
        };
        await RecordAsync(notice, (c, t) => TroubleBook.RemoveAsync(c, t, channel), cancellationToken);
    }

    /// <summary>All of it or nothing: that it is told here, and that it is to be told on the bus.</summary>
    private Task<bool> RecordAsync(FeedWatchEvent notice, Func<DbConnection, DbTransaction, Task<bool>> claim, CancellationToken cancellationToken) => ledger.RecordAsync(
        notice,
        async (c, t) =>
        {
            if (!await claim(c, t)) return false;
            if (announces) await AnnouncementBook.AddAsync(c, t, notice);
            return true;
        },
        cancellationToken);

    private async Task<int> WaitingAsync(string channel, CancellationToken cancellationToken) =>
        (await ledger.OpenByChannelAsync(cancellationToken, held: true)).GetValueOrDefault(channel);

    private static partial class Log
    {
        [LoggerMessage(EventId = 750, Level = LogLevel.Warning, Message = "Channel {Channel} has taken nothing since {Since:u}; the other channels are told.")]
        public static partial void Failing(ILogger logger, string channel, DateTimeOffset since);
    }
}
