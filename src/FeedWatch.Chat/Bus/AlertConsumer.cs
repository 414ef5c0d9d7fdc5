using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using MassTransit;

namespace FeedWatch.Chat.Bus;

/// <summary>Takes an event off the bus once it is safe in the ledger. Posting comes later and fails by itself.</summary>
internal sealed class AlertConsumer(DeliveryLedger ledger) : IConsumer<FeedWatchEvent>
{
    public Task Consume(ConsumeContext<FeedWatchEvent> context) => ledger.RecordAsync(context.Message, context.CancellationToken);
}
