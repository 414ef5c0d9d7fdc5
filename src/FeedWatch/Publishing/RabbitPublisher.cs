using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using FeedWatch.Publishing.Letters;
using MassTransit;

namespace FeedWatch.Publishing;

/// <summary>
/// Over RabbitMQ: an event counts as taken when the broker has confirmed it and some queue holds it.
/// Without a queue RabbitMQ drops a message in silence, hence <c>mandatory</c> and the archive queue.
/// </summary>
internal sealed class RabbitPublisher : IEventPublisher
{
    private readonly IBus bus;
    private readonly RabbitTopology topology;
    private readonly DeliveryLedger? standardOutput;
    private readonly RefusedSends refusals = new();

    public RabbitPublisher(IBus bus, RabbitTopology topology, DeliveryLedger? standardOutput = null)
    {
        (this.bus, this.topology, this.standardOutput) = (bus, topology, standardOutput);
        bus.ConnectPublishObserver(refusals);
    }

    public async Task PublishAsync(FeedWatchEvent @event, CancellationToken cancellationToken)
    {
        await topology.EnsureAsync(cancellationToken);
        FaultPoint.Pass("topology-declared");
        using var sending = refusals.Watch(@event, cancellationToken);
        try
        {
            await EventBus.PublishAsync(bus, @event, sending.Ended);
        }
        catch (OperationCanceledException) when (sending.Why is { } why)
        {
            topology.Forget(); // no queue took it: the archive's may be gone, or the exchange
            throw new PublishException($"RabbitMQ refuses it: {why.Message}", why);
        }
        catch (OperationCanceledException)
        {
            topology.Forget();
            throw;
        }
#pragma warning disable CA1031 // MassTransit and the client below it throw many kinds; for the outbox they are one: not taken
        catch (Exception ex)
#pragma warning restore CA1031
        {
            topology.Forget();
            throw new PublishException($"RabbitMQ did not take it: {ex.Message}", ex);
        }

        if (standardOutput is not null) await standardOutput.RecordAsync(@event, cancellationToken);
    }
}
