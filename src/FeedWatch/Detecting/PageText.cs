using FeedWatch.Parsing;
using SmartReader;

namespace FeedWatch.Detecting;

/// <summary>The article of a web page without what surrounds it.</summary>
internal static class PageText
{
    /// <summary>SmartReader walks the tree recursively: deeper pages would end the process. Real ones stay below 60.</summary>
    private const int MaxDepth = 400;

    // These have no end tag, or may leave it out, so they do not nest.
    private static readonly HashSet<string> NotNesting = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot",
    };

    public static (string Title, string Text) Of(Uri address, string html)
    {
        if (!TooDeep(html))
        {
            var article = Reader.ParseArticle(address.AbsoluteUri, html);
            if (article.IsReadable && !string.IsNullOrWhiteSpace(article.TextContent)) return (HtmlText.Plain(article.Title ?? ""), HtmlText.Plain(article.TextContent));
        }

        return ("", HtmlText.Plain(html));
    }

    private static bool TooDeep(ReadOnlySpan<char> html)
    {
        var depth = 0;
        while (html.IndexOf('<') is >= 0 and var open && open + 1 < html.Length)
        {
            html = html[(open + 1)..];
            var end = html[0] == '/';
            var rest = end ? html[1..] : html;
            var length = rest.IndexOfAnyExcept(Letters);
            if (length <= 0 || NotNesting.GetAlternateLookup<ReadOnlySpan<char>>().Contains(rest[..length])) continue;
            depth = end ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > MaxDepth) return true;
        }

        return false;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
