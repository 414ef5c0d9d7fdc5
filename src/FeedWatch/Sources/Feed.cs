using FeedWatch.Storage;

namespace FeedWatch.Sources;

/// <summary>One line of the feed list.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="Language">ISO 639-1; null where the list does not say.</param>
/// <param name="Country">ISO 3166 alpha-2; null where the list does not say.</param>
/// <param name="Interval">How often to poll it at most; null for the rule that all feeds follow.</param>
/// <param name="Enabled">False where the list keeps it, but switched off.</param>
internal sealed record ListedFeed(Uri Url, string Name, string? Language = null, string? Country = null, TimeSpan? Interval = null, bool Enabled = true)
{
    public Guid Id { get; } = NameUuid.Of("feed", Url.AbsoluteUri);
}

/// <summary>A feed as the catalog knows it: its line of the list and what polling has learnt.</summary>
internal sealed record Feed
{
    public required Guid Id { get; init; }
    public required Uri Url { get; init; }
    public required string Name { get; init; }
    public string? Language { get; init; }
    public string? Country { get; init; }
    public TimeSpan? Interval { get; init; }

    /// <summary>Byte for byte as the server sent them with the last 200.</summary>
    public Validators Validators { get; init; } = Validators.None;

    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Null before the first poll that brought articles.</summary>
    public DateTimeOffset? SucceededAt { get; init; }
}

/// <summary>What a server gave to ask "has it changed?" with (RFC 9110, section 8.8). Opaque: never parsed, never made up.</summary>
internal sealed record Validators(string? ETag, string? LastModified)
{
    public static Validators None { get; } = new(null, null);
}
