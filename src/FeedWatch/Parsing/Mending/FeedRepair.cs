using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace FeedWatch.Parsing.Mending;

/// <summary>
/// Mends the characters and references that real feeds get wrong and an XML parser refuses. Each mend is noted, so that the publisher
/// can be told. Every step is one pass over the text: a feed may be hostile, and no input may make it slow.
/// </summary>
internal static class FeedRepair
{
    private const int LongestReference = 32;
    private const string CDataStart = "<![CDATA[";
    private const string CDataEnd = "]]>";

    /// <summary>What the entities of a DOCTYPE may add to a document in all.</summary>
    private const int MostExpanded = 256 * 1024;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(c => c is not (9 or 10 or 13)).Select(c => (char)c)]);

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.");

    private static readonly SearchValues<string> AmpersandOrCData = SearchValues.Create(["&", CDataStart], StringComparison.Ordinal);

    public static string Mend(string xml, IReadOnlyDictionary<string, string> entities, ICollection<string> repairs)
    {
        xml = WithoutIllegalCharacters(xml, repairs);
        return xml.Contains('&') ? new References(entities).Mend(xml, repairs) : xml;
    }

    private static string WithoutIllegalCharacters(string xml, ICollection<string> repairs)
    {
        var text = xml.AsSpan();
        if (!text.ContainsAny(Controls) && !text.ContainsAny('\uFFFE', '\uFFFF') && !HasLoneSurrogate(text)) return xml;

        var clean = new StringBuilder(xml.Length);
        for (var i = 0; i < xml.Length; i++)
        {
            var c = xml[i];
            if (char.IsHighSurrogate(c) && i + 1 < xml.Length && char.IsLowSurrogate(xml[i + 1])) clean.Append(c).Append(xml[++i]);
            else if (!char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF') && !Controls.Contains(c)) clean.Append(c);
        }

        repairs.Add("control characters that XML forbids");
        return clean.ToString();
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var at)
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return true;
            text = text[(at + 2)..];
        }

        return false;
    }

    private sealed class References(IReadOnlyDictionary<string, string> entities)
    {
        private readonly SortedSet<string> undeclared = new(StringComparer.Ordinal);
        private bool bare, forbidden;
        private int expanded;
        private char high;

        public string Mend(string xml, ICollection<string> repairs)
        {
            StringBuilder? mended = null;
            var (copied, at) = (0, 0);
            while (xml.AsSpan(at).IndexOfAny(AmpersandOrCData) is >= 0 and var found)
            {
                at += found;
                var rest = xml.AsSpan(at);
                if (rest[0] == '<')
                {
                    var end = rest.IndexOf(CDataEnd);
                    at += end < 0 ? rest.Length : end + CDataEnd.Length;
                    continue;
                }

                var reference = rest[..ReferenceLength(rest)];
                at += reference.Length;
                if (reference is "&lt;" or "&gt;" or "&amp;" or "&quot;" or "&apos;") continue;

                var now = Replacement(reference);
                if (now.SequenceEqual(reference)) continue;
                mended ??= new StringBuilder(xml.Length + 64);
                mended.Append(xml.AsSpan(copied..(at - reference.Length))).Append(now);
                copied = at;
            }

            if (undeclared.Count > 0) repairs.Add("undeclared entity " + string.Join(", ", undeclared.Take(3)));
            if (bare) repairs.Add("bare & in text, which must be written &amp;");
            if (forbidden) repairs.Add("references to characters that XML forbids");
            return mended?.Append(xml.AsSpan(copied)).ToString() ?? xml;
        }

        private static int ReferenceLength(ReadOnlySpan<char> text)
        {
            var end = text[1..Math.Min(text.Length, LongestReference)].IndexOfAnyExcept(NameCharacters) + 1;
            return end > 1 && text[end] == ';' ? end + 1 : 1;
        }

        private ReadOnlySpan<char> Replacement(ReadOnlySpan<char> reference)
        {
            switch (reference)
            {
                case ['&', '#', .. var number, ';'] when Number(number) is { } code:
                    return Character(reference, code);
                case ['&', '#', ..]:
                    bare = true;
                    return string.Concat("&amp;", reference[1..]);
            }

            if (reference.Length > 1 && Named(reference) is { } value) return value;
            bare = true;
            return string.Concat("&amp;", reference[1..]);
        }

        private string? Named(ReadOnlySpan<char> reference)
        {
            if (entities.TryGetValue(reference[1..^1].ToString(), out var own))
            {
                expanded += own.Length;
                return expanded <= MostExpanded ? own : "";
            }

            var decoded = WebUtility.HtmlDecode(reference.ToString());
            if (reference.SequenceEqual(decoded)) return null;
            if (undeclared.Count < 10) undeclared.Add(reference.ToString());
            return decoded;
        }

        private static int? Number(ReadOnlySpan<char> number)
        {
            var hex = number is ['x' or 'X', ..];
            return int.TryParse(hex ? number[1..] : number, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
        }

        private ReadOnlySpan<char> Character(ReadOnlySpan<char> reference, int code)
        {
            switch (code)
            {
                case >= 0x80 and <= 0x9F: // the publisher means windows-1252, and so does HTML
                    return CharsetNames.Windows1252.GetString([(byte)code]);
                case 9 or 10 or 13 or >= 0x20 and <= 0xD7FF or >= 0xE000 and <= 0xFFFD or >= 0x10000 and <= 0x10FFFF:
                    return reference[2] == 'X' ? string.Concat("&#x", reference[3..]) : reference;
                case >= 0xD800 and <= 0xDBFF: // half of a character; the other half must follow
                    high = (char)code;
                    forbidden = true;
                    return "";
                case >= 0xDC00 and <= 0xDFFF when high != 0:
                    var pair = new string([high, (char)code]);
                    high = '\0';
                    return pair;
                default:
                    forbidden = true;
                    return "";
            }
        }
    }
}
