using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FeedWatch.Chat.Wording;

/// <summary>
/// Text from a feed made harmless, the same for every channel: one line, no terminal escapes, no control or invisible
/// characters, nothing that turns the direction of reading, no towers of accents. What a chat reads as markup is left for that
/// chat's own escaping.
/// </summary>
internal static partial class PlainText
{
    /// <summary>Accents on one letter. Vietnamese and Hebrew need up to three; more is decoration ("zalgo").</summary>
    private const int MostMarks = 3;

    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>Where a link is longer, it is no address that a person could use or a chat would take.</summary>
    private const int LongestLink = 2_000;

    /// <param name="text">Anything; null is read as empty.</param>
    /// <param name="longest">In UTF-16 units, the ellipsis included.</param>
    public static string Of(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text)) return "";

        var plain = new StringBuilder(Math.Min(text.Length, longest + 1));
        var marks = MostMarks; // a mark with no letter before it would land on ours
        foreach (var rune in TerminalEscapes().Replace(text, "").EnumerateRunes())
        {
            if (plain.Length > longest) break;
            if (IsBlank(rune))
            {
                if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
                marks = MostMarks;
            }
            else if (IsMark(rune))
            {
                if (marks++ < MostMarks) plain.Append(rune.ToString());
            }
            else if (IsVisible(rune) || (IsJoiner(rune) && plain.Length > 0 && plain[^1] is > (char)0x7F and not (ZeroWidthNonJoiner or ZeroWidthJoiner)))
            {
                plain.Append(rune.ToString());
                marks = IsJoiner(rune) ? marks : 0;
            }
        }

        return Shortened(plain.ToString().TrimEnd(), longest);
    }

    /// <summary>
    /// An http or https address in ASCII, its host in punycode so that no look-alike letter passes, without the user name that
    /// makes <c>https://europol.europa.eu@example.org</c> look official; null for anything else.
    /// </summary>
    public static string? Link(string? link)
    {
        if (!Uri.TryCreate(link?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || HostOf(uri) is not { Length: > 0 } name) return null;

        var port = uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        var path = uri.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        var address = $"{uri.Scheme}://{name}{port}{path}";
        return address.Length <= LongestLink && address.All(char.IsAscii) ? address : null;
    }

    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        }
        catch (UriFormatException) // parsed all the same, but with characters that no host name may have
        {
            return null;
        }
    }

    private static string Shortened(string text, int longest)
    {
        if (text.Length <= longest) return text;

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is var next && end + next <= longest - 1) end += next;
        return text[..end].TrimEnd() + "…";
    }

    private static bool IsBlank(Rune rune) =>
        Rune.IsWhiteSpace(rune) || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0; // letters that show nothing

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>Persian, Indic scripts and emoji need them between their characters.</summary>
    private static bool IsJoiner(Rune rune) => rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner;

    /// <summary>Format covers bidi overrides, zero-width characters and tags.</summary>
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    /// <summary>ECMA-48 control sequences and closed control strings, whole, so that their parameters do not stay behind as text.</summary>
    [GeneratedRegex(@"(\x1B\[|\x9B)[0-?]*[ -/]*[@-~]|(\x1B[\]PX^_]|[\x90\x98\x9D-\x9F])[^\x07\x1B\x9C]*(\x07|\x1B\\|\x9C)|\x1B\][0-9]*;?|\x1B[ -/]*[0-~]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TerminalEscapes();
}
