using System.Globalization;
using FeedWatch.Contracts;
using MassTransit;

namespace FeedWatch.Publishing;

/// <summary>CloudEvents 1.0 attributes as AMQP headers (binary mode): the body stays the event itself.</summary>
internal static class CloudEvent
{
    public const string Source = "urn:feedwatch";

    public static void Mark(PublishContext context, FeedWatchEvent @event)
    {
        context.MessageId = @event.Id;
        Set("specversion", "1.0");
        Set("id", @event.Id.ToString());
        Set("source", Source);
        Set("type", EventTypes.CloudEventsTypeOf(@event));
        Set("dataschema", EventTypes.SchemaOf(@event));
        Set("time", @event.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (@event is ArticleMatched article) Set("subject", article.IncidentId.ToString());
        if (@event is IncidentEvent incident)
        {
            Set("subject", incident.IncidentId.ToString());
            Set("sequence", incident.Sequence.ToString("D10", CultureInfo.InvariantCulture)); // sorts as text, as the extension demands
        }

        void Set(string attribute, string value) => context.Headers.Set($"cloudEvents_{attribute}", value);
    }
}
