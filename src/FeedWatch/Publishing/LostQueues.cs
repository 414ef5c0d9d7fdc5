using System.Text;
using FeedWatch.Chat.Bus;
using FeedWatch.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Publishing;

/// <summary>
/// A quorum queue whose broker is killed within seconds of its making may come back without a leader (RabbitMQ 3.10, one node): it is listed
/// and bound and confirms nothing any more, and with it no event is confirmed. After a minute of that the queues of ours that are to blame are
/// deleted, to be made anew, and what they may have lost is sent again.
/// </summary>
internal sealed partial class LostQueues(OutboxRelay relay, Outbox outbox, RabbitTopology topology, BusOptions options, TimeProvider time, ILogger<LostQueues> logger) : BackgroundService
{
    private const string Straight = ""; // the exchange that leads to the queue of the routing key's name

    /// <summary>An election takes seconds.</summary>
    private static readonly TimeSpan After = TimeSpan.FromMinutes(1);

    /// <summary>A queue that lives confirms within milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>A queue is lost by a broker that dies within some ten seconds of its making; what was confirmed meanwhile may be lost with it.</summary>
    private static readonly TimeSpan SentAgain = TimeSpan.FromMinutes(10);

    private DateTimeOffset looked = DateTimeOffset.MinValue;
    private DateTimeOffset said;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (relay.Trouble is not { } trouble || time.GetUtcNow() - trouble.Since < After || time.GetUtcNow() - looked < After) continue;
            try
            {
                await MendAsync(trouble, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the edge to the broker's client, which throws many kinds; that the bus takes nothing is said already
            catch (Exception ex)
#pragma warning restore CA1031
            {
                Log.NotLooked(logger, ex.Message); // the broker itself is away, or not well: then no queue is to blame
            }

            looked = time.GetUtcNow();
        }
    }

    private async Task MendAsync(BusTrouble trouble, CancellationToken cancellationToken)
    {
        if (await outbox.OldestAsync(cancellationToken) is not { } row) return;
        var @event = EventJson.Deserialize(row.Body);
        await using var connection = await RabbitConnection.Factory(options).CreateConnectionAsync("feedwatch queues", cancellationToken);
        if (!await BrokerConfirmsAsync(connection, @event, cancellationToken)) return;

        var lost = new List<string>();
        foreach (var queue in (string[])[EventBus.ArchiveQueue, ChatEndpoint.QueueName])
        {
            if (await IsLostAsync(connection, queue, @event, cancellationToken)) lost.Add(queue);
        }

        var replaced = false;
        if (options.ReplaceLostQueues)
        {
            foreach (var queue in lost.ToList())
            {
                if (!await IsDeletedAsync(connection, queue, cancellationToken)) continue;
                Log.Replaced(logger, queue);
                replaced = lost.Remove(queue);
            }
        }

        if (replaced)
        {
            topology.Forget();
            await outbox.SendAgainAsync(SentAgain, cancellationToken);
            if (lost.Count == 0) return;
        }

        if (said == trouble.Since) return; // once for each outage
        said = trouble.Since;
        foreach (var queue in lost) Log.Lost(logger, queue);
        if (lost.Count == 0) Log.OthersQueue(logger);
    }

    /// <summary>False where this user may not delete it.</summary>
    private static async Task<bool> IsDeletedAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeleteAsync(queue, cancellationToken: cancellationToken);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Whether it takes an event into a queue that is made for it: in a disk alarm, say, it does not, and no queue is to blame.</summary>
    private static async Task<bool> BrokerConfirmsAsync(IConnection connection, FeedWatchEvent @event, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = (await channel.QueueDeclareAsync(exclusive: true, cancellationToken: cancellationToken)).QueueName;
        return await ConfirmsAsync(connection, queue, @event, cancellationToken);
    }

    /// <summary>It is there, and holds nothing as far as the broker knows, and does not take an event by itself. Should it take it, it holds that twice, under the same id.</summary>
    private static async Task<bool> IsLostAsync(IConnection connection, string queue, FeedWatchEvent @event, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            if ((await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount > 0) return false;
        }
        catch (OperationInterruptedException)
        {
            return false; // there is none
        }

        return !await ConfirmsAsync(connection, queue, @event, cancellationToken);
    }

    private static async Task<bool> ConfirmsAsync(IConnection connection, string queue, FeedWatchEvent @event, CancellationToken cancellationToken)
    {
        // Not closed here: that of a lost queue answers nothing for a minute. It ends with its connection.
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        try
        {
            var properties = new BasicProperties { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent, MessageId = @event.Id.ToString() };
            await channel.BasicPublishAsync(Straight, queue, mandatory: true, properties, Encoding.UTF8.GetBytes(EventJson.Serialize(@event)), cancellationToken)
                .AsTask().WaitAsync(Patience, cancellationToken);
            return true;
        }
        catch (Exception ex) when (ex is TimeoutException or PublishException or RabbitMQ.Client.Exceptions.PublishException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 611, Level = LogLevel.Error, Message = "RabbitMQ has lost the queue {Queue}: it is listed and takes nothing, so that no event was confirmed. It was deleted and is made anew, and the events of its last ten minutes are sent again under their ids; bots that come late miss what it held.")]
        public static partial void Replaced(ILogger logger, string queue);

        [LoggerMessage(EventId = 612, Level = LogLevel.Error, Message = "RabbitMQ does not take anything into the queue {Queue}, so that no event is confirmed. Where its other nodes are down, start them; else delete it with 'rabbitmqctl delete_queue {Queue}', and FeedWatch makes it anew (by itself with Bus:ReplaceLostQueues).")]
        public static partial void Lost(ILogger logger, string queue);

        [LoggerMessage(EventId = 614, Level = LogLevel.Debug, Message = "Whether a queue is lost could not be looked at: {Why}")]
        public static partial void NotLooked(ILogger logger, string why);

        [LoggerMessage(EventId = 613, Level = LogLevel.Error, Message = "RabbitMQ confirms no event, although it is well and FeedWatch's own queues are: another queue that is bound to feedwatch.events takes nothing. 'rabbitmqctl list_queues name type leader state' shows which; unbind or delete it, and what waits in the outbox goes out.")]
        public static partial void OthersQueue(ILogger logger);
    }
}
