using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;

namespace FeedWatch.Contracts;

/// <summary>
/// What a bot asks of FeedWatch: one JSON object in UTF-8 of at most 64 KiB with its kind in <c>command</c>, sent to the exchange
/// <c>feedwatch.commands</c> with that kind as routing key, and signed. Fields that are not known are ignored.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(MuteRequest), RequestTypes.Mute)]
[JsonDerivedType(typeof(UnmuteRequest), RequestTypes.Unmute)]
[JsonDerivedType(typeof(RetractRequest), RequestTypes.Retract)]
[JsonDerivedType(typeof(ExplainRequest), RequestTypes.Explain)]
public abstract record BotRequest
{
    /// <summary>Any UUID that was not used before. A request is carried out once; one that comes again under its id is refused.</summary>
    [JsonPropertyOrder(-1)]
    public required Guid Id { get; init; }

    /// <summary>Who asked, as the chat calls them, for the log; at most 80 characters of it are kept.</summary>
    public string? By { get; init; }
}

/// <summary>Post nothing about a network or an incident for a time; about nothing at all where neither is named, which needs a channel.</summary>
public sealed record MuteRequest : BotRequest
{
    /// <summary>The network's name or slug.</summary>
    public string? Network { get; init; }

    /// <summary>The incident.</summary>
    public Guid? IncidentId { get; init; }

    /// <summary>The channel's name in FeedWatch's settings; every channel where it is absent.</summary>
    public string? Channel { get; init; }

    /// <summary>For how long, in minutes; at most a year.</summary>
    [Range(1, 527_040)]
    public required int Minutes { get; init; }
}

/// <summary>End a mute before its time. It names what the mute named.</summary>
public sealed record UnmuteRequest : BotRequest
{
    /// <summary>The network's name or slug.</summary>
    public string? Network { get; init; }

    /// <summary>The incident.</summary>
    public Guid? IncidentId { get; init; }

    /// <summary>The channel's name in FeedWatch's settings; the mute of every channel where it is absent.</summary>
    public string? Channel { get; init; }
}

/// <summary>Take an incident back: an <c>incident.retracted</c> is published, and its texts alert nobody again.</summary>
public sealed record RetractRequest : BotRequest
{
    /// <summary>The incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>Why, for those who were told; at most 300 characters of it are kept.</summary>
    public required string Reason { get; init; }
}

/// <summary>Say why an article would, or would not, alert. Nothing is fetched and nothing is remembered of it.</summary>
public sealed record ExplainRequest : BotRequest
{
    /// <summary>Its headline.</summary>
    public required string Title { get; init; }

    /// <summary>The beginning of what it says.</summary>
    public string? Summary { get; init; }

    /// <summary>All of what it says.</summary>
    public string? Content { get; init; }
}

/// <summary>
/// What became of a request, sent to its <c>reply_to</c> with its <c>correlation_id</c>. A request that is not signed, or not rightly, gets none.
/// </summary>
public sealed record BotReply
{
    /// <summary>The request's id; absent where it could not be read.</summary>
    public Guid? Id { get; init; }

    /// <summary>Whether it was carried out.</summary>
    public required bool Done { get; init; }

    /// <summary>What was done, or why nothing was, in an English sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The answer to <c>explain</c>.</summary>
    public Explained? Explained { get; init; }
}

/// <summary>What the detector makes of an article.</summary>
public sealed record Explained
{
    /// <summary>Whether people would be told.</summary>
    public required bool Alert { get; init; }

    /// <summary><c>takedown</c>, <c>followup</c>, <c>background</c> or <c>unrelated</c>.</summary>
    public required string Label { get; init; }

    /// <summary>How sure the detector is, 0 to 1.</summary>
    [Range(0d, 1d)]
    public required double Score { get; init; }

    /// <summary>The networks it is about first, then those that it merely names.</summary>
    public required IReadOnlyList<NetworkReference> Networks { get; init; }

    /// <summary>The sentences that speak for an alert, strongest first.</summary>
    public required IReadOnlyList<Quote> Evidence { get; init; }

    /// <summary>What speaks against one, in English sentences.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>The <c>command</c> of each request.</summary>
public static class RequestTypes
{
    public const string Mute = "mute";
    public const string Unmute = "unmute";
    public const string Retract = "retract";
    public const string Explain = "explain";

    /// <summary>Each command with its record.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = typeof(BotRequest)
        .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
        .ToDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType, StringComparer.Ordinal);
}
