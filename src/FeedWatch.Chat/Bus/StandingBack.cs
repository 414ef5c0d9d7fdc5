using System.Threading.Channels;
using FeedWatch.Chat.Delivering;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace FeedWatch.Chat.Bus;

/// <summary>
/// RabbitMQ gives the events of a queue to one of several bots, as long as that one consumes. A bot that cannot write down what it is given
/// lets go, so that another one gets it, and stands by again when its ledger takes something.
/// </summary>
internal sealed partial class StandingBack(DeliveryLedger ledger, QueueCheck queue, TimeProvider time, ILogger<StandingBack> logger) : BackgroundService, IReceiveEndpointObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<ChannelContext> asked = Channel.CreateUnbounded<ChannelContext>();
    private readonly TaskCompletionSource<IReceiveEndpoint> endpoint = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gives back the event that is being consumed, with all others that came with it.</summary>
    /// <exception cref="OperationCanceledException">Always: the event is not this bot's any more.</exception>
    public async Task LetGoAsync(ConsumeContext consuming)
    {
        asked.Writer.TryWrite(consuming.ReceiveContext.GetPayload<ChannelContext>());
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); // whoever cancels has more to do
        await using var end = consuming.CancellationToken.Register(() => taken.TrySetCanceled(consuming.CancellationToken));
        await taken.Task;
    }

    public Task Ready(ReceiveEndpointReady ready)
    {
        endpoint.TrySetResult(ready.ReceiveEndpoint);
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var channel in asked.Reader.ReadAllAsync(stoppingToken))
        {
            if (channel.Channel.IsOpen) await StandBackAsync(channel, await endpoint.Task.WaitAsync(stoppingToken), stoppingToken);
        }
    }

    /// <summary>
    /// The channel is closed, not the consumer cancelled: with its channel RabbitMQ takes back all that is not acknowledged before it turns to
    /// the next consumer, which else would be given later events first.
    /// </summary>
    private async Task StandBackAsync(ChannelContext channel, IReceiveEndpoint receiving, CancellationToken cancellationToken)
    {
        Log.LetsGo(logger, ChatEndpoint.QueueName);
        try
        {
            var closing = channel.Channel.AbortAsync(cancellationToken);
            await receiving.Stop(cancellationToken);
            await closing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // MassTransit disposes of the channel as soon as it is closed
        }
#pragma warning disable CA1031 // the edge to MassTransit and the client below it, which throw many kinds where the broker goes at this moment; then the channel is gone with it
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Abrupt(logger, ex);
            return;
        }

        while (!await ledger.CanRecordAsync(cancellationToken)) await Task.Delay(Pause, time, cancellationToken);
        await queue.LookAsync();
        receiving.Start(CancellationToken.None);
        Log.StandsBy(logger, ChatEndpoint.QueueName);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 723, Level = LogLevel.Information, Message = "The queue {Queue} is let go until posts can be written down: what comes waits there, or goes to another bot.")]
        public static partial void LetsGo(ILogger logger, string queue);

        [LoggerMessage(EventId = 724, Level = LogLevel.Information, Message = "Events are taken from the queue {Queue} again, where no other bot does.")]
        public static partial void StandsBy(ILogger logger, string queue);

        [LoggerMessage(EventId = 725, Level = LogLevel.Debug, Message = "The way to RabbitMQ broke while its queue was let go.")]
        public static partial void Abrupt(ILogger logger, Exception exception);
    }
}
