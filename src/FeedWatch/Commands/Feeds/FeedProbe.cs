using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FeedWatch.Fetching;
using FeedWatch.Parsing;
using FeedWatch.Sources;

namespace FeedWatch.Commands.Feeds;

/// <summary>Fetches an address once and says whether it is a feed; where it is a web page, finds the feed behind it.</summary>
internal sealed partial class FeedProbe(FeedFetcher fetcher)
{
    private const int LongestHead = 1_000_000; // characters; the links stand at the top
    private const int MostNamed = 10;

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

        var named = NamedFeeds(page);
        foreach (var candidate in named.Concat(UsualPaths.Select(p => new Uri(page.Address, p)).Except(named)))
        {
            var probed = await FetchAsync(candidate, null, cancellationToken);
            if (probed.IsFeed) return (probed, [.. named.Where(n => n != candidate)]);
        }

        return (first, []);
    }

    // RSS Advisory Board, "RSS autodiscovery": link elements, the most important first. One pass over the text and no tree: a page
    // of 600,000 open elements kept an HTML parser busy for minutes.
    private static IReadOnlyList<Uri> NamedFeeds(FetchResult.Fetched page)
    {
        var html = FeedDecoder.Decode(page.Body, page.ContentType, []);
        var (origin, found) = (page.Address, new List<(Uri Address, bool Comments)>());
        foreach (Match tag in LinkOrBase().Matches(html.Length > LongestHead ? html[..LongestHead] : html))
        {
            if (found.Count == MostNamed) break;
            var attributes = Attributes(tag.Groups["attributes"].Value);
            if (!attributes.TryGetValue("href", out var href) || !Uri.TryCreate(origin, href, out var address)) continue;
            if (tag.Groups["name"].Value.Equals("base", StringComparison.OrdinalIgnoreCase)) origin = address;
            else if (NamesFeed(attributes) && WebAddress.Refusal(address) is null)
                found.Add((address, $"{attributes.GetValueOrDefault("title")} {address.AbsolutePath}".Contains("comments", StringComparison.OrdinalIgnoreCase)));
        }

        return [.. found.OrderBy(f => f.Comments).Select(f => f.Address).Distinct()];
    }

    private static bool NamesFeed(Dictionary<string, string> link) =>
        link.GetValueOrDefault("rel", "").Split(' ').Contains("alternate", StringComparer.OrdinalIgnoreCase)
        && FeedTypes.Contains(link.GetValueOrDefault("type", "").Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, string> Attributes(string text)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match attribute in Attribute().Matches(text))
            attributes.TryAdd(attribute.Groups["name"].Value, WebUtility.HtmlDecode(attribute.Groups["value"].Value.Trim('"', '\'')).Trim());
        return attributes;
    }

    private static bool LooksLikeHtml(byte[] body) =>
        Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 2048))).Contains("<html", StringComparison.OrdinalIgnoreCase)
        || Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 256))).Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("""<!--.*?-->|<(?<name>link|base)(?<attributes>(?:\s+[^\s"'<>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)\s*/?>""", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkOrBase();

    [GeneratedRegex("""(?<name>[^\s"'<>=]+)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'<>]+)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();
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
