using System.Text.RegularExpressions;

namespace FeedWatch.Parsing.Mending;

/// <summary>
/// What stands before the first element: declarations, comments, a DOCTYPE, and what a broken server prints there. Nothing of it reaches
/// the XML parser, so no DTD is ever read; of a DOCTYPE only short entities of plain text are kept.
/// </summary>
internal static partial class Prolog
{
    /// <summary>How far in a feed may begin; PHP prints its warnings before it.</summary>
    private const int FarthestRoot = 64 * 1024;

    /// <summary>An entity expands to at most this many characters, and a document has at most this many of them: no bombs.</summary>
    private const int LongestEntity = 1000;
    private const int MostEntities = 200;

    private static readonly Dictionary<string, string> NoEntities = [];

    /// <param name="Root">The text from the root element on, or from a plain declaration before it; null where there is none.</param>
    public sealed record Parts(string? Root, IReadOnlyDictionary<string, string> Entities);

    public static Parts Read(string text, ICollection<string> repairs)
    {
        var entities = NoEntities;
        var at = 0;
        while (true)
        {
            at = text.IndexOf('<', at);
            if (at < 0 || at + 1 >= text.Length) return new Parts(null, entities);

            var rest = text.AsSpan(at);
            int end;
            if (rest.StartsWith("<?")) end = End(text, at, "?>");
            else if (rest.StartsWith("<!--")) end = End(text, at, "-->");
            else if (rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
            {
                end = EndOfDoctype(text, at);
                if (end > 0 && text.AsSpan(at..end).Contains("<!ENTITY", StringComparison.Ordinal)) entities = Entities(text[at..end]);
            }
            else if (rest.StartsWith("<!")) end = End(text, at, ">");
            else break;

            if (end < 0) break;
            at = end;
        }

        var first = at;
        if (!Root().IsMatch(text.AsSpan(at, Math.Min(64, text.Length - at))) && Feed().Match(text, at, Math.Min(FarthestRoot, text.Length - at)) is { Success: true } feed) at = feed.Index;
        if (at > first || HasJunk(text.AsSpan(0, at))) repairs.Add("junk before the XML declaration");
        return new Parts(IsPlain(text.AsSpan(0, at)) ? text : text[at..], entities);
    }

    /// <summary>Text, or anything before the declaration.</summary>
    private static bool HasJunk(ReadOnlySpan<char> before)
    {
        var declaration = before.IndexOf("<?xml ", StringComparison.OrdinalIgnoreCase);
        if (declaration > 0) return true;
        return before.IndexOf('<') is var first && (first < 0 ? !before.IsWhiteSpace() : !before[..first].IsWhiteSpace());
    }

    // Most feeds begin with a plain declaration and nothing else: those are spared the copy.
    private static bool IsPlain(ReadOnlySpan<char> before) =>
        before.StartsWith("<?xml version=\"1.0\"") && before.Count('<') == 1 && before.TrimEnd().EndsWith("?>");

    private static int End(string text, int from, string mark)
    {
        var at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? -1 : at + mark.Length;
    }

    private static int EndOfDoctype(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny('>', '[');
        if (at < 0) return -1;
        if (text[from + at] == '>') return from + at + 1;
        var subset = text.IndexOf(']', from + at);
        return subset < 0 ? -1 : End(text, subset, ">");
    }

    private static Dictionary<string, string> Entities(string doctype)
    {
        var entities = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Entity().Matches(doctype))
        {
            // A value that refers to others is how bombs are built; no feed needs one.
            var value = match.Groups["value"].Value;
            if (value.Length <= LongestEntity && !value.AsSpan().ContainsAny('&', '%', '<') && entities.Count < MostEntities) entities.TryAdd(match.Groups["name"].Value, value);
        }

        return entities;
    }

    [GeneratedRegex(@"^<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel|item|entry|html)[\s/>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Root();

    [GeneratedRegex(@"<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)\b[^<>]*(?:xmlns|version)|<(?:rss|channel)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Feed();

    [GeneratedRegex("""<!ENTITY\s+(?<name>[\w.-]{1,64})\s+(?:"(?<value>[^"]*)"|'(?<value>[^']*)')\s*>""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Entity();
}
