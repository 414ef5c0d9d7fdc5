using System.Net;
using FeedWatch.Storage;

namespace FeedWatch.Sources;

/// <summary>One line of the feed list.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="Language">ISO 639-1; null where the list does not say.</param>
/// <param name="Country">ISO 3166 alpha-2; null where the list does not say.</param>
/// <param name="Interval">How often to poll it at most; null for the rule that all feeds follow.</param>
/// <param name="Enabled">False where the list keeps it, but switched off.</param>
/// <param name="Cron">When to poll it, Quartz syntax in UTC; null for intervals.</param>
internal sealed record ListedFeed(Uri Url, string Name, string? Language = null, string? Country = null, TimeSpan? Interval = null, bool Enabled = true, string? Cron = null)
{
    /// <summary>Null where anybody may read the feed.</summary>
    public FeedAuth? Auth { get; init; }

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
    public string? Cron { get; init; }
    public FeedAuth? Auth { get; init; }

    /// <summary>No other feed of the list is polled at its host.</summary>
    public bool IsAloneOnHost { get; init; }

    /// <summary>When a poll of its host last ended, at whichever node, by that node's clock. Null where there is one node, which knows by itself, and before the first.</summary>
    public DateTimeOffset? HostPolledAt { get; init; }

    /// <summary>Byte for byte as the server sent them with the last 200.</summary>
    public Validators Validators { get; init; } = Validators.None;

    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Why it was not read at its last poll; null where it was, or was never polled.</summary>
    public string? Failure { get; init; }

    /// <summary>One up for each failure, one down for each success: a feed that is well again is trusted step by step.</summary>
    public int Level { get; init; }

    /// <summary>Null before the first poll that brought articles.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Mean time between new articles, smoothed; null before there were two polls with new ones.</summary>
    public TimeSpan? Rhythm { get; init; }

    /// <summary>When the last new article came.</summary>
    public DateTimeOffset? NewestAt { get; init; }

    public PollHints Hints { get; init; } = PollHints.None;

    /// <summary>A permanent redirect that has not proved itself yet.</summary>
    public PermanentMove? Move { get; init; }
}

/// <summary>What a server gave to ask "has it changed?" with (RFC 9110, section 8.8). Opaque: never parsed, never made up.</summary>
internal sealed record Validators(string? ETag, string? LastModified)
{
    public static Validators None { get; } = new(null, null);

    public bool Any => ETag is not null || LastModified is not null;
}

/// <param name="Seen">How many times it was seen, each at least a day after the one before.</param>
/// <param name="At">When it was last counted.</param>
internal sealed record PermanentMove(Uri To, int Seen, DateTimeOffset At);

/// <summary>
/// What a server's wish to be left alone covers: for a public name its registrable domain, since limits are kept for a service and
/// not for a host (FreshRSS #8925); for a bare address or a private name only the one feed (FreshRSS #7870).
/// </summary>
internal static class RetryScope
{
    // Second levels under which names are registered; the public suffix list has thousands, these are the common ones.
    private static readonly HashSet<string> SecondLevels = new(StringComparer.OrdinalIgnoreCase) { "co", "com", "org", "net", "gov", "ac", "edu", "gob", "gouv", "govt", "or", "ne", "go", "police" };

    public static string Of(Uri url)
    {
        var host = url.IdnHost;
        if (IPAddress.TryParse(host, out _) || !host.Contains('.', StringComparison.Ordinal)) return url.AbsoluteUri;
        var labels = host.Split('.');
        if (labels[^1] is "local" or "internal" or "lan" or "home" or "test" or "invalid" or "localhost" or "example") return url.AbsoluteUri;
        var own = labels.Length > 2 && labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]) ? 3 : 2;
        return string.Join('.', labels[^Math.Min(own, labels.Length)..]);
    }
}
