using System.Xml.Linq;
using FeedWatch.Parsing.Dates;

namespace FeedWatch.Parsing;

/// <summary>
/// Reads an entry from its XML element by local names, whatever format and prefix. It completes what FeedReader leaves empty
/// and stands in where FeedReader finds nothing. The first name that holds text wins.
/// </summary>
internal static class EntryElement
{
    private static readonly string[] TitleNames = ["title", "headline"];
    private static readonly string[] SummaryNames = ["description", "summary", "abstract", "subtitle"];
    private static readonly string[] ContentNames = ["encoded", "content", "body", "fulltext"];
    private static readonly string[] IdNames = ["guid", "id", "identifier"];
    private static readonly string[] PublishedNames = ["pubDate", "published", "issued", "date", "created"];
    private static readonly string[] UpdatedNames = ["updated", "modified", "lastModified"];

    public static Article Read(XElement entry, Uri? feedBase)
    {
        var published = Date(entry, PublishedNames);
        var updated = Date(entry, UpdatedNames);
        var id = Text(entry, IdNames);
        if (id.Length == 0) id = entry.Attributes().FirstOrDefault(a => a.Name.LocalName == "about")?.Value.Trim() ?? "";
        return new Article(Text(entry, TitleNames), Text(entry, SummaryNames), Text(entry, ContentNames), id, Link(entry, feedBase), published ?? updated, updated);
    }

    private static string Text(XElement entry, string[] names)
    {
        foreach (var name in names)
        {
            foreach (var element in entry.Elements())
            {
                if (Is(element, name) && !IsMedia(element) && Inner(element) is { Length: > 0 } text) return text;
            }
        }

        return "";
    }

    // XHTML content is markup inside the element; everything else is its text.
    private static string Inner(XElement element) =>
        (element.HasElements ? string.Concat(element.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting))) : element.Value).Trim();

    private static DateTimeOffset? Date(XElement entry, string[] names)
    {
        foreach (var name in names)
        {
            foreach (var element in entry.Elements())
            {
                if (Is(element, name) && FeedDate.Parse(element.Value) is { } date) return date;
            }
        }

        return null;
    }

    private static Uri? Link(XElement entry, Uri? feedBase)
    {
        var links = entry.Elements().Where(e => Is(e, "link")).ToList();
        var best = links.FirstOrDefault(e => Attribute(e, "href") is not null && Attribute(e, "rel") is null or "alternate")
            ?? links.FirstOrDefault(e => Attribute(e, "href") is null && !string.IsNullOrWhiteSpace(e.Value));
        var address = best is null ? PermaLink(entry) : Attribute(best, "href") ?? best.Value;
        return address is null ? null : Absolute(address, Base(best ?? entry, feedBase));
    }

    // RSS 2.0: a guid is an address unless it says that it is none.
    private static string? PermaLink(XElement entry) =>
        entry.Elements().FirstOrDefault(e => Is(e, "guid")) is { } guid && Attribute(guid, "isPermaLink") is null or "true" ? guid?.Value : null;

    private static Uri? Base(XElement element, Uri? feedBase)
    {
        var bases = element.AncestorsAndSelf().Select(e => e.Attribute(XNamespace.Xml + "base")?.Value).Where(b => b is not null).Reverse();
        return bases.Aggregate(feedBase, (current, next) => Absolute(next!, current) ?? current);
    }

    public static Uri? Absolute(string address, Uri? feedBase)
    {
        address = address.Trim();
        if (address.Length == 0) return null;

        // On Unix "/path" parses as an absolute file address, so what has no scheme is resolved first.
        var absolute = address.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(address, UriKind.Absolute, out var whole) ? whole
            : feedBase is not null && Uri.TryCreate(feedBase, address, out var joined) ? joined
            : null;
        return absolute is not null && (absolute.Scheme == Uri.UriSchemeHttp || absolute.Scheme == Uri.UriSchemeHttps) ? absolute : null;
    }

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    // <media:title> and <itunes:summary> describe a picture or a sound, not the article, where the article has its own.
    private static bool IsMedia(XElement element) => element.Name.NamespaceName.Contains("mrss", StringComparison.Ordinal);

    private static string? Attribute(XElement element, string name) => element.Attribute(name)?.Value;
}
