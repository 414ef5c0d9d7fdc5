using System.Reflection;
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
[JsonDerivedType(typeof(IncidentMerged), EventTypes.IncidentMerged)]
[JsonDerivedType(typeof(IncidentSplit), EventTypes.IncidentSplit)]
[JsonDerivedType(typeof(IncidentRetracted), EventTypes.IncidentRetracted)]
[JsonDerivedType(typeof(ArticleMatched), EventTypes.ArticleMatched)]
[JsonDerivedType(typeof(BurstSummary), EventTypes.BurstSummary)]
[JsonDerivedType(typeof(Digest), EventTypes.Digest)]
[JsonDerivedType(typeof(FeedFailing), EventTypes.FeedFailing)]
[JsonDerivedType(typeof(FeedRecovered), EventTypes.FeedRecovered)]
[JsonDerivedType(typeof(FeedSilent), EventTypes.FeedSilent)]
[JsonDerivedType(typeof(FeedMoved), EventTypes.FeedMoved)]
[JsonDerivedType(typeof(FeedGone), EventTypes.FeedGone)]
[JsonDerivedType(typeof(CoverageLost), EventTypes.CoverageLost)]
[JsonDerivedType(typeof(CoverageRestored), EventTypes.CoverageRestored)]
[JsonDerivedType(typeof(ChannelFailing), EventTypes.ChannelFailing)]
[JsonDerivedType(typeof(ChannelRecovered), EventTypes.ChannelRecovered)]
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

    /// <summary>
    /// What had to go to keep the event under 60 KiB: how many entries for each list, by its name
    /// (<c>sources</c>, <c>article.evidence</c>), and how many characters of long texts (<c>text</c>). Null where all is there.
    /// </summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyDictionary<string, int>? LeftOut { get; init; }
}

/// <summary>The <c>type</c> of each event as it stands in its body; CloudEvents adds <c>org.feedwatch.</c> before and <c>.v1</c> behind.</summary>
public static class EventTypes
{
    public const string IncidentDetected = "incident.detected";
    public const string IncidentUpdated = "incident.updated";
    public const string IncidentMerged = "incident.merged";
    public const string IncidentSplit = "incident.split";
    public const string IncidentRetracted = "incident.retracted";
    public const string ArticleMatched = "article.matched";
    public const string BurstSummary = "burst.summary";
    public const string Digest = "digest";
    public const string FeedFailing = "feed.failing";
    public const string FeedRecovered = "feed.recovered";
    public const string FeedSilent = "feed.silent";
    public const string FeedMoved = "feed.moved";
    public const string FeedGone = "feed.gone";
    public const string CoverageLost = "coverage.lost";
    public const string CoverageRestored = "coverage.restored";
    public const string ChannelFailing = "channel.failing";
    public const string ChannelRecovered = "channel.recovered";

    private static readonly Dictionary<Type, string> Names = typeof(FeedWatchEvent)
        .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    /// <summary>Every type that this version knows, and its record.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = Names.ToDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);

    public static string Of(FeedWatchEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return Names.TryGetValue(@event.GetType(), out var name)
            ? name
            : throw new ArgumentOutOfRangeException(nameof(@event), @event.GetType().Name, "This event has no published type.");
    }

    /// <summary>The CloudEvents <c>type</c> attribute, for example <c>org.feedwatch.incident.detected.v1</c>.</summary>
    public static string CloudEventsTypeOf(FeedWatchEvent @event) => $"org.feedwatch.{Of(@event)}.v1";

    /// <summary>The CloudEvents <c>dataschema</c> attribute, the <c>$id</c> of the event's JSON Schema: <c>urn:feedwatch:schema:incident.detected:v1</c>.</summary>
    public static string SchemaOf(FeedWatchEvent @event) => $"urn:feedwatch:schema:{Of(@event)}:v1";
}
