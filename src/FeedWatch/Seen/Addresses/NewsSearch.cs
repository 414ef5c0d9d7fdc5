using FeedWatch.Parsing;
using FeedWatch.Seen.Texts;

namespace FeedWatch.Seen.Addresses;

/// <summary>
/// Entries that a news search found: a link through the search engine, new at every fetch, and the outlet's name behind the headline.
/// They are read as the outlet would have them, as far as the entry says.
/// </summary>
internal static class NewsSearch
{
    private const string Between = " - ";
    private const int LongestName = 40;

    private static readonly HashSet<string> SecondLevels = new(StringComparer.Ordinal) { "co", "com", "org", "net", "gov", "ac" };

    /// <returns>The article with its own headline and, where the entry gives it away, its own link; and who published it, null where no search engine found it.</returns>
    public static (Article Article, Outlet? Outlet) Read(Article article)
    {
        if (article.Link is not { } link || !IsSearch(link.Host)) return (article, null);
        var target = RedirectLinks.Unwrapped(link);
        var outlet = article.Outlet ?? (IsOpaque(target) ? Named(article.Title) : new Outlet(Host(target), target));
        if (outlet is null || (target == link && !IsOpaque(link))) return (article, null);
        if (outlet.Address is null && !IsOpaque(target)) outlet = outlet with { Address = target };
        var title = article.Title.EndsWith(Between + outlet.Name, StringComparison.OrdinalIgnoreCase) ? article.Title[..^(Between.Length + outlet.Name.Length)].TrimEnd() : article.Title;
        return (article with { Title = title, Link = target }, outlet);
    }

    /// <summary>What names an article whose link only the search engine can resolve; null where the link tells.</summary>
    public static string? NameOf(Article article, Outlet? outlet)
    {
        if (outlet is null || article.Link is null || !IsOpaque(article.Link)) return null;
        var site = SiteOf(outlet, article.Link);
        var date = Fingerprint.OfTitle(site, article.Title) == 0 ? article.PublishedAt?.ToUnixTimeSeconds() : null; // "Live" is no name
        return $"news:{site}/{Letters.Of(article.Title)}/{date}";
    }

    /// <summary>The site whose headlines are its own: the outlet's, without what it puts before its domain.</summary>
    public static string SiteOf(Outlet? outlet, Uri link)
    {
        if (outlet is { Address: null }) return Letters.Of(outlet.Name);
        var host = Host(outlet?.Address ?? link);
        var labels = host.Split('.');
        var own = labels.Length > 2 && labels[^1].Length == 2 && SecondLevels.Contains(labels[^2]) ? 3 : 2;
        return string.Join('.', labels[^Math.Min(own, labels.Length)..]);
    }

    private static bool IsSearch(string host) =>
        host.StartsWith("news.google.", StringComparison.OrdinalIgnoreCase) || host.StartsWith("www.google.", StringComparison.OrdinalIgnoreCase) || host.EndsWith("bing.com", StringComparison.OrdinalIgnoreCase);

    private static bool IsOpaque(Uri link) => link.Host.StartsWith("news.google.", StringComparison.OrdinalIgnoreCase);

    private static Outlet? Named(string title)
    {
        var at = title.LastIndexOf(Between, StringComparison.Ordinal);
        return at > 0 && title.Length - at - Between.Length is > 0 and <= LongestName ? new Outlet(title[(at + Between.Length)..].Trim(), null) : null;
    }

    private static string Host(Uri address)
    {
        var host = address.IdnHost.ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }
}
