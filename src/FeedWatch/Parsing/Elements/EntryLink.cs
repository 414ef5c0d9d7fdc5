using System.Xml.Linq;

namespace FeedWatch.Parsing.Elements;

/// <summary>Where an entry's article is. Atom and RSS name it in different ways, and feeds mix them.</summary>
internal static class EntryLink
{
    private static readonly string[] NeverTheArticle = ["enclosure", "edit", "edit-media", "replies", "hub", "license", "next", "previous", "first", "last", "icon", "search"];

    public static Uri? Of(XElement entry, Uri? feedBase)
    {
        XElement? alternate = null, written = null, other = null;
        foreach (var link in entry.Elements())
        {
            if (!link.Name.LocalName.Equals("link", StringComparison.OrdinalIgnoreCase) || Namespaces.Distance(link.Name, entry.Name.Namespace) > Namespaces.Own) continue;
            var rel = link.Attribute("rel")?.Value;
            if (link.Attribute("href") is null)
            {
                if (!string.IsNullOrWhiteSpace(link.Value)) written = link;
            }
            else if (rel is null or "" or "alternate" or "http://www.iana.org/assignments/relation/alternate")
            {
                alternate = IsPage(link) && (alternate is null || !IsPage(alternate)) ? link : alternate ?? link;

                // Of several links of its own in an RSS item other readers take the last, and publishers test with them.
                if (rel is null && written is not null && link.Name == written.Name) written = link;
            }
            else if (!NeverTheArticle.Contains(rel, StringComparer.OrdinalIgnoreCase)) other ??= link;
        }

        var own = entry.Name.LocalName.Equals("entry", StringComparison.OrdinalIgnoreCase) ? alternate ?? written : written ?? alternate;
        return Resolved(own, feedBase) ?? PermaLink(entry) ?? Resolved(other, feedBase) ?? Elsewhere(entry, feedBase);
    }

    /// <summary>Absolute, http or https; null for anything else, or where no base is known.</summary>
    public static Uri? Absolute(string address, Uri? feedBase)
    {
        address = Tidy(address);
        if (address.Length == 0) return null;

        // On Unix "/path" parses as an absolute file address, so what has no scheme is resolved first.
        var absolute = address.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var whole) ? whole
            : feedBase is not null && Uri.TryCreate(feedBase, address, out var joined) ? joined
            : address.StartsWith("//", StringComparison.Ordinal) && Uri.TryCreate("https:" + address, UriKind.Absolute, out var schemeless) ? schemeless
            : null;
        return absolute is not null && (absolute.Scheme == Uri.UriSchemeHttp || absolute.Scheme == Uri.UriSchemeHttps) ? absolute : null;
    }

    /// <summary>xml:base of the element and those around it, outermost first, upon the feed's address.</summary>
    public static Uri? Base(XElement element, Uri? feedBase)
    {
        var bases = element.AncestorsAndSelf().Select(e => e.Attribute(XNamespace.Xml + "base")?.Value).Where(b => b is not null).Reverse();
        return bases.Aggregate(feedBase, (current, next) => Absolute(next!, current) ?? current);
    }

    private static Uri? Resolved(XElement? link, Uri? feedBase)
    {
        if (link is null) return null;
        var address = link.Attribute("href")?.Value ?? link.Value;
        return Absolute(address, null) ?? Absolute(address, Base(link, feedBase));
    }

    // RSS 2.0: a guid is an address unless it says that it is none. Many are none and do not say so.
    private static Uri? PermaLink(XElement entry)
    {
        var guid = entry.Elements().FirstOrDefault(e => e.Name.LocalName.Equals("guid", StringComparison.OrdinalIgnoreCase));
        return guid is null || "false".Equals(guid.Attribute("isPermaLink")?.Value, StringComparison.OrdinalIgnoreCase) ? null : Absolute(guid.Value, null);
    }

    // RSS 1.0 names the entry by its address, CDF in its tag, Atom where the content lies elsewhere.
    private static Uri? Elsewhere(XElement entry, Uri? feedBase)
    {
        var about = entry.Attributes().FirstOrDefault(a => a.Name.LocalName is "about" or "href" or "HREF")?.Value;
        if (about is not null && Absolute(about, feedBase) is { } address) return address;
        var content = entry.Elements().FirstOrDefault(e => e.Name.LocalName == "content" && e.Attribute("src") is not null);
        return content is null ? null : Absolute(content.Attribute("src")!.Value, Base(content, feedBase));
    }

    private static bool IsPage(XElement link) => link.Attribute("type")?.Value is not { } type || type.Contains("html", StringComparison.OrdinalIgnoreCase);

    // Line breaks within an address are dropped, as browsers do; "&amp;" is left of an address that was escaped twice.
    private static string Tidy(string address)
    {
        address = address.Trim();
        if (address.AsSpan().ContainsAny('\r', '\n', '\t')) address = address.ReplaceLineEndings("").Replace("\t", "", StringComparison.Ordinal);
        return address.Contains("&amp;", StringComparison.Ordinal) ? address.Replace("&amp;", "&", StringComparison.Ordinal) : address;
    }
}
