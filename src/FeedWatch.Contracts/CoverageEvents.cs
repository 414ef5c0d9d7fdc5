namespace FeedWatch.Contracts;

/// <summary>FeedWatch has gone blind somewhere: no feed of a country or a language, or none at all, has been read for a while. Told once, until one is. While it is blind everywhere, the countries and languages that are lost by that are not told one by one.</summary>
public sealed record CoverageLost : FeedWatchEvent
{
    /// <summary><c>country</c>, <c>language</c> or <c>all</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The country (ISO 3166 alpha-2) or the language (ISO 639-1); null for <c>all</c>.</summary>
    public string? Value { get; init; }

    /// <summary>When the last of these feeds was read, UTC; null where none ever was.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The feeds that should cover it, none of which can be read.</summary>
    public required IReadOnlyList<WatchedFeed> Feeds { get; init; }

    /// <summary>What they have in common, in a few English words, for example <c>HTTP 503</c>; where that is nothing, the reason of one of them.</summary>
    public required string Reason { get; init; }
}

/// <summary>What was told as lost is covered again, or is to be covered no more.</summary>
public sealed record CoverageRestored : FeedWatchEvent
{
    /// <summary><c>country</c>, <c>language</c> or <c>all</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The country (ISO 3166 alpha-2) or the language (ISO 639-1); null for <c>all</c>.</summary>
    public string? Value { get; init; }

    /// <summary>The event that told that it was lost.</summary>
    public required Guid After { get; init; }

    /// <summary>When that was told, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>True where nothing was mended: no feed of the list is to cover it any more.</summary>
    public bool Removed { get; init; }
}

/// <summary>What coverage can be lost of: the values of <see cref="CoverageLost.Kind"/>.</summary>
public static class CoverageKinds
{
    public const string Country = "country";
    public const string Language = "language";
    public const string All = "all";
}
