using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Bus;

/// <summary>Takes an event off the bus once it is safe in the ledger. Posting comes later and fails by itself.</summary>
internal sealed partial class AlertConsumer(DeliveryLedger ledger, Reception reception, ILogger<AlertConsumer> logger) : IConsumer<FeedWatchEvent>
{
    public async Task Consume(ConsumeContext<FeedWatchEvent> context)
    {
        if (context.Message is UnknownEvent unknown)
        {
            Log.Unknown(logger, unknown.Type, unknown.Id);
            return;
        }

        await reception.TakeAsync(async () =>
        {
            FaultPoint.Pass("received");
            await ledger.RecordAsync(context.Message, context.CancellationToken);
            FaultPoint.Pass("not-yet-acknowledged");
        });
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 720, Level = LogLevel.Information, Message = "Left alone an event of type {Type} ({Id}), which a newer FeedWatch published; update this one to have it posted.")]
        public static partial void Unknown(ILogger logger, string type, Guid id);
    }
}
