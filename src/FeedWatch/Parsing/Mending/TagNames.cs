using System.Collections.Frozen;

namespace FeedWatch.Parsing.Mending;

/// <summary>What the balancer knows about names: which tags are HTML, which frame a feed, and what well-known prefixes stand for.</summary>
internal static class TagNames
{
    private static readonly FrozenSet<string> Html = Set(
        "p div br span a b i em strong img table tr td th thead tbody tfoot ul ol li dl dt dd h1 h2 h3 h4 h5 h6 font center blockquote pre code script style iframe hr u s small big sup sub strike del ins "
        + "figure figcaption picture section article aside header footer nav main form input button label select option textarea object embed param video audio noscript abbr cite q tt wbr html body head meta base area map col svg path");

    private static readonly FrozenSet<string> Void = Set("br img hr input meta wbr embed param area col base");
    private static readonly FrozenSet<string> Siblings = Set("p li tr td th dt dd option");
    private static readonly FrozenSet<string> Frames = Set("rss feed rdf channel item entry");
    private static readonly FrozenSet<string> Fields = Set("title link guid id pubdate description summary content encoded author category comments enclosure published updated issued modified created date creator subject");
    private static readonly FrozenSet<string> Plain = Set("title link guid id pubdate category comments published updated issued modified created date creator subject language copyright ttl generator webmaster managingeditor lastbuilddate");

    private static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["atom"] = "http://www.w3.org/2005/Atom", ["a10"] = "http://www.w3.org/2005/Atom", ["content"] = "http://purl.org/rss/1.0/modules/content/",
        ["dc"] = "http://purl.org/dc/elements/1.1/", ["dcterms"] = "http://purl.org/dc/terms/", ["itunes"] = "http://www.itunes.com/dtds/podcast-1.0.dtd",
        ["media"] = "http://search.yahoo.com/mrss/", ["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", ["sy"] = "http://purl.org/rss/1.0/modules/syndication/",
        ["slash"] = "http://purl.org/rss/1.0/modules/slash/", ["wfw"] = "http://wellformedweb.org/CommentAPI/", ["georss"] = "http://www.georss.org/georss",
        ["feedburner"] = "http://rssnamespace.org/feedburner/ext/1.0", ["xhtml"] = "http://www.w3.org/1999/xhtml", ["xlink"] = "http://www.w3.org/1999/xlink",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool IsHtml(string name) => Html.Contains(name);

    public static bool IsVoid(ReadOnlySpan<char> name) => Void.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    /// <summary>HTML that another of its kind ends.</summary>
    public static bool EndsItself(string name) => Siblings.Contains(name);

    /// <summary>Elements that hold a feed together; an end tag inside one never closes it by mistake.</summary>
    public static bool IsFrame(string name) => Frames.Contains(Local(name));

    public static bool IsEntry(string name) => Local(name) is var local && (local.Equals("item", StringComparison.OrdinalIgnoreCase) || local.Equals("entry", StringComparison.OrdinalIgnoreCase));

    public static bool IsField(string name) => Fields.Contains(Local(name));

    /// <summary>Fields that hold text only, so that another field's start shows that the end tag was forgotten.</summary>
    public static bool IsPlainField(string name) => Plain.Contains(Local(name));

    public static string Namespace(string prefix) => Prefixes.GetValueOrDefault(prefix) ?? "urn:undeclared:" + prefix;

    private static string Local(string name) => name.IndexOf(':') is >= 0 and var colon ? name[(colon + 1)..] : name;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
