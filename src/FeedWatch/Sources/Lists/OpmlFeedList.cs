using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using FeedWatch.Storage;

namespace FeedWatch.Sources.Lists;

/// <summary>OPML 1.0 and 2.0 as feed readers export it: every <c>outline</c> with an <c>xmlUrl</c>, however deep in folders.</summary>
internal static class OpmlFeedList
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreWhitespace = true,
    };

    public static IReadOnlyList<ReadFeed> Parse(string path, string text, List<string> faults)
    {
        var feeds = new List<ReadFeed>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')), Settings);
            reader.MoveToContent();
            if (!reader.LocalName.Equals("opml", StringComparison.OrdinalIgnoreCase))
            {
                faults.Add($"{path}:{Line(reader)}: this is XML, but <{reader.LocalName}> is no OPML. To watch a single feed, put its address into a list.");
                return feeds;
            }

            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName.Equals("outline", StringComparison.OrdinalIgnoreCase))
                    AddOutline(path, reader, feeds, faults);
            }
        }
        catch (XmlException ex)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{ex.LineNumber}: not valid XML: {ex.Message}"));
        }

        return feeds;
    }

    private static void AddOutline(string path, XmlReader reader, List<ReadFeed> feeds, List<string> faults)
    {
        if (Attribute(reader, "xmlUrl") is not { Length: > 0 } url) return; // a folder
        if (FeedList.Address(url, out var fault) is not { } address)
        {
            faults.Add($"{path}:{Line(reader)}: {fault}");
            return;
        }

        var name = Attribute(reader, "title") ?? Attribute(reader, "text") ?? address.Host;
        TimeSpan? interval = Duration.TryParse(Attribute(reader, "interval"), out var span) && span > TimeSpan.Zero ? span : null;
        var enabled = !bool.TryParse(Attribute(reader, "enabled"), out var flag) || flag;
        feeds.Add(new ReadFeed(new ListedFeed(address, name, Attribute(reader, "language"), Attribute(reader, "country"), interval, enabled, Attribute(reader, "cron")), Line(reader)));
    }

    /// <summary>OPML 2.0 that every reader takes; what only FeedWatch knows stands in attributes that the others skip.</summary>
    public static string Write(IEnumerable<ListedFeed> feeds)
    {
        var body = new XElement("body", feeds.Select(f => new XElement(
            "outline",
            new XAttribute("type", "rss"),
            new XAttribute("text", f.Name),
            new XAttribute("title", f.Name),
            new XAttribute("xmlUrl", f.Url.AbsoluteUri),
            f.Language is null ? null : new XAttribute("language", f.Language),
            f.Country is null ? null : new XAttribute("country", f.Country),
            f.Interval is null ? null : new XAttribute("interval", Duration.Text(f.Interval.Value)),
            f.Cron is null ? null : new XAttribute("cron", f.Cron),
            f.Enabled ? null : new XAttribute("enabled", "false"))));
        var opml = new XElement("opml", new XAttribute("version", "2.0"), new XElement("head", new XElement("title", "FeedWatch")), body);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{opml.ToString().ReplaceLineEndings("\n")}\n";
    }

    // Writers disagree on the case: xmlUrl, xmlurl, XMLURL.
    private static string? Attribute(XmlReader reader, string name)
    {
        for (var i = 0; i < reader.AttributeCount; i++)
        {
            reader.MoveToAttribute(i);
            if (!reader.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            var value = reader.Value;
            reader.MoveToElement();
            return value.Length > 0 ? value : null;
        }

        reader.MoveToElement();
        return null;
    }

    private static int Line(XmlReader reader) => ((IXmlLineInfo)reader).LineNumber;
}
