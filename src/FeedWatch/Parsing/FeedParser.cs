using System.Buffers;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CodeHollow.FeedReader;
using FeedWatch.Parsing.Elements;
using FeedWatch.Parsing.Mending;

namespace FeedWatch.Parsing;

/// <summary>
/// Reads a body as a feed: decode, guard, mend, then CodeHollow.FeedReader and the entries' own elements, which complete each other.
/// Where FeedReader refuses the document or finds no entry in it, the elements are read alone; where it is no XML, it is made so first.
/// </summary>
internal static partial class FeedParser
{
    /// <summary>The fetcher caps a body below this; a file may be larger.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int LongestFault = 200;
    private const string NoFeed = "it is neither RSS, Atom nor JSON Feed";

    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false, IgnoreComments = true, IgnoreProcessingInstructions = true };

    // What a reader cannot see, and templates leave before the first tag.
    private static readonly SearchValues<char> Blank = SearchValues.Create(" \t\r\n\0\uFEFF\u200B\u200E\u200F\u2060");

    public static ParseResult Parse(byte[] body, string? contentType, Uri? address)
    {
        if (PackedBody.Open(body, MaxBytes) is not { } plain) return new ParseResult.Unreadable($"it is larger than {MaxBytes >> 20} MiB, or damaged gzip");

        var repairs = new List<string>();
        var text = FeedDecoder.Decode(plain, contentType, repairs);
        var start = text.AsSpan().IndexOfAnyExcept(Blank);
        if (start < 0) return new ParseResult.Unreadable("the answer is empty");
        if (start > 0)
        {
            if (text.AsSpan(start).StartsWith("<?xml")) repairs.Add("white space or control characters before the XML declaration");
            text = text[start..];
        }

        if (text[0] is '{' or '[') return JsonFeedReader.Read(text, address, repairs);

        var prolog = Prolog.Read(text, repairs);
        if (prolog.Root is not { } root) return new ParseResult.Unreadable(NoFeed);
        return WebPage().IsMatch(root)
            ? new ParseResult.Unreadable("it is a web page (HTML), not a feed; the feed's own address is often named in the page's <head>")
            : ReadXml(FeedRepair.Mend(root, prolog.Entities, repairs), prolog, address, repairs);
    }

    private static ParseResult ReadXml(string xml, Prolog.Parts prolog, Uri? address, List<string> repairs)
    {
        var why = "its elements nest too deeply";
        var root = DepthGuard.TooDeep(xml) ? null : Read(xml, out why);
        if (root is null)
        {
            var known = repairs.Count;
            if (TagBalancer.Balance(xml, repairs) is not { } balanced) return new ParseResult.Unreadable($"its elements nest deeper than {DepthGuard.MaxDepth} levels");
            if (balanced.Length == 0) return new ParseResult.Unreadable(NoFeed);
            if (repairs.Count == known) repairs.Add($"not well-formed XML: {why}");

            // What seemed to be within a CDATA section without an end may have turned out to be text.
            xml = FeedRepair.Mend(balanced, prolog.Entities, repairs);
            repairs = [.. repairs.Distinct()];
            root = Read(xml, out why);
            if (root is null) return new ParseResult.Unreadable($"it is not well-formed XML, even after repair: {why}");
        }

        var feed = new FeedElement(root);
        if (!feed.IsFeed) return new ParseResult.Unreadable($"it is XML, but <{feed.RootName}> is no feed");
        if (feed.Entries.Count == 0 && Entry().IsMatch(xml)) return new ParseResult.Unreadable("it names entries, but they stand where no reader finds them: within a comment or escaped");

        var feedBase = feed.Base(address);
        var read = KnownDialects.Read(root);
        var articles = feed.Entries.Select(e => Completed(EntryElement.Read(e, feedBase), read.GetValueOrDefault(e), feedBase)).ToList();
        return new ParseResult.Parsed(feed.Title(), articles, 0, repairs, FeedHints.Of(feed.Channel));
    }

    private static Article Completed(Article own, FeedItem? item, Uri? feedBase) => item is null ? own : own with
    {
        Title = own.Title.Length > 0 ? own.Title : item.Title?.Trim() ?? "",
        Summary = own.Summary.Length > 0 ? own.Summary : item.Description?.Trim() ?? "",
        Link = own.Link ?? (item.Link is null ? null : EntryLink.Absolute(item.Link, feedBase)),
    };

    private static XElement? Read(string xml, out string why)
    {
        try
        {
            why = "";
            using var reader = XmlReader.Create(new StringReader(xml), Safe);
            return XElement.Load(reader);
        }
        catch (XmlException ex)
        {
            why = HtmlText.Shortened(ex.Message, LongestFault);
            return null;
        }
    }

    [GeneratedRegex(@"^<html[\s>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WebPage();

    [GeneratedRegex(@"<(?:[\w.-]{1,20}:)?(?:item|entry)[\s/>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
