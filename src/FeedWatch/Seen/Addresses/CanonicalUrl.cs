using System.Text;

namespace FeedWatch.Seen.Addresses;

/// <summary>
/// The address of an article without what differs between links to the same one: wrappers of search engines and social networks, AMP,
/// scheme, "www.", tracking parameters, session ids, fragment, trailing slash, order of parameters, spelling of escapes. It names the
/// article and is never asked for. In doubt two addresses stay two: an article told twice is a nuisance, one that is never told a loss.
/// </summary>
internal static class CanonicalUrl
{
    private static readonly string[] OtherDoors = ["www.", "amp.", "m.", "mobile."];

    public static string Of(Uri link)
    {
        link = RedirectLinks.Unwrapped(link);
        var canonical = new StringBuilder(link.AbsolutePath.Length + 32);
        canonical.Append(Host(link));
        if (!link.IsDefaultPort) canonical.Append(':').Append(link.Port);

        canonical.Append(AmpPath.Without(Escapes.Normal(SessionIds.Without(link.AbsolutePath), query: false).TrimEnd('/')));
        if (link.Query.Length > 1) AppendQuery(canonical, link.Query);

        // Pages that a script puts together name the article behind "#!" or "#/".
        if (link.Fragment.StartsWith("#!", StringComparison.Ordinal) || link.Fragment.StartsWith("#/", StringComparison.Ordinal)) canonical.Append(link.Fragment);
        return canonical.ToString();
    }

    /// <summary>False for a host alone: the link of an outlet that gives its front page for every article.</summary>
    public static bool NamesAnArticle(string canonical) => canonical.AsSpan().IndexOfAny('/', '?', '#') >= 0;

    private static string Host(Uri link)
    {
        var host = link.IdnHost.ToLowerInvariant().TrimEnd('.');
        foreach (var door in OtherDoors)
        {
            // What is left must be a site of its own: "amp.dev" and "m.nl" are names.
            if (host.StartsWith(door, StringComparison.Ordinal) && host.IndexOf('.', door.Length) > 0) host = host[door.Length..];
        }

        return host;
    }

    private static void AppendQuery(StringBuilder canonical, string query)
    {
        var kept = new List<string>();
        foreach (var parameter in query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var unescaped = parameter.StartsWith("amp;", StringComparison.Ordinal) ? parameter[4..] : parameter; // "&amp;" that was escaped twice
            var normal = Escapes.Normal(unescaped, query: true);
            if (!Tracking.Is(normal) && !SessionIds.Is(normal) && !AmpPath.Asks(normal) && !kept.Contains(normal)) kept.Add(normal);
        }

        if (kept.Count == 0) return;
        kept.Sort(StringComparer.Ordinal);
        canonical.Append('?').AppendJoin('&', kept);
    }
}
