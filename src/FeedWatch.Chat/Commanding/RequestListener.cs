using System.Text;
using System.Text.Json;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.Chat.Commanding;

/// <summary>
/// Takes what bots ask off a durable queue of RabbitMQ, one after the other, and answers to where they say. What is not signed reaches nothing
/// but the log.
/// </summary>
public sealed partial class RequestListener(IRequestDesk desk, BusOptions options, TimeProvider time, ILogger<RequestListener> logger) : BackgroundService
{
    /// <summary>The direct exchange that bots send to.</summary>
    public const string ExchangeName = "feedwatch.commands";

    private static readonly TimeSpan AfterBreak = TimeSpan.FromSeconds(5);

    private readonly RequestGate gate = new(options.EffectiveCommandSecret());
    private readonly string commands = string.Join(", ", desk.Commands);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var said = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await RabbitConnection.Factory(options).CreateConnectionAsync("feedwatch commands", stoppingToken);
                var broken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                connection.ConnectionShutdownAsync += (_, _) =>
                {
                    broken.TrySetResult();
                    return Task.CompletedTask;
                };
                await using var channel = await ListenAsync(connection, broken, stoppingToken);
                Log.Listening(logger, desk.Queue, commands);
                said = false;
                await broken.Task.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception ex) when (ex is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException or TimeoutException or OperationCanceledException)
            {
                if (!said) Log.Away(logger, desk.Queue, (ex.InnerException ?? ex).Message);
                said = true;
            }

            await Task.Delay(AfterBreak, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IChannel> ListenAsync(IConnection connection, TaskCompletionSource broken, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(ExchangeName, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(desk.Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        foreach (var command in desk.Commands) await channel.QueueBindAsync(desk.Queue, ExchangeName, command, cancellationToken: cancellationToken);
        await channel.BasicQosAsync(0, prefetchCount: 1, global: false, cancellationToken);

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) => await TakeAsync(channel, message, broken, cancellationToken);
        consumer.UnregisteredAsync += (_, _) => // somebody deleted the queue
        {
            broken.TrySetResult();
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, _) =>
        {
            broken.TrySetResult();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(desk.Queue, autoAck: false, consumer, cancellationToken);
        return channel;
    }

    private async Task TakeAsync(IChannel channel, BasicDeliverEventArgs message, TaskCompletionSource broken, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await AnswerAsync(HeadersOf(message), message.Body, message.RoutingKey, cancellationToken);
            if (reply is not null && message.BasicProperties.ReplyTo is { Length: > 0 } address)
            {
                var properties = new BasicProperties { CorrelationId = message.BasicProperties.CorrelationId, ContentType = "application/json" };
                await channel.BasicPublishAsync("", address, mandatory: false, properties, JsonSerializer.SerializeToUtf8Bytes(reply, EventJson.Options), cancellationToken);
            }

            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // not acknowledged: it comes again
        }
#pragma warning disable CA1031 // the edge: the store may be away; the connection is begun anew, and what was not acknowledged comes again
        catch (Exception ex)
#pragma warning restore CA1031
        {
            Log.Failed(logger, ex, message.RoutingKey);
            broken.TrySetResult();
        }
    }

    /// <returns>Null where nobody is to be told anything.</returns>
    private async Task<BotReply?> AnswerAsync(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, string routingKey, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (gate.Check(headers, body.Span, now))
        {
            case GateResult.Accepted accepted:
                var by = PlainText.Of(accepted.Request.By, 80);
                var reply = await desk.AnswerAsync(accepted.Request, now, cancellationToken)
                    ?? new BotReply { Id = accepted.Request.Id, Done = false, Message = "A request of this id was answered before." };
                Log.Answered(logger, routingKey, accepted.Request.Id, by.Length > 0 ? by : "a bot", reply.Message);
                return reply;
            case GateResult.Refused refused:
                Log.Refused(logger, PlainText.Of(routingKey, 40), refused.Why);
                return new BotReply { Id = refused.Id, Done = false, Message = refused.Why };
            case GateResult.Unsigned unsigned:
                Log.Refused(logger, PlainText.Of(routingKey, 40), unsigned.Why);
                return null;
            default:
                throw new InvalidOperationException("The gate gave no answer.");
        }
    }

    private static Dictionary<string, string> HeadersOf(BasicDeliverEventArgs message) =>
        (message.BasicProperties.Headers ?? new Dictionary<string, object?>())
            .Where(h => h.Value is byte[] or string or long or int)
            .ToDictionary(h => h.Key, h => h.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{h.Value}"), StringComparer.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(EventId = 740, Level = LogLevel.Information, Message = "Bots may ask through the queue {Queue}: {Commands}.")]
        public static partial void Listening(ILogger logger, string queue, string commands);

        [LoggerMessage(EventId = 741, Level = LogLevel.Warning, Message = "The queue {Queue} cannot be read ({Why}); what bots ask waits, and it is tried again every few seconds.")]
        public static partial void Away(ILogger logger, string queue, string why);

        [LoggerMessage(EventId = 742, Level = LogLevel.Information, Message = "{Command} ({Id}) from {By}: {Message}")]
        public static partial void Answered(ILogger logger, string command, Guid id, string by, string message);

        [LoggerMessage(EventId = 743, Level = LogLevel.Warning, Message = "Refused the request {Command}: {Why}")]
        public static partial void Refused(ILogger logger, string command, string why);

        [LoggerMessage(EventId = 744, Level = LogLevel.Error, Message = "The request {Command} could not be answered; it is tried again in a few seconds.")]
        public static partial void Failed(ILogger logger, Exception exception, string command);
    }
}
