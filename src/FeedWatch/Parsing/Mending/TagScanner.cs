using System.Text;
using System.Xml;

namespace FeedWatch.Parsing.Mending;

/// <summary>Reads one tag as forgivingly as a browser: attributes without quotes, without values, twice, or cut off.</summary>
internal sealed class TagScanner(string text)
{
    private readonly StringBuilder attributes = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private int farthestQuote = int.MaxValue, farthestApostrophe = int.MaxValue;

    /// <summary>Mended attributes of the last tag, each with a space before it.</summary>
    public StringBuilder Attributes => attributes;

    /// <summary>Prefixes that attributes use, and those that this tag declares.</summary>
    public List<string> Used { get; } = [];

    public List<string> Declared { get; } = [];

    public bool Unquoted { get; private set; }

    public bool Twice { get; private set; }

    public static bool StartsName(char c) => XmlConvert.IsStartNCNameChar(c);

    /// <summary>The name at a place: what XML allows, with one colon at most.</summary>
    public string Name(ref int at)
    {
        var start = at;
        var colon = -1;
        while (at < text.Length && (XmlConvert.IsNCNameChar(text[at]) || text[at] == ':'))
        {
            if (text[at] == ':')
            {
                if (colon >= 0 || at + 1 >= text.Length || !StartsName(text[at + 1])) break;
                colon = at;
            }

            at++;
        }

        return text[start..at];
    }

    /// <summary>Reads up to and with the tag's end.</summary>
    /// <returns>Whether the tag closes itself.</returns>
    public bool ReadAttributes(ref int at)
    {
        attributes.Clear();
        seen.Clear();
        Used.Clear();
        Declared.Clear();
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '>')
            {
                at++;
                return false;
            }

            if (c == '/' && at + 1 < text.Length && text[at + 1] == '>')
            {
                at += 2;
                return true;
            }

            if (c == '<') return false; // the tag was never finished, and another begins
            if (StartsName(c)) ReadAttribute(ref at);
            else at++;
        }

        return false;
    }

    private void ReadAttribute(ref int at)
    {
        var name = Name(ref at);
        var value = name;
        var next = SkipSpace(at);
        if (next < text.Length && text[next] == '=')
        {
            at = SkipSpace(next + 1);
            value = Value(ref at);
        }
        else Unquoted = true;

        if (!seen.Add(name))
        {
            Twice = true;
            return;
        }

        if (name.StartsWith("xmlns:", StringComparison.Ordinal))
        {
            if (value.Length == 0 || name is "xmlns:xmlns" or "xmlns:xml") return;
            Declared.Add(name["xmlns:".Length..]);
        }
        else if (name.IndexOf(':') is > 0 and var colon && !name.StartsWith("xml:", StringComparison.Ordinal)) Used.Add(name[..colon]);

        attributes.Append(' ').Append(name).Append("=\"").Append(value.Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)).Append('"');
    }

    private string Value(ref int at)
    {
        if (at < text.Length && text[at] is '"' or '\'' && EndOfQuote(text[at], at + 1) is >= 0 and var end && !IsMarkup(text.AsSpan((at + 1)..end)))
        {
            var quoted = text[(at + 1)..end];
            at = end + 1;
            return quoted;
        }

        Unquoted = true;
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('>' or '<') && !(text[at] == '/' && at + 1 < text.Length && text[at + 1] == '>')) at++;
        return text[start..at].Trim('"', '\'');
    }

    // href="/a>text</a> <b class="x": the closing quote was forgotten, and what looks like it opens another value.
    private static bool IsMarkup(ReadOnlySpan<char> quoted) =>
        quoted.IndexOf('>') is >= 0 and var end && quoted[end..].IndexOf("</") >= 0 && quoted[..end].IndexOf('<') < 0;

    // Once no quote was found up to the end, none is looked for again: otherwise every tag would search the rest of the document.
    private int EndOfQuote(char quote, int from)
    {
        ref var farthest = ref quote == '"' ? ref farthestQuote : ref farthestApostrophe;
        if (from > farthest) return -1;
        var end = text.IndexOf(quote, from);
        if (end < 0) farthest = from - 1;
        return end;
    }

    private int SkipSpace(int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
