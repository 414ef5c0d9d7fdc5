using System.Text.Json.Serialization;

namespace FeedWatch.Contracts;

/// <summary>
/// Anything that FeedWatch tells the world. On the bus the body is this record as plain JSON with its kind in <c>type</c>
/// (<c>incident.detected</c>); the CloudEvents attributes travel as <c>cloudEvents_*</c> headers.
/// New optional fields may appear at any time; a breaking change gets a new type.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(IncidentDetected), EventTypes.IncidentDetected)]
[JsonDerivedType(typeof(IncidentUpdated), EventTypes.IncidentUpdated)]
[JsonDerivedType(typeof(ArticleMatched), EventTypes.ArticleMatched)]
[JsonDerivedType(typeof(BurstSummary), EventTypes.BurstSummary)]
public abstract record FeedWatchEvent
{
    /// <summary>
    /// UUIDv5 of what is told, so that a replay, a second node or another order of arrival gives the same id
    /// and a consumer can drop repeats by it.
    /// </summary>
    [JsonPropertyOrder(-2)]
    public required Guid Id { get; init; }

    /// <summary>When FeedWatch learnt of it, UTC.</summary>
    [JsonPropertyOrder(-1)]
    public required DateTimeOffset Time { get; init; }
}

/// <summary>The <c>type</c> of each event as it stands in its body; CloudEvents adds <c>org.feedwatch.</c> before and <c>.v1</c> behind.</summary>
public static class EventTypes
{
    public const string IncidentDetected = "incident.detected";
    public const string IncidentUpdated = "incident.updated";
    public const string ArticleMatched = "article.matched";
    public const string BurstSummary = "burst.summary";

    public static string Of(FeedWatchEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return @event switch
        {
            Contracts.IncidentDetected => IncidentDetected,
            Contracts.IncidentUpdated => IncidentUpdated,
            Contracts.ArticleMatched => ArticleMatched,
            Contracts.BurstSummary => BurstSummary,
            _ => throw new ArgumentOutOfRangeException(nameof(@event), @event.GetType().Name, "This event has no published type."),
        };
    }

    /// <summary>The CloudEvents <c>type</c> attribute, for example <c>org.feedwatch.incident.detected.v1</c>.</summary>
    public static string CloudEventsTypeOf(FeedWatchEvent @event) => $"org.feedwatch.{Of(@event)}.v1";
}
