namespace FeedWatch.Sources.Lists;

/// <summary>The feeds of one file, OPML or YAML, as a whole or not at all.</summary>
internal static class FeedList
{
    /// <exception cref="FeedListException">The file is not there, is neither OPML nor YAML, or has a fault; nothing of it is used.</exception>
    public static IReadOnlyList<ListedFeed> Read(string path)
    {
        var faults = new List<string>();
        var feeds = Parse(path, Text(path), faults);
        if (faults.Count > 0) throw new FeedListException(faults);
        if (feeds.Count == 0)
            throw new FeedListException($"{path}: there is no feed in it. Add one under 'feeds:' (name and url), or as an <outline xmlUrl=\"…\"/> in OPML.");
        return [.. feeds.Select(f => f.Feed)];
    }

    /// <exception cref="FeedListException">The file is not there or cannot be read.</exception>
    public static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new FeedListException($"The feed list {path} cannot be read: {ex.Message}");
        }
    }

    /// <summary>The feeds that can be read, and in <paramref name="faults"/> a line for everything that cannot.</summary>
    /// <param name="path">Named in the faults.</param>
    public static IReadOnlyList<ReadFeed> Parse(string path, string text, List<string> faults)
    {
        var feeds = ParseWithTwins(path, text, faults);
        NameTwins(path, feeds, faults);
        return feeds;
    }

    /// <summary>The same, where an address that stands there twice is no fault.</summary>
    public static IReadOnlyList<ReadFeed> ParseWithTwins(string path, string text, List<string> faults) =>
        LooksLikeXml(text) ? OpmlFeedList.Parse(path, text, faults) : YamlFeedList.Parse(path, text, faults);

    public static bool LooksLikeXml(string text) => text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<");

    private static void NameTwins(string path, IReadOnlyList<ReadFeed> feeds, List<string> faults)
    {
        var lines = new Dictionary<Guid, int>();
        foreach (var (feed, line) in feeds)
        {
            if (!lines.TryAdd(feed.Id, line))
                faults.Add($"{path}:{line}: {feed.Url} stands in line {lines[feed.Id]} already; remove one of them.");
        }
    }

    /// <summary>Checks an address from a list; null with a reason where it is none that can be polled.</summary>
    public static Uri? Address(string text, out string fault)
    {
        fault = "";
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            fault = $"'{WebAddress.Shown(text)}' is no address of a feed; it must begin with http:// or https://.";
        else if (WebAddress.Refusal(url) is { } refusal)
            fault = $"'{WebAddress.Shown(text)}' {refusal}.";
        return fault.Length == 0 ? url : null;
    }
}

/// <summary>A feed and the line of the file where it stands.</summary>
internal sealed record ReadFeed(ListedFeed Feed, int Line);

/// <summary>The feed list has faults; each one names file, line and what is wrong.</summary>
internal sealed class FeedListException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public FeedListException(string fault) : this([fault])
    {
    }

    public IReadOnlyList<string> Faults { get; } = faults;
}
