using System.Xml;
using System.Xml.Linq;
using CodeHollow.FeedReader;
using CodeHollow.FeedReader.Feeds;
using FeedWatch.Parsing.Dates;
using FeedWatch.Parsing.Mending;
using Reader = CodeHollow.FeedReader.FeedReader;

namespace FeedWatch.Parsing;

/// <summary>
/// Reads a body as a feed: decode, guard, mend, then CodeHollow.FeedReader, completed from the entries' own elements.
/// Where FeedReader refuses the document or finds no entry in it, the elements are read directly.
/// </summary>
internal static class FeedParser
{
    private static readonly string[] EntryNames = ["item", "entry"];

    public static ParseResult Parse(byte[] body, string? contentType, Uri? address)
    {
        if (body.Length == 0) return new ParseResult.Unreadable("the answer is empty");

        var repairs = new List<string>();
        var text = FeedDecoder.Decode(body, contentType, repairs).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.Length == 0) return new ParseResult.Unreadable("the answer is empty");
        if (text[0] == '{') return ReadJson(text, address, repairs);
        if (LooksLikeHtml(text)) return new ParseResult.Unreadable("it is a web page (HTML), not a feed; the feed's own address is often named in the page's <head>");
        if (!text.Contains('<', StringComparison.Ordinal)) return new ParseResult.Unreadable("it is neither RSS, Atom nor JSON Feed");
        if (DepthGuard.TooDeep(text)) return new ParseResult.Unreadable($"its elements nest deeper than {DepthGuard.MaxDepth} levels");

        var xml = FeedRepair.Mend(text, repairs);
        return ReadWithFeedReader(xml, address, repairs) ?? ReadDirectly(xml, address, repairs);
    }

    private static ParseResult.Parsed? ReadWithFeedReader(string xml, Uri? address, List<string> repairs)
    {
        if (Try(xml) is not { Items.Count: > 0 } feed) return null;

        var feedBase = Base(feed.SpecificFeed?.Element, address);
        var articles = new List<Article>(feed.Items.Count);
        foreach (var item in feed.Items)
        {
            if (item.SpecificItem?.Element is { } element) articles.Add(Completed(item, EntryElement.Read(element, feedBase), feedBase));
        }

        return articles.Count == 0 ? null : new ParseResult.Parsed(feed.Title?.Trim() ?? "", articles, feed.Items.Count - articles.Count, repairs);
    }

    private static Article Completed(FeedItem item, Article own, Uri? feedBase) => own with
    {
        Title = own.Title.Length > 0 ? own.Title : item.Title?.Trim() ?? "",
        Summary = own.Summary.Length > 0 ? own.Summary : item.Description?.Trim() ?? "",
        Link = own.Link ?? (item.Link is null ? null : EntryElement.Absolute(item.Link, feedBase)),
    };

    private static ParseResult ReadJson(string json, Uri? address, List<string> repairs)
    {
        if (Try(json) is not { SpecificFeed: JsonFeed } feed) return new ParseResult.Unreadable("it is JSON, but no JSON Feed");

        var articles = feed.Items.Select(i => i.SpecificItem).OfType<JsonFeedItem>().Select(item => new Article(
            item.Title ?? "",
            item.Summary ?? "",
            item.ContentHtml ?? item.ContentText ?? "",
            item.Id ?? "",
            EntryElement.Absolute(item.Link ?? "", address),
            FeedDate.Parse(item.DatePublishedString),
            FeedDate.Parse(item.DateModifiedString))).ToList();
        return new ParseResult.Parsed(feed.Title ?? "", articles, feed.Items.Count - articles.Count, repairs);
    }

    private static ParseResult ReadDirectly(string xml, Uri? address, List<string> repairs)
    {
        XElement root;
        try
        {
            root = XElement.Parse(xml);
        }
        catch (XmlException ex)
        {
            return new ParseResult.Unreadable($"it is not well-formed XML, even after repair: {ex.Message}");
        }

        var entries = root.Descendants().Where(e => EntryNames.Contains(e.Name.LocalName, StringComparer.OrdinalIgnoreCase)).ToList();
        if (entries.Count == 0 && root.Name.LocalName.ToLowerInvariant() is not ("rss" or "feed" or "rdf" or "channel"))
            return new ParseResult.Unreadable($"it is XML, but <{root.Name.LocalName}> is no feed");

        var feedBase = Base(root, address);
        var title = root.Descendants().FirstOrDefault(e => e.Name.LocalName == "title" && !e.Ancestors().Any(entries.Contains))?.Value.Trim() ?? "";
        return new ParseResult.Parsed(title, [.. entries.Select(e => EntryElement.Read(e, feedBase))], 0, repairs);
    }

    private static Uri? Base(XElement? feed, Uri? address)
    {
        if (address is not null || feed is null) return address;
        var home = feed.DescendantsAndSelf().FirstOrDefault(e => e.Name.LocalName == "link" && (e.Attribute("href")?.Value ?? e.Value).Contains("://", StringComparison.Ordinal));
        return home is null ? null : EntryElement.Absolute(home.Attribute("href")?.Value ?? home.Value, null);
    }

    private static Feed? Try(string text)
    {
        try
        {
            return Reader.ReadFromString(text);
        }
#pragma warning disable CA1031 // FeedReader throws what its parsing happens to meet, NullReferenceException among it; the other reader decides
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static bool LooksLikeHtml(string text) =>
        text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
}
