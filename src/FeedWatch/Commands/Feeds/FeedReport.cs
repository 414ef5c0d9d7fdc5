using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FeedWatch.Commands.Articles;
using FeedWatch.Detection;
using FeedWatch.Fetching;
using FeedWatch.Parsing;
using FeedWatch.Sources;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Feeds;

/// <summary>What <c>feedwatch feeds test</c> says about one feed.</summary>
internal sealed partial class FeedReport(Probed probed, FeedAuth? secret, TimeSpan took, DateTimeOffset now)
{
    private const int Newest = 5;
    private const int Many = 200;
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(26); // a zone taken for another is at most so far off
    private static readonly TimeSpan Stale = TimeSpan.FromDays(60);

    private readonly StringBuilder page = new();

    public string Text(TakedownDetector detector)
    {
        page.Append(CultureInfo.InvariantCulture, $"{probed.Address}\n");
        if (probed.Result is FetchResult.Fetched fetched) Answer(fetched);
        if (probed.Feed is not { } feed)
        {
            Row("FAILED", probed.Why);
            if (probed.Result is FetchResult.Throttled { Until: { } until }) Row("come back", Date(until));
            return page.ToString();
        }

        Row("entries", string.Create(CultureInfo.InvariantCulture, $"{feed.Articles.Count}{(feed.Skipped > 0 ? $" and {feed.Skipped} that cannot be read" : "")}"));
        Entries(feed, detector);
        Lines("tell its publisher", feed.Repairs.Select(r => $"{char.ToUpperInvariant(r[0])}{r[1..]}."));
        Lines("warnings", Warnings(feed, (FetchResult.Fetched)probed.Result));
        return page.ToString();
    }

    private void Answer(FetchResult.Fetched fetched)
    {
        Row("answer", string.Create(CultureInfo.InvariantCulture, $"{fetched.Body.Length:N0} bytes, {fetched.ContentType ?? "no content type"}, in {took.TotalSeconds:0.00} s"));
        if (fetched.Address != probed.Address) Row(fetched.Freshness.MovedTo is null ? "redirects to" : "moved to", fetched.Address.AbsoluteUri);
        if (probed.Feed is { } feed) Row("kind", $"{Kind(fetched.Body)}{(feed.Title.Length > 0 ? $", '{HtmlText.Plain(feed.Title)}'" : "")}");
        var validators = string.Join(", ", new[] { fetched.Validators.ETag is { } tag ? $"ETag {tag}" : "", fetched.Validators.LastModified is { } date ? $"Last-Modified {date}" : "" }.Where(v => v.Length > 0));
        Row("validators", validators.Length > 0 ? validators : "none");
        if (fetched.Freshness.For is { } fresh) Row("fresh for", Duration.Text(TimeSpan.FromSeconds(Math.Ceiling(fresh.TotalSeconds))));
    }

    private void Entries(ParseResult.Parsed feed, TakedownDetector detector)
    {
        page.Append("  newest\n");
        foreach (var article in feed.Articles.OrderByDescending(a => a.PublishedAt ?? a.UpdatedAt ?? DateTimeOffset.MinValue).Take(Newest))
        {
            var verdict = detector.Examine(new ArticleText(article.Title, article.Summary, article.Content));
            var title = HtmlText.Plain(article.Title.Length > 0 ? article.Title : article.Summary);
            page.Append(CultureInfo.InvariantCulture, $"    {(article.PublishedAt is { } at ? Date(at) : "no date"),-22} {VerdictJson.Word(verdict.Label),-10} {verdict.Score:0.00} {(verdict.Alert ? "ALERT" : "     ")}  {HtmlText.Shortened(title.Length > 0 ? title : "(no title)", 90)}\n");
        }
    }

    private IEnumerable<string> Warnings(ParseResult.Parsed feed, FetchResult.Fetched fetched)
    {
        if (fetched.Validators is { Any: false }) yield return "It sends neither ETag nor Last-Modified: every poll reads all of it, so it is polled less often.";
        if (probed.Address.Scheme == Uri.UriSchemeHttp) yield return "It comes over http: anybody on the way can change what it says.";
        if (secret is not null && probed.Address.Scheme == Uri.UriSchemeHttp) yield return "Its secret goes over http, where anybody on the way can read it.";
        if (fetched.Freshness.MovedTo is { } moved) yield return $"It has moved for good; put {moved} into the list.";
        if (fetched.ContentType is { } type && type.Contains("html", StringComparison.OrdinalIgnoreCase)) yield return $"It is served as {type}; a feed is application/rss+xml, application/atom+xml or application/feed+json.";
        if (feed.Articles.Count == 0) yield return "It holds no entry.";
        if (feed.Articles.Count > Many) yield return string.Create(CultureInfo.InvariantCulture, $"It holds {feed.Articles.Count} entries, which are all read at every change.");
        if (Count(feed, a => a.PublishedAt is null && a.UpdatedAt is null) is { } undated) yield return $"{undated} no date that can be read.";
        if (Count(feed, a => a.Link is null) is { } unlinked) yield return $"{unlinked} no link.";
        if (Count(feed, a => a.Title.Length == 0) is { } untitled) yield return $"{untitled} no title.";
        if (feed.Articles.Any(a => a.PublishedAt > now + Ahead)) yield return "An entry is dated in the future.";
        if (feed.Articles.Max(a => a.PublishedAt ?? a.UpdatedAt) is { } newest && now - newest > Stale) yield return string.Create(CultureInfo.InvariantCulture, $"Nothing new for {(now - newest).TotalDays:0} days.");
        if (feed.Articles.Count(a => a.Id.Length > 0) is > 0 and var ids && feed.Articles.Where(a => a.Id.Length > 0).DistinctBy(a => a.Id).Count() < ids) yield return "Two entries have the same id.";
    }

    private static string? Count(ParseResult.Parsed feed, Func<Article, bool> lacks) => feed.Articles.Count(lacks) switch
    {
        0 => null,
        1 => "1 entry has",
        var many => string.Create(CultureInfo.InvariantCulture, $"{many} entries have"),
    };

    private void Lines(string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $"  {heading}\n");
        foreach (var line in all) page.Append(CultureInfo.InvariantCulture, $"    - {line}\n");
    }

    private void Row(string name, string value) => page.Append(CultureInfo.InvariantCulture, $"  {name,-12}{value}\n");

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("dd MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Kind(byte[] body)
    {
        var head = Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 4096))).Replace("\0", "", StringComparison.Ordinal);
        if (head.AsSpan().TrimStart("\uFEFFï»¿ \t\r\n").StartsWith("{")) return "JSON Feed";
        return Root().Match(head) switch
        {
            { Success: false } => "feed",
            var m when m.Groups["name"].Value.EndsWith("RDF", StringComparison.OrdinalIgnoreCase) => "RSS 1.0 (RDF)",
            var m when m.Groups["name"].Value.EndsWith("rss", StringComparison.OrdinalIgnoreCase) => $"RSS {m.Groups["version"].Value}".TrimEnd(),
            var m => m.Value.Contains("purl.org/atom", StringComparison.Ordinal) ? "Atom 0.3" : "Atom 1.0",
        };
    }

    [GeneratedRegex(@"<(?<name>(?:\w{1,20}:)?(?:rss|RDF|feed))\b[^>]{0,2000}?(?:version\s*=\s*[""'](?<version>[\d.]{1,8})|>)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Root();
}
