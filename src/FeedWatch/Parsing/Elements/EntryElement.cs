using System.Collections.Frozen;
using System.Xml.Linq;
using FeedWatch.Parsing.Dates;

namespace FeedWatch.Parsing.Elements;

/// <summary>
/// Reads an entry from its XML element by local names, whatever format and prefix, in one pass over its children. It completes what
/// FeedReader leaves empty and stands in where FeedReader finds nothing. The nearest namespace wins, then the better name, then the first.
/// </summary>
internal sealed class EntryElement
{
    private const int Unset = int.MaxValue;

    private static readonly FrozenDictionary<string, (Field Field, int Rank)> Names = new Dictionary<string, (Field, int)>(StringComparer.OrdinalIgnoreCase)
    {
        ["title"] = (Field.Title, 0), ["headline"] = (Field.Title, 1),
        ["description"] = (Field.Summary, 0), ["summary"] = (Field.Summary, 1), ["abstract"] = (Field.Summary, 2), ["tagline"] = (Field.Summary, 3), ["subtitle"] = (Field.Summary, 4),
        ["encoded"] = (Field.Content, 0), ["content"] = (Field.Content, 1), ["fullitem"] = (Field.Content, 2), ["fulltext"] = (Field.Content, 3), ["body"] = (Field.Content, 4), ["prodlink"] = (Field.Content, 5),
        ["guid"] = (Field.Id, 0), ["id"] = (Field.Id, 1), ["identifier"] = (Field.Id, 2),
        ["pubDate"] = (Field.Published, 0), ["published"] = (Field.Published, 1), ["issued"] = (Field.Published, 2), ["available"] = (Field.Published, 3), ["date"] = (Field.Published, 4), ["created"] = (Field.Published, 5), ["publicationDate"] = (Field.Published, 6),
        ["updated"] = (Field.Updated, 0), ["modified"] = (Field.Updated, 1), ["lastModified"] = (Field.Updated, 2), ["lastBuildDate"] = (Field.Updated, 3),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly int[] ranks = [Unset, Unset, Unset, Unset, Unset, Unset];
    private string title = "", summary = "", content = "", id = "", second = "";
    private DateTimeOffset? published, updated;
    private Uri? original;
    private Outlet? outlet;

    private enum Field
    {
        Title, Summary, Content, Id, Published, Updated,
    }

    public static Article Read(XElement entry, Uri? feedBase)
    {
        var reading = new EntryElement();
        var own = entry.Name.Namespace;
        foreach (var child in entry.Elements())
        {
            if (Names.TryGetValue(child.Name.LocalName, out var known)) reading.Take(child, known.Field, (Namespaces.Distance(child.Name, own) * 8) + known.Rank);
            else if (child.Name.LocalName == "origLink") reading.original = EntryLink.Absolute(child.Value, null);
            else if (IsSource(child) && ElementText.Of(child) is { Length: > 0 } outlet) reading.outlet ??= new Outlet(outlet, EntryLink.Absolute(child.Attribute("url")?.Value ?? "", null));
        }

        if (reading.summary.Length == 0 && reading.content.Length == 0) reading.summary = MediaText(entry, "description");
        if (reading.title.Length == 0) reading.title = MediaText(entry, "title");
        if (reading.content.Length == 0 && reading.second != reading.summary) reading.content = reading.second;
        return new Article(
            reading.title,
            reading.summary,
            reading.content,
            reading.id.Length > 0 ? Resolved(reading.id, entry) : About(entry),
            EntryLink.Of(entry, feedBase),
            reading.published ?? reading.updated,
            reading.updated)
        {
            OriginalLink = reading.original,
            Outlet = reading.outlet,
        };
    }

    private void Take(XElement element, Field field, int rank)
    {
        ref var best = ref ranks[(int)field];

        // Of several updates the last is the latest; of all else the first is meant.
        if (field == Field.Updated ? rank > best : rank >= best)
        {
            if (field == Field.Summary && second.Length == 0 && rank < Namespaces.Media * 8) second = ElementText.Of(element);
            return;
        }

        if (field is Field.Published or Field.Updated)
        {
            if (FeedDate.Parse(element.Value) is not { } date) return;
            if (field == Field.Published) published = date;
            else updated = date;
            best = rank;
            return;
        }

        // <media:title> and <media:description> speak of a picture, where the entry speaks for itself.
        if (rank / 8 == Namespaces.Media || ElementText.Of(element) is not { Length: > 0 } text) return;
        best = rank;
        switch (field)
        {
            case Field.Title:
                title = text;
                break;
            case Field.Summary:
                if (rank < Namespaces.Media * 8) second = summary;
                summary = text;
                break;
            case Field.Content:
                content = text;
                break;
            default:
                id = text;
                break;
        }
    }

    // Atom's <source> holds a whole feed's head.
    private static bool IsSource(XElement element) => element.Name.LocalName.Equals("source", StringComparison.OrdinalIgnoreCase) && !element.HasElements;

    private static string MediaText(XElement entry, string name)
    {
        var media = entry.Descendants().FirstOrDefault(e => e.Name.LocalName == name && Namespaces.Distance(e.Name, XNamespace.None) == Namespaces.Media);
        return media is null ? "" : ElementText.Of(media);
    }

    private static string About(XElement entry) => entry.Attributes().FirstOrDefault(a => a.Name.LocalName == "about")?.Value.Trim() ?? "";

    // An id is compared, not followed, but one that is relative is only unique beneath its xml:base.
    private static string Resolved(string id, XElement entry) =>
        entry.Name.LocalName != "entry" || id.Contains(':', StringComparison.Ordinal) || EntryLink.Base(entry, null) is not { } around ? id : EntryLink.Absolute(id, around)?.AbsoluteUri ?? id;
}
