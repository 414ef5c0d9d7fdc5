using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace FeedWatch.Contracts;

/// <summary>How much it matters. Bots route on it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("info")] Info,

    /// <summary>Single convictions, rulings.</summary>
    [JsonStringEnumMemberName("minor")] Minor,

    /// <summary>Operators arrested, mass arrests.</summary>
    [JsonStringEnumMemberName("major")] Major,

    /// <summary>A network taken down.</summary>
    [JsonStringEnumMemberName("breaking")] Breaking,
}

/// <summary>What an article is to its incident.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ArticleLabel>))]
public enum ArticleLabel
{
    /// <summary>It reports the takedown itself.</summary>
    [JsonStringEnumMemberName("takedown")] Takedown,

    /// <summary>It reports what came of it: arrests, trials, rulings, balances.</summary>
    [JsonStringEnumMemberName("followup")] Followup,
}

/// <summary>An encrypted-phone network that a report names.</summary>
public sealed record NetworkReference
{
    /// <summary>Canonical name, for example <c>Sky ECC</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it stands in routing keys, for example <c>sky-ecc</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>False for a network that FeedWatch had not heard of and read from the article.</summary>
    public required bool Listed { get; init; }

    /// <summary>True where the report is about this network; false where it is only named beside it.</summary>
    public required bool About { get; init; }
}

/// <summary>A number from a report, as data.</summary>
public sealed record Figure
{
    /// <summary>
    /// <c>arrests, searches, messages, users, devices, countries, organisations, convictions, years, drugs, cash, weapons,
    /// vehicles, labs, servers, suspects</c> or <c>charges</c>.
    /// </summary>
    public required string Kind { get; init; }

    /// <summary>The number, in units of <see cref="Unit"/>; never rounded by FeedWatch.</summary>
    public required decimal Value { get; init; }

    /// <summary><c>kg</c>, a currency (<c>EUR</c>); empty for a count.</summary>
    public required string Unit { get; init; }

    /// <summary>What the figure covers: an ISO 3166 alpha-2 country, <c>world</c>, <c>EU</c>, or empty where the report does not say.</summary>
    public required string Scope { get; init; }

    /// <summary>What exactly was counted, where the kind leaves it open, for example <c>cocaine</c>.</summary>
    public required string What { get; init; }
}

/// <summary>An article as one outlet published it.</summary>
public sealed record ReportedArticle
{
    /// <summary>UUIDv5 of its canonical address, else of its feed and text: the same article in two feeds has one id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its headline; plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The beginning of what the feed says, plain text, at most 300 characters.</summary>
    [StringLength(300)]
    public required string Summary { get; init; }

    /// <summary>An absolute http or https address; null where the feed gave none.</summary>
    public string? Link { get; init; }

    /// <summary>The feed's name.</summary>
    public required string Source { get; init; }

    /// <summary>Language of the feed, ISO 639-1; null where unknown.</summary>
    public string? Language { get; init; }

    /// <summary>When the outlet published it, UTC; null where the feed does not say.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>What it is to its incident.</summary>
    public required ArticleLabel Label { get; init; }

    /// <summary>How sure the detector is, 0 to 1.</summary>
    [Range(0d, 1d)]
    public required double Score { get; init; }

    /// <summary>The sentences that speak for the alert, strongest first, each word for word as in the article.</summary>
    public required IReadOnlyList<Quote> Evidence { get; init; }
}

/// <summary>A sentence of the article that speaks for the alert.</summary>
public sealed record Quote
{
    /// <summary>Word for word as in the article; plain text, at most 300 characters.</summary>
    [StringLength(300)]
    public required string Text { get; init; }

    /// <summary>What in it speaks for the alert, for example <c>takedown</c>.</summary>
    public required IReadOnlyList<string> Concepts { get; init; }
}

/// <summary>A report on the incident.</summary>
public sealed record Source
{
    /// <summary>The feed's name.</summary>
    public required string Name { get; init; }

    /// <summary>The report, an absolute http or https address; null where the feed gave none.</summary>
    public string? Link { get; init; }

    /// <summary>Language of the feed, ISO 639-1; null where unknown.</summary>
    public string? Language { get; init; }

    /// <summary>When the outlet published it, else when FeedWatch saw it; UTC.</summary>
    public required DateTimeOffset Time { get; init; }
}
