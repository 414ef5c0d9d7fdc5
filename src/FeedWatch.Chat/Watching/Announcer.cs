using System.Text.Json;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Watching;

/// <summary>
/// Tells on the bus what the channels of this process were told of each other, so that other people's bots hear of it. It is written down in the
/// same moment as for the channels, and crossed out when the broker has it: a crash between these two repeats it under the same id.
/// </summary>
internal sealed partial class Announcer(DeliveryLedger ledger, IBus bus, TimeProvider time, ILogger<Announcer> logger) : BackgroundService
{
    /// <summary>Several bots on one ledger: one of them announces. No channel's name begins with a space.</summary>
    private const string Lease = " announcements";

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(8); // without it a broker that is away would be waited for, for ever

    private bool isSaid;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = ledger.Changed;
            try
            {
                if (!await AnnounceAsync(stoppingToken)) await ledger.WaitAsync(changed, ChannelLoop.LookAgain, stoppingToken);
                continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerFailedException)
            {
                // the channels say so
            }
#pragma warning disable CA1031 // the edge to MassTransit and the client below it, which throw many kinds; here they are one: not taken
            catch (Exception ex)
#pragma warning restore CA1031
            {
                if (!isSaid) Log.NotTaken(logger, ex is OperationCanceledException ? $"no confirmation within {ConfirmWithin.TotalSeconds:0} seconds" : ex.Message, EventBus.ExchangeName);
                isSaid = true;
            }

            await Task.Delay(AfterFault, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False where there is nothing to announce, or another process does it.</returns>
    private async Task<bool> AnnounceAsync(CancellationToken cancellationToken)
    {
        if (await ledger.LookAsync(AnnouncementBook.NextAsync, cancellationToken) is not { } next || !await ledger.HoldAsync(Lease, cancellationToken)) return false;
        if (Read(next) is { } @event)
        {
            using var patience = new CancellationTokenSource(ConfirmWithin); // of real time, as the broker's
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await EventBus.PublishAsync(bus, @event, either.Token);
            FaultPoint.Pass("announced");
            Log.Announced(logger, next.Seq);
            isSaid = false;
        }

        await ledger.ChangeAsync((c, t) => AnnouncementBook.DoneAsync(c, t, next), cancellationToken);
        return true;
    }

    /// <summary>Null for one that a newer FeedWatch left behind.</summary>
    private static FeedWatchEvent? Read(Announcement announcement)
    {
        try
        {
            return EventJson.Deserialize(announcement.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 751, Level = LogLevel.Debug, Message = "Told the bus how a channel fares (announcement {Seq}).")]
        public static partial void Announced(ILogger logger, long seq);

        [LoggerMessage(EventId = 752, Level = LogLevel.Warning, Message = "RabbitMQ does not take the news that a channel fails or is mended ({Why}). The channels here were told of it; it is tried again every few seconds and not lost. If RabbitMQ is there, see whether its user may write to {Exchange}.")]
        public static partial void NotTaken(ILogger logger, string why, string exchange);
    }
}
