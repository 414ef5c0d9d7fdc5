using System.Net;
using System.Text.RegularExpressions;

namespace FeedWatch.Parsing;

/// <summary>What a reader would see of a title or summary: no tags, no scripts, entities undone, white space folded.</summary>
internal static partial class HtmlText
{
    public static string Plain(string html)
    {
        if (html.AsSpan().IndexOfAny('<', '&') < 0) return Folded(html);
        var text = Tag().Replace(Hidden().Replace(html, " "), " ");
        return Folded(WebUtility.HtmlDecode(text));
    }

    /// <summary>Cuts at a word, with an ellipsis, and never inside a surrogate pair.</summary>
    public static string Shortened(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = text.LastIndexOf(' ', most - 1, Math.Min(40, most - 1));
        if (end <= 0) end = most - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end].TrimEnd(' ', ',', ';', ':', '–', '-') + "…";
    }

    private static string Folded(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>|<!--.*?-->", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<[/!?a-zA-Z][^>]*>", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
