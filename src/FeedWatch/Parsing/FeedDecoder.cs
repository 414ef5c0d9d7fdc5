using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace FeedWatch.Parsing;

/// <summary>
/// Bytes to text. A byte order mark is believed before the HTTP charset, that before the XML declaration (RFC 7303, section 3);
/// text that is valid UTF-8 is UTF-8 whatever its label says, since hardly any other text happens to be.
/// </summary>
internal static partial class FeedDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static FeedDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(byte[] body, string? contentType, ICollection<string> repairs)
    {
        if (Marked(body) is { } marked) return marked;

        var declared = FromHeader(contentType) ?? FromDeclaration(body);
        if (declared is null or UTF8Encoding)
        {
            if (ValidUtf8(body) is { } text) return text;
            repairs.Add("is not UTF-8, though it does not say otherwise; read as windows-1252");
            return Encoding.GetEncoding(1252).GetString(body);
        }

        if (declared.IsSingleByte && HasHighBytes(body) && ValidUtf8(body) is { } mislabelled)
        {
            repairs.Add($"says it is {declared.WebName}, but is UTF-8");
            return mislabelled;
        }

        return declared.GetString(body);
    }

    private static string? Marked(byte[] body) => body switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFF, 0xFE, 0, 0, .. var rest] => Encoding.UTF32.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        [(byte)'<', 0, (byte)'?', 0, ..] => Encoding.Unicode.GetString(body),
        [0, (byte)'<', 0, (byte)'?', ..] => Encoding.BigEndianUnicode.GetString(body),
        _ => null,
    };

    private static Encoding? FromHeader(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.CharSet is { } name ? Known(name.Trim('"', '\'')) : null;

    private static Encoding? FromDeclaration(byte[] body)
    {
        var head = Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 512)));
        return Declaration().Match(head) is { Success: true } match ? Known(match.Groups["name"].Value) : null;
    }

    private static Encoding? Known(string name)
    {
        try
        {
            // Every browser reads ISO-8859-1 as windows-1252, and publishers count on it.
            var encoding = Encoding.GetEncoding(name);
            return encoding.CodePage is 28591 or 20127 ? Encoding.GetEncoding(1252) : encoding;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? ValidUtf8(byte[] body)
    {
        try
        {
            return StrictUtf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool HasHighBytes(byte[] body) => body.AsSpan().IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0;

    [GeneratedRegex("""<\?xml[^>]{0,100}?encoding\s*=\s*["'](?<name>[A-Za-z0-9._-]{1,40})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
