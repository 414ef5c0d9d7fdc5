using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using MassTransit;

namespace FeedWatch.Publishing;

/// <summary>
/// Over the bus inside this process, to the channels of this process. The in-memory transport forgets what it holds when the
/// process dies, so an event counts as taken only when the chat side has recorded it on disk.
/// </summary>
internal sealed class MemoryPublisher(IBus bus, DeliveryLedger ledger) : IEventPublisher
{
    public async Task PublishAsync(FeedWatchEvent @event, CancellationToken cancellationToken)
    {
        if (ledger.Health.Fault is { } fault) throw new PublishException($"the chat side cannot write it down ({fault.Why})"); // the bus would hold it in memory, once more for each try
        await EventBus.PublishAsync(bus, @event, cancellationToken);
        FaultPoint.Pass("on-the-memory-bus");
        await ledger.RecordedAsync(@event.Id, cancellationToken);
    }
}
