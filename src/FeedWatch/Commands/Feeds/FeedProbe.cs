using AngleSharp.Html.Parser;
using FeedWatch.Fetching;
using FeedWatch.Parsing;
using FeedWatch.Sources;

namespace FeedWatch.Commands.Feeds;

/// <summary>Fetches an address once and says whether it is a feed; where it is a web page, finds the feed behind it.</summary>
internal sealed class FeedProbe(FeedFetcher fetcher)
{
    private const int LongestPage = 2_000_000;

    private static readonly string[] FeedTypes = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"];

    /// <summary>Where sites keep a feed that their page does not name; in the order of how common they are.</summary>
    private static readonly string[] UsualPaths = ["/feed", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml"];

    public async Task<Probed> FetchAsync(Uri address, FeedAuth? auth, CancellationToken cancellationToken)
    {
        var result = await fetcher.FetchAsync(address, Validators.None, auth, cancellationToken);
        if (result is not FetchResult.Fetched fetched) return new Probed(address, result, null);
        return new Probed(address, result, FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.Address));
    }

    /// <summary>The feed at an address, or behind the web page there.</summary>
    /// <returns>The feed, and the other ones that the page names; what was wrong with the address itself where no feed was found.</returns>
    public async Task<(Probed Feed, IReadOnlyList<Uri> Others)> FindAsync(Uri address, CancellationToken cancellationToken)
    {
        var first = await FetchAsync(address, null, cancellationToken);
        if (first.IsFeed || first.Result is not FetchResult.Fetched page || !LooksLikeHtml(page.Body)) return (first, []);

        var named = await NamedFeedsAsync(page, cancellationToken);
        foreach (var candidate in named.Concat(UsualPaths.Select(p => new Uri(page.Address, p)).Except(named)))
        {
            var probed = await FetchAsync(candidate, null, cancellationToken);
            if (probed.IsFeed) return (probed, [.. named.Where(n => n != candidate)]);
        }

        return (first, []);
    }

    // RSS Advisory Board, "RSS autodiscovery": link elements of the head, the most important first.
    private static async Task<IReadOnlyList<Uri>> NamedFeedsAsync(FetchResult.Fetched page, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(page.Body, 0, Math.Min(page.Body.Length, LongestPage));
        using var document = await new HtmlParser().ParseDocumentAsync(body, cancellationToken);
        var origin = document.QuerySelector("base[href]")?.GetAttribute("href") is { } href && Uri.TryCreate(page.Address, href, out var set) ? set : page.Address;
        var found = new List<(Uri Address, bool Comments)>();
        foreach (var link in document.QuerySelectorAll("link[rel~=alternate i][href]"))
        {
            var type = link.GetAttribute("type")?.Split(';')[0].Trim() ?? "";
            if (!FeedTypes.Contains(type, StringComparer.OrdinalIgnoreCase)) continue;
            if (Uri.TryCreate(origin, link.GetAttribute("href"), out var feed) && WebAddress.Refusal(feed) is null)
                found.Add((feed, $"{link.GetAttribute("title")} {feed.AbsolutePath}".Contains("comments", StringComparison.OrdinalIgnoreCase)));
        }

        return [.. found.OrderBy(f => f.Comments).Select(f => f.Address).Distinct()];
    }

    private static bool LooksLikeHtml(byte[] body) =>
        System.Text.Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 2048))).Contains("<html", StringComparison.OrdinalIgnoreCase)
        || System.Text.Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 256))).Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);
}

/// <param name="Parse">Null where nothing was fetched.</param>
internal sealed record Probed(Uri Address, FetchResult Result, ParseResult? Parse)
{
    public bool IsFeed => Parse is ParseResult.Parsed;

    public ParseResult.Parsed? Feed => Parse as ParseResult.Parsed;

    /// <summary>Why it is no feed; follows the address in a sentence.</summary>
    public string Why => (Result, Parse) switch
    {
        (_, ParseResult.Unreadable unreadable) => unreadable.Why,
        (FetchResult.Failed failed, _) => failed.Why,
        (FetchResult.Throttled throttled, _) => throttled.Why,
        (FetchResult.Gone, _) => "it answered 410 Gone: it will not come back",
        (FetchResult.NotModified, _) => "it answered 304 Not Modified to the first request",
        _ => "it is a feed",
    };
}
