using System.Collections.Concurrent;
using FeedWatch.Fetching;
using FeedWatch.Parsing;
using Microsoft.Extensions.Options;

namespace FeedWatch.Detecting;

/// <summary>
/// The full text of articles from their pages: robots.txt obeyed, one page of a host at a time, each page fetched once.
/// </summary>
internal sealed class ArticlePages(FeedFetcher fetcher, IOptions<FetchOptions> options, TimeProvider time)
{
    private const string Product = "FeedWatch";
    private const int MostPages = 500;
    private const int LongestHtml = 3_000_000;
    private const int LongestText = 200_000;
    private static readonly TimeSpan RobotsLast = TimeSpan.FromHours(24);
    private static readonly TimeSpan PagesLast = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, (RobotsTxt Robots, DateTimeOffset Since)> robots = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Uri, (PageResult Page, DateTimeOffset Since)> pages = new();

    // "FeedWatch/0.1 (+…)" or the operator's own name before the slash.
    private readonly string product = options.Value.UserAgent.Split('/', ' ')[0] is { Length: > 0 } own ? own : Product;

    public async Task<PageResult> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        if (Known(address) is { } known) return known;
        var host = hosts.GetOrAdd(address.Authority, _ => new SemaphoreSlim(1, 1));
        await host.WaitAsync(cancellationToken);
        try
        {
            if (Known(address) is { } meanwhile) return meanwhile;
            var page = await FetchAsync(address, cancellationToken);
            Remember(address, page);
            return page;
        }
        finally
        {
            host.Release();
        }
    }

    private async Task<PageResult> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        if (!(await RobotsAsync(address, cancellationToken)).Allows(address)) return new PageResult.Unavailable("its robots.txt asks robots to stay away");
        return await fetcher.FetchPageAsync(address, cancellationToken) switch
        {
            FetchResult.Fetched page when IsHtml(page.ContentType) => MainText(page, address),
            FetchResult.Fetched page => new PageResult.Unavailable($"it is no web page ({page.ContentType})"),
            FetchResult.Failed { Status: 401 or 402 or 403 or 451 } failed => new PageResult.Unavailable($"{failed.Why}: a paywall, or it wants no robots"),
            FetchResult.Failed failed => new PageResult.Unavailable(failed.Why),
            FetchResult.Throttled throttled => new PageResult.Unavailable(throttled.Why),
            _ => new PageResult.Unavailable("it is not there"),
        };
    }

    private async Task<RobotsTxt> RobotsAsync(Uri address, CancellationToken cancellationToken)
    {
        var site = address.GetLeftPart(UriPartial.Authority);
        if (robots.TryGetValue(site, out var known) && time.GetUtcNow() - known.Since < RobotsLast) return known.Robots;

        // RFC 9309, section 2.3.1: no such file means no wish; a server that fails means stay away.
        var answer = await fetcher.FetchPageAsync(new Uri(address, "/robots.txt"), cancellationToken) switch
        {
            FetchResult.Fetched file => RobotsTxt.Parse(FeedDecoder.Decode(file.Body, file.ContentType, []), product),
            FetchResult.Failed { Status: >= 400 and < 500 } or FetchResult.Gone => RobotsTxt.Open,
            _ => RobotsTxt.Closed,
        };
        robots[site] = (answer, time.GetUtcNow());
        return answer;
    }

    private static PageResult MainText(FetchResult.Fetched page, Uri address)
    {
        var html = FeedDecoder.Decode(page.Body, page.ContentType, []);
        if (html.Length > LongestHtml) html = html[..LongestHtml];
        return PageText.Of(address, html) is { Title: var title, Text.Length: > 0 } found
            ? new PageResult.Text(title, found.Text.Length > LongestText ? found.Text[..LongestText] : found.Text)
            : new PageResult.Unavailable("there is no article text in it");
    }

    private static bool IsHtml(string? contentType) => contentType is null || contentType.Contains("html", StringComparison.OrdinalIgnoreCase);

    private PageResult? Known(Uri address) =>
        pages.TryGetValue(address, out var known) && time.GetUtcNow() - known.Since < PagesLast ? known.Page : null;

    private void Remember(Uri address, PageResult page)
    {
        if (pages.Count >= MostPages) pages.Clear(); // a cache, not a store: beginning anew costs a request each
        pages[address] = (page, time.GetUtcNow());
    }
}

/// <summary>What became of asking for an article's page.</summary>
internal abstract record PageResult
{
    private PageResult()
    {
    }

    /// <param name="Title">The page's title; plain text, may be empty.</param>
    /// <param name="Body">The article without navigation, advertisements and comments; plain text.</param>
    public sealed record Text(string Title, string Body) : PageResult;

    /// <param name="Why">The feed's own text has to do.</param>
    public sealed record Unavailable(string Why) : PageResult;
}
