using System.Xml.Linq;

namespace FeedWatch.Parsing.Elements;

/// <summary>How near to the feed's own vocabulary an element is. Modules reuse its names for other things: the nearer one is meant.</summary>
internal static class Namespaces
{
    /// <summary>Beyond this, an element speaks of a picture, a sound, or of what only its author knows.</summary>
    public const int Own = 0, Core = 1, Podcast = 2, Media = 3, Foreign = 4;

    private static readonly Dictionary<string, int> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = Own, ["http://www.w3.org/2005/atom"] = Own, ["http://purl.org/atom/ns#"] = Own, ["http://purl.org/rss/1.0/"] = Own,
        ["http://my.netscape.com/rdf/simple/0.9/"] = Own, ["http://channel.netscape.com/rdf/simple/0.9/"] = Own, ["http://backend.userland.com/rss2"] = Own,
        ["http://purl.org/net/rss1.1#"] = Own,
        ["http://purl.org/dc/elements/1.1/"] = Core, ["http://purl.org/dc/elements/1.0/"] = Core, ["http://purl.org/dc/terms/"] = Core,
        ["http://purl.org/rss/1.0/modules/content/"] = Core, ["http://www.w3.org/1999/xhtml"] = Core, ["http://purl.org/rss/1.0/modules/dcterms/"] = Core,
        ["http://www.itunes.com/dtds/podcast-1.0.dtd"] = Podcast, ["http://www.itunes.com/dtds/podcast-1.0.dtd/"] = Podcast,
        ["http://search.yahoo.com/mrss"] = Media, ["http://search.yahoo.com/mrss/"] = Media,
    };

    public static int Distance(XName name, XNamespace own) =>
        ReferenceEquals(name.Namespace, own) || ReferenceEquals(name.Namespace, XNamespace.None) ? Own : Known.GetValueOrDefault(name.NamespaceName, Foreign);
}
