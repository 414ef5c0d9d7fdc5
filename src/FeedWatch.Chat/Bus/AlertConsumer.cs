using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Bus;

/// <summary>Takes an event off the bus once it is safe in the ledger. Posting comes later and fails by itself.</summary>
/// <param name="ledger">Where it is put down.</param>
/// <param name="reception">Knows how long that takes.</param>
/// <param name="logger">Hears what is left alone.</param>
/// <param name="standingBack">Where an event can be given back; null on the bus inside the process, which has nobody to give it to.</param>
internal sealed partial class AlertConsumer(DeliveryLedger ledger, Reception reception, ILogger<AlertConsumer> logger, StandingBack? standingBack = null) : IConsumer<FeedWatchEvent>
{
    public async Task Consume(ConsumeContext<FeedWatchEvent> context)
    {
        if (context.Message is UnknownEvent unknown)
        {
            Log.Unknown(logger, unknown.Type, unknown.Id);
            return;
        }

        try
        {
            await reception.TakeAsync(async () =>
            {
                FaultPoint.Pass("received");
                await ledger.RecordAsync(context.Message, context.CancellationToken);
                FaultPoint.Pass("not-yet-acknowledged");
            });
        }
        catch (LedgerFailedException) when (standingBack is not null)
        {
            await standingBack.LetGoAsync(context);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 720, Level = LogLevel.Information, Message = "Left alone an event of type {Type} ({Id}), which a newer FeedWatch published; update this one to have it posted.")]
        public static partial void Unknown(ILogger logger, string type, Guid id);
    }
}
