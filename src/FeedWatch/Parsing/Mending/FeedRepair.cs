using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace FeedWatch.Parsing.Mending;

/// <summary>
/// Mends what real feeds get wrong and an XML parser refuses. Each mend is noted, so that the publisher can be told.
/// Every step is one pass over the text: a feed may be hostile, and no input may make it slow.
/// </summary>
internal static class FeedRepair
{
    private const int LongestEntity = 32;
    private const string CDataStart = "<![CDATA[";
    private const string CDataEnd = "]]>";

    private static readonly SearchValues<char> Illegal = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not (9 or 10 or 13)).Select(c => (char)c), '\uFFFE', '\uFFFF']);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<string> AmpersandOrCData = SearchValues.Create(["&", CDataStart], StringComparison.Ordinal);

    public static string Mend(string xml, ICollection<string> repairs)
    {
        xml = WithoutJunkBefore(xml, repairs);
        xml = WithoutDoctype(xml, repairs);
        xml = WithoutIllegalCharacters(xml, repairs);
        return xml.Contains('&') ? WithKnownEntities(xml, repairs) : xml;
    }

    private static string WithoutJunkBefore(string xml, ICollection<string> repairs)
    {
        var start = xml.IndexOf('<', StringComparison.Ordinal);
        if (start > 0)
        {
            repairs.Add("has text before the XML");
            xml = xml[start..];
        }

        // The text is decoded already: a declaration could only contradict what it now is.
        if (!xml.StartsWith("<?xml", StringComparison.Ordinal)) return xml;
        var end = xml.IndexOf("?>", StringComparison.Ordinal);
        return end < 0 ? xml : xml[(end + 2)..].TrimStart();
    }

    private static string WithoutDoctype(string xml, ICollection<string> repairs)
    {
        var start = xml.AsSpan(0, Math.Min(xml.Length, 16 * 1024)).IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return xml;

        var end = xml.AsSpan(start).IndexOfAny('>', '[') + start;
        if (end > start && xml[end] == '[')
        {
            var subset = xml.IndexOf(']', end);
            end = subset < 0 ? -1 : xml.IndexOf('>', subset);
        }

        if (end <= start) return xml;
        repairs.Add("has a DOCTYPE, which is not read");
        return xml.Remove(start, end + 1 - start);
    }

    private static string WithoutIllegalCharacters(string xml, ICollection<string> repairs)
    {
        if (xml.AsSpan().IndexOfAny(Illegal) < 0) return xml;
        repairs.Add("holds control characters that XML forbids");
        var clean = new StringBuilder(xml.Length);
        foreach (var c in xml)
        {
            if (!Illegal.Contains(c)) clean.Append(c);
        }

        return clean.ToString();
    }

    private static string WithKnownEntities(string xml, ICollection<string> repairs)
    {
        bool bare = false, named = false;
        var mended = new StringBuilder(xml.Length);
        var rest = xml.AsSpan();
        while (rest.IndexOfAny(AmpersandOrCData) is >= 0 and var at)
        {
            mended.Append(rest[..at]);
            rest = rest[at..];
            if (rest[0] == '<')
            {
                var end = rest.IndexOf(CDataEnd);
                var cdata = end < 0 ? rest.Length : end + CDataEnd.Length;
                mended.Append(rest[..cdata]);
                rest = rest[cdata..];
                continue;
            }

            var length = ReferenceLength(rest);
            mended.Append(Reference(rest[..length], ref bare, ref named));
            rest = rest[length..];
        }

        if (named) repairs.Add("uses HTML entities such as &nbsp; that XML does not know");
        if (bare) repairs.Add("holds a bare &, which must be written &amp;");
        return bare || named ? mended.Append(rest).ToString() : xml;
    }

    private static int ReferenceLength(ReadOnlySpan<char> text)
    {
        var end = text[1..Math.Min(text.Length, LongestEntity)].IndexOfAnyExcept(NameCharacters) + 1;
        return end > 1 && text[end] == ';' ? end + 1 : 1;
    }

    private static ReadOnlySpan<char> Reference(ReadOnlySpan<char> reference, ref bool bare, ref bool named)
    {
        switch (reference)
        {
            case "&amp;" or "&lt;" or "&gt;" or "&quot;" or "&apos;":
                return reference;
            case ['&', '#', ..] when IsCharacter(reference[2..^1]):
                return reference;
        }

        if (reference.Length > 1 && reference[1] != '#' && WebUtility.HtmlDecode(reference.ToString()) is var decoded && !reference.SequenceEqual(decoded))
        {
            named = true;
            return decoded;
        }

        bare = true;
        return string.Concat("&amp;", reference[1..]);
    }

    private static bool IsCharacter(ReadOnlySpan<char> number)
    {
        var hex = number is ['x' or 'X', ..];
        return int.TryParse(hex ? number[1..] : number, hex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is 9 or 10 or 13 or >= 0x20 and <= 0xD7FF or >= 0xE000 and <= 0xFFFD or >= 0x10000 and <= 0x10FFFF;
    }
}
