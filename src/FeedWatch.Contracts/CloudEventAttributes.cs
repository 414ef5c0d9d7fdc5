using System.Globalization;

namespace FeedWatch.Contracts;

/// <summary>
/// The CloudEvents 1.0 attributes of an event, the same over AMQP and HTTP. Names and values are ASCII; nothing that a feed says is among them.
/// </summary>
public static class CloudEventAttributes
{
    public const string Source = "urn:feedwatch";

    /// <summary>By name, without the prefix that a protocol puts before it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(FeedWatchEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var attributes = new List<KeyValuePair<string, string>>
        {
            new("specversion", "1.0"),
            new("id", @event.Id.ToString()),
            new("source", Source),
            new("type", EventTypes.CloudEventsTypeOf(@event)),
            new("dataschema", EventTypes.SchemaOf(@event)),
            new("time", @event.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        };
        if (@event is ArticleMatched article) attributes.Add(new("subject", article.IncidentId.ToString()));
        if (@event is IncidentEvent incident)
        {
            attributes.Add(new("subject", incident.IncidentId.ToString()));
            attributes.Add(new("sequence", incident.Sequence.ToString("D10", CultureInfo.InvariantCulture))); // sorts as text, as the extension demands
        }

        return attributes;
    }
}
