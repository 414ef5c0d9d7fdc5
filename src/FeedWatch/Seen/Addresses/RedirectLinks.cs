using System.Text;

namespace FeedWatch.Seen.Addresses;

/// <summary>
/// Links that lead through somebody's counter or cache and carry the article's own address within: it is read from there, and nobody is asked.
/// </summary>
internal static class RedirectLinks
{
    private const int Deepest = 4; // a share of a search result of an AMP page

    private static readonly (string Host, string Path, string[] Parameters)[] Known =
    [
        ("google.", "/url", ["q", "url"]),
        ("news.google.com", "/news/url", ["url"]),
        ("bing.com", "/news/apiclick.aspx", ["url"]),
        ("facebook.com", "/l.php", ["u"]),
        ("l.instagram.com", "/", ["u"]),
        ("out.reddit.com", "/", ["url"]),
        ("youtube.com", "/redirect", ["q"]),
        ("vk.com", "/away.php", ["to"]),
        ("duckduckgo.com", "/l/", ["uddg"]),
        ("slack-redir.net", "/link", ["url"]),
        ("t.umblr.com", "/redirect", ["z"]),
        ("linkedin.com", "/redir/redirect", ["url"]),
        ("safelinks.protection.outlook.com", "/", ["url"]),
    ];

    /// <returns>The innermost address, absolute, http or https; the link itself where it wraps none.</returns>
    public static Uri Unwrapped(Uri link)
    {
        for (var depth = 0; depth < Deepest && Within(link) is { } target; depth++) link = target;
        return link;
    }

    private static Uri? Within(Uri link)
    {
        var host = link.Host;
        if (host.EndsWith(".cdn.ampproject.org", StringComparison.OrdinalIgnoreCase)) return InPath(link.AbsolutePath, ["/c/", "/v/", "/i/"], link.Query);
        if (host.Equals("news.google.com", StringComparison.OrdinalIgnoreCase) && link.AbsolutePath.Contains("/articles/", StringComparison.Ordinal)) return InGoogleNews(link.AbsolutePath);
        if (IsGoogle(host) && link.AbsolutePath.StartsWith("/amp/", StringComparison.Ordinal)) return InPath(link.AbsolutePath, ["/amp/"], link.Query);
        if (host.EndsWith("search.yahoo.com", StringComparison.OrdinalIgnoreCase)) return InYahoo(link.AbsolutePath);
        foreach (var (owner, path, parameters) in Known)
        {
            if ((owner == "google." ? IsGoogle(host) : IsUnder(host, owner)) && link.AbsolutePath.Equals(path, StringComparison.OrdinalIgnoreCase)) return InQuery(link.Query, parameters);
        }

        return null;
    }

    private static Uri? InQuery(string query, string[] names)
    {
        foreach (var name in names)
        {
            foreach (var parameter in query.TrimStart('?').Split('&'))
            {
                if (parameter.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase) && Web(Uri.UnescapeDataString(parameter[(name.Length + 1)..])) is { } target) return target;
            }
        }

        return null;
    }

    // "/c/s/host/path": the "s" says https, without it http.
    private static Uri? InPath(string path, string[] starts, string query)
    {
        foreach (var start in starts)
        {
            if (!path.StartsWith(start, StringComparison.Ordinal)) continue;
            var rest = path[start.Length..];
            return Web((rest.StartsWith("s/", StringComparison.Ordinal) ? "https://" + rest[2..] : "http://" + rest) + query);
        }

        return null;
    }

    private static Uri? InYahoo(string path)
    {
        var start = path.IndexOf("/RU=", StringComparison.Ordinal) + 4;
        var end = start < 4 ? -1 : path.IndexOf("/RK=", start, StringComparison.Ordinal);
        return end < 0 ? null : Web(Uri.UnescapeDataString(path[start..end]));
    }

    // Until 2024 the long name was a protocol buffer (08 13 22, a length, the address); newer ones hold a key that only Google can resolve.
    private static Uri? InGoogleNews(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[name.Length];
        if (!Convert.TryFromBase64String(name.PadRight((name.Length + 3) / 4 * 4, '='), bytes, out var written) || written < 6 || bytes[0] != 0x08 || bytes[1] != 0x13 || bytes[2] != 0x22) return null;
        var (length, start) = bytes[3] < 0x80 ? (bytes[3], 4) : ((bytes[3] & 0x7F) | (bytes[4] << 7), 5);
        return start + length > written ? null : Web(Encoding.UTF8.GetString(bytes, start, length));
    }

    private static Uri? Web(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var target) && (target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps) && target.Host.Contains('.', StringComparison.Ordinal) ? target : null;

    // google.com, www.google.nl, www.google.co.uk; not google.example.org.
    private static bool IsGoogle(string host)
    {
        var name = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host.AsSpan(4) : host.AsSpan();
        if (!name.StartsWith("google.", StringComparison.OrdinalIgnoreCase)) return false;
        var country = name[7..];
        return country.Length <= 3 ? !country.Contains('.') : country.Length <= 6 && (country.StartsWith("co.", StringComparison.OrdinalIgnoreCase) || country.StartsWith("com.", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsUnder(string host, string owner) =>
        host.EndsWith(owner, StringComparison.OrdinalIgnoreCase) && (host.Length == owner.Length || host[^(owner.Length + 1)] == '.');
}
