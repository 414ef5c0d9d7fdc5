using FeedWatch.Chat.Bus;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Publishing;

/// <summary>
/// Declares the exchange that bots bind to and the archive queue that holds every event for a while, so that a bot which comes
/// late finds what it missed and no event is ever unroutable. Whatever somebody deletes is there again for the next event, or seconds later.
/// </summary>
internal sealed partial class RabbitTopology(BusOptions options, TimeProvider time, ILogger<RabbitTopology> logger) : IDisposable
{
    /// <summary>Nobody is told that a queue or a binding was deleted while another queue still takes the events.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private const int NotFound = 404; // AMQP 0-9-1, 1.2.1 "reply codes"
    private const long Never = long.MinValue;

    private readonly SemaphoreSlim declaring = new(1, 1);
    private long declaredAt = Never;
    private bool isDifferenceSaid;

    /// <exception cref="PublishException">The broker is not there, or refuses.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsFresh) return;
        await declaring.WaitAsync(cancellationToken);
        try
        {
            if (IsFresh) return;
            await DeclareAsync(cancellationToken).WaitAsync(cancellationToken); // the client closes channels of a broker that died for longer than we wait
            Volatile.Write(ref declaredAt, time.GetTimestamp());
        }
        catch (Exception ex) when (ex is BrokerUnreachableException or OperationInterruptedException or IOException)
        {
            throw new PublishException($"RabbitMQ at {options.Host}:{options.Port} cannot be used ({(ex.InnerException ?? ex).Message}); check that it runs, and Bus:Host, :Port, :Username, :Password", ex);
        }
        finally
        {
            declaring.Release();
        }
    }

    /// <summary>Declare again before the next event.</summary>
    public void Forget() => Volatile.Write(ref declaredAt, Never);

    public void Dispose() => declaring.Dispose();

    private bool IsFresh => Volatile.Read(ref declaredAt) is var at && at != Never && time.GetElapsedTime(at) < Fresh;

    private async Task DeclareAsync(CancellationToken cancellationToken)
    {
        await using var connection = await RabbitConnection.Factory(options).CreateConnectionAsync("feedwatch topology", cancellationToken);
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            await channel.ExchangeDeclareAsync(EventBus.ExchangeName, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        }

        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            try
            {
                await channel.QueueDeclareAsync(
                    EventBus.ArchiveQueue,
                    durable: true,
                    exclusive: false,
                    autoDelete: false,
                    new Dictionary<string, object?>
                    {
                        ["x-queue-type"] = "quorum",
                        ["x-message-ttl"] = (long)options.ArchiveMaxAge.TotalMilliseconds,
                        ["x-max-length-bytes"] = options.ArchiveMaxBytes,
                        ["x-overflow"] = "drop-head",
                    },
                    cancellationToken: cancellationToken);
            }
            catch (OperationInterruptedException ex) when (ex.ShutdownReason?.ReplyCode == 406)
            {
                if (!isDifferenceSaid) Log.ArchiveDiffers(logger, EventBus.ArchiveQueue); // a queue's settings cannot be changed; the one that is there still does
                isDifferenceSaid = true;
            }
        }

        await BindBotAsync(connection, cancellationToken);
        await using var binding = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await binding.QueueBindAsync(EventBus.ArchiveQueue, EventBus.ExchangeName, "#", cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Somebody may have deleted the exchange, and with it its bindings, which no bot is told of. Ours is bound again before the archive is:
    /// until then nothing can be routed, so that nothing passes it by.
    /// </summary>
    private static async Task BindBotAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.ExchangeBindAsync(ChatEndpoint.QueueName, EventBus.ExchangeName, "#", cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException ex) when (ex.ShutdownReason?.ReplyCode == NotFound)
        {
            // no bot of ours has ever been here
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 610, Level = LogLevel.Warning, Message = "The queue {Queue} exists with other limits than Bus:ArchiveMaxAge and Bus:ArchiveMaxBytes; it is used as it is. Delete it to have it made anew.")]
        public static partial void ArchiveDiffers(ILogger logger, string queue);
    }
}
