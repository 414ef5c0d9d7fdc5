using FeedWatch.Sources;

namespace FeedWatch.Parsing;

/// <summary>One entry of a feed, as it stood there. Only the link and the dates are interpreted; text may hold HTML.</summary>
/// <param name="Id">The feed's own guid or id; empty where it has none.</param>
/// <param name="Link">Absolute, http or https; null where the feed gives none.</param>
/// <param name="Content">The full text, where the feed carries it beside the summary; else empty.</param>
/// <param name="PublishedAt">UTC; null where the feed does not say or cannot be understood, never "now".</param>
internal sealed record Article(
    string Title,
    string Summary,
    string Content,
    string Id,
    Uri? Link,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? UpdatedAt)
{
    /// <summary>The outlet's own address, where <see cref="Link"/> leads through a feed service's counter and the feed says what is behind it (feedburner:origLink).</summary>
    public Uri? OriginalLink { get; init; }

    /// <summary>Who published it, where the entry says that the feed took it from elsewhere (RSS 2.0 <c>source</c>, Bing's <c>News:Source</c>).</summary>
    public Outlet? Outlet { get; init; }
}

/// <param name="Name">Never empty.</param>
/// <param name="Address">Of its site or feed; null where the entry does not say.</param>
internal sealed record Outlet(string Name, Uri? Address);

/// <summary>How reading a body as a feed ended.</summary>
internal abstract record ParseResult
{
    private ParseResult()
    {
    }

    /// <param name="Title">The feed's title; empty where it has none.</param>
    /// <param name="Articles">In document order.</param>
    /// <param name="Skipped">Entries that could not be read at all.</param>
    /// <param name="Repairs">What had to be mended first, in words a publisher understands.</param>
    /// <param name="Hints">What the feed says about how often to ask for it.</param>
    public sealed record Parsed(string Title, IReadOnlyList<Article> Articles, int Skipped, IReadOnlyList<string> Repairs, PollHints Hints) : ParseResult;

    public sealed record Unreadable(string Why) : ParseResult;
}
