using FeedWatch.Contracts;
using MassTransit;

namespace FeedWatch.Publishing;

/// <summary>CloudEvents 1.0 attributes as AMQP headers (binary mode): the body stays the event itself.</summary>
internal static class CloudEvent
{
    public static void Mark(PublishContext context, FeedWatchEvent @event)
    {
        context.MessageId = @event.Id;
        foreach (var (attribute, value) in CloudEventAttributes.Of(@event)) context.Headers.Set($"cloudEvents_{attribute}", value);
    }
}
