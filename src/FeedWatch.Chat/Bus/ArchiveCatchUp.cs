using System.Text.Json;
using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Chat.Bus;

/// <summary>
/// When the queue was taken from a bot, because somebody deleted it or the broker went, what was in it and what came until it was made anew may
/// lie in the archive queue alone. This reads the archive through, without taking anything out, and records what the ledger does not know. An
/// archive that cannot be read yet, as that of a broker that has just started, is tried again until it can. A bot that starts for the first
/// time begins with what comes.
/// </summary>
internal sealed partial class ArchiveCatchUp(BusOptions options, DeliveryLedger ledger, TimeProvider time, ILogger<ArchiveCatchUp> logger) : BackgroundService, IReceiveEndpointObserver
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim ready = new(0);
    private int breaks;
    private int caughtUp; // with so many of them
    private volatile bool wasThere;

    /// <summary>The queue was not there, or nobody knows.</summary>
    public void MayHaveMissed() => Interlocked.Increment(ref breaks);

    /// <summary>Before another <see cref="Ready"/>: the queue has outlived the break, and all that came meanwhile is in it.</summary>
    public void HasMissedNothing() => wasThere = false;

    /// <summary>The queue is there, and what comes from now on comes to it. After the first time that is after a break, in which anything may have happened.</summary>
    public Task Ready(ReceiveEndpointReady ready)
    {
        if (wasThere) MayHaveMissed();
        wasThere = true;
        this.ready.Release();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    /// <summary>The queue could not be had, whoever made it; what is made anew is empty.</summary>
    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        MayHaveMissed();
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        ready.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await ready.WaitAsync(stoppingToken);
            var pause = FirstPause;
            for (var now = Volatile.Read(ref breaks); now != caughtUp && !await IsCaughtUpAsync(now, isFirst: pause == FirstPause, stoppingToken); now = Volatile.Read(ref breaks))
            {
                await Task.Delay(pause, time, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task<bool> IsCaughtUpAsync(int now, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await CatchUpAsync(cancellationToken);
            caughtUp = now;
            return true;
        }
#pragma warning disable CA1031 // the edge to the broker's client, which throws many kinds where a queue has no leader yet; it is tried again
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            if (isFirst) Log.Failed(logger, ex.Message);
            return false;
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (await ledger.BeganAtAsync(cancellationToken) is not { } began) return;
        await using var connection = await RabbitConnection.Factory(options).CreateConnectionAsync("feedwatch bot", cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var missed = 0;
        while (await channel.BasicGetAsync(EventBus.ArchiveQueue, autoAck: false, cancellationToken) is { } message) // what is not acknowledged goes back when the channel closes
        {
            if (Read(message.Body) is not { } @event || @event.Time < began || await ledger.IsKnownAsync(@event.Id, cancellationToken)) continue;
            await ledger.RecordAsync(@event, cancellationToken);
            missed++;
        }

        if (missed > 0) Log.CaughtUp(logger, missed, ChatEndpoint.QueueName);
    }

    private static FeedWatchEvent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return EventJson.Deserialize(System.Text.Encoding.UTF8.GetString(body.Span));
        }
        catch (Exception ex) when (ex is JsonException or NotSupportedException)
        {
            return null; // of a newer FeedWatch, or another program's
        }
    }

    /// <summary>The broker is to blame, or the way to it.</summary>
    public static bool IsOfBroker(Exception exception) =>
        exception is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException or TimeoutException;

    private static partial class Log
    {
        [LoggerMessage(EventId = 721, Level = LogLevel.Warning, Message = "{Count} events were in the archive and had not come to the queue {Queue}, which was deleted or out of reach; they are posted now.")]
        public static partial void CaughtUp(ILogger logger, int count, string queue);

        [LoggerMessage(EventId = 722, Level = LogLevel.Warning, Message = "The archive could not be read for events that did not come to this bot's queue ({Why}); it is tried again until it can.")]
        public static partial void Failed(ILogger logger, string why);
    }
}
