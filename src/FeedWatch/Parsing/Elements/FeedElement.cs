using System.Xml.Linq;

namespace FeedWatch.Parsing.Elements;

/// <summary>The whole of an XML feed: which elements are its entries, what it is called, and what relative links start from.</summary>
internal sealed class FeedElement
{
    private static readonly string[] Roots = ["rss", "feed", "rdf", "channel", "entry"];

    private readonly XElement root;

    public FeedElement(XElement root)
    {
        this.root = root;
        Entries = Find(root);
        Channel = Entries.Count > 0 && Entries[0] == root ? root
            : root.Elements().FirstOrDefault(e => Is(e, "channel")) ?? root.Descendants().FirstOrDefault(e => Is(e, "channel") || Is(e, "feed")) ?? root;
    }

    public IReadOnlyList<XElement> Entries { get; }

    /// <summary>The element that holds the feed's own title and hints.</summary>
    public XElement Channel { get; }

    public bool IsFeed => Entries.Count > 0 || Roots.Contains(root.Name.LocalName, StringComparer.OrdinalIgnoreCase);

    public string RootName => root.Name.LocalName;

    public string Title()
    {
        if (Channel == root && Entries.Count > 0 && Entries[0] == root) return "";
        var own = Channel.Elements().Where(e => Is(e, "title")).MinBy(e => Namespaces.Distance(e.Name, Channel.Name.Namespace));
        return own is null ? "" : ElementText.Of(own);
    }

    public Uri? Base(Uri? address)
    {
        if (address is not null) return address;
        foreach (var link in Channel.Elements().Where(e => Is(e, "link")))
        {
            if (EntryLink.Absolute(link.Attribute("href")?.Value ?? link.Value, null) is { } home) return home;
        }

        return null;
    }

    // An entry within an entry is quoted there. Names of other vocabularies count where the feed's own has none.
    private static List<XElement> Find(XElement root)
    {
        var found = new List<XElement>();
        var foreign = false;
        Collect(root);
        if (!foreign) return found;

        var own = found.Where(e => Namespaces.Distance(e.Name, root.Name.Namespace) == Namespaces.Own).ToList();
        return own.Count > 0 ? own : found;

        void Collect(XElement element)
        {
            if (Is(element, "item") || Is(element, "entry"))
            {
                foreign |= Namespaces.Distance(element.Name, root.Name.Namespace) != Namespaces.Own;
                found.Add(element);
                return;
            }

            foreach (var child in element.Elements()) Collect(child);
        }
    }

    private static bool Is(XElement element, string name) => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);
}
