using System.Xml.Linq;
using CodeHollow.FeedReader;
using CodeHollow.FeedReader.Feeds;

namespace FeedWatch.Parsing;

/// <summary>
/// CodeHollow.FeedReader's readers, given the element that each expects. Its front door parses the text twice and tells formats apart by
/// the letter; behind it the readers are the same.
/// </summary>
internal static class KnownDialects
{
    private static readonly Dictionary<XElement, FeedItem> Nothing = [];

    /// <summary>What FeedReader makes of each entry; empty where it knows no such feed.</summary>
    public static IReadOnlyDictionary<XElement, FeedItem> Read(XElement root)
    {
        try
        {
            if (Open(root)?.ToFeed() is not { Items.Count: > 0 } feed) return Nothing;

            var items = new Dictionary<XElement, FeedItem>(feed.Items.Count);
            foreach (var item in feed.Items)
            {
                if (item.SpecificItem?.Element is { } element) items.TryAdd(element, item);
            }

            return items;
        }
#pragma warning disable CA1031 // FeedReader throws what its parsing happens to meet, NullReferenceException among it; the elements decide
        catch (Exception)
#pragma warning restore CA1031
        {
            return Nothing;
        }
    }

    private static BaseFeed? Open(XElement root)
    {
        switch (root.Name.LocalName)
        {
            case "feed":
                return new AtomFeed("", root);
            case "RDF":
                return new Rss10Feed("", root);
            case "rss" when root.Elements().FirstOrDefault(e => e.Name.LocalName == "channel") is { } channel:
                return root.Attribute("version")?.Value switch
                {
                    "0.91" => new Rss091Feed("", channel),
                    "0.92" => new Rss092Feed("", channel),
                    _ => new Rss20Feed("", channel),
                };
            default:
                return null;
        }
    }
}
