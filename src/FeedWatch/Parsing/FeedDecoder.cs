using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using UtfUnknown;

namespace FeedWatch.Parsing;

/// <summary>
/// Bytes to text. A byte order mark is believed before the HTTP charset, that before the XML declaration (RFC 7303, section 3);
/// text that is valid UTF-8 is UTF-8 whatever its label says, since hardly any other text happens to be.
/// </summary>
internal static partial class FeedDecoder
{
    /// <summary>Bytes beyond ASCII that must fit UTF-8 by chance before a label of two-byte characters is disbelieved.</summary>
    private const int Convincing = 12;

    private const int ConvincingLatin = 24;

    private const int DetectedBytes = 64 * 1024;

    // What is no UTF-8 within UTF-8 was most often pasted from windows-1252.
    private static readonly Encoding ForgivingUtf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Windows1252Fallback());

    public static string Decode(byte[] body, string? contentType, ICollection<string> repairs)
    {
        if (Marked(body, repairs) is { } marked) return marked;

        var (header, declaration) = (FromHeader(contentType), FromDeclaration(body));
        var declared = header ?? declaration;
        if (!body.AsSpan().ContainsAnyInRange((byte)0x80, (byte)0xFF) && declared?.CodePage is not (50220 or 50221 or 50222 or 52936)) return Encoding.ASCII.GetString(body);
        if (Utf8.IsValid(body) && (declared is null or UTF8Encoding || declared.IsSingleByte || HighBytes(body) >= Convincing))
        {
            if (declared is not (null or UTF8Encoding)) repairs.Add($"the {(header is null ? "XML" : "server")} declares {declared.WebName} but the bytes are utf-8");
            return Encoding.UTF8.GetString(body);
        }

        if (declared is not (null or UTF8Encoding) && Strictly(declared, body) is { } text) return text;
        return Guessed(body, declared, declaration, repairs);
    }

    private static string Guessed(byte[] body, Encoding? declared, Encoding? declaration, ICollection<string> repairs)
    {
        var said = declared is null ? "nothing declares the charset" : $"{declared.WebName} is declared";
        if (declaration is not (null or UTF8Encoding) && declaration != declared && Strictly(declaration, body) is { } asDeclared)
        {
            repairs.Add($"the server declares {declared?.WebName} but the bytes are {declaration.WebName}, as the XML says");
            return asDeclared;
        }

        if (MostlyUtf8(body))
        {
            repairs.Add("some bytes are not utf-8 in a text that otherwise is");
            return ForgivingUtf8.GetString(body);
        }

        var encoding = Detected(body) ?? CharsetNames.Windows1252;
        repairs.Add($"{said} but the bytes are {encoding.WebName}");
        return encoding.GetString(body);
    }

    private static Encoding? Detected(byte[] body)
    {
        var guess = CharsetDetector.DetectFromBytes(body, 0, Math.Min(body.Length, DetectedBytes)).Detected;
        if (guess is null || CharsetNames.Find(guess.EncodingName) is not { } found || found is UTF8Encoding) return null;

        // Between the Latin alphabets a few accents prove nothing, and western Europe is by far the likeliest.
        var latin = found.CodePage is 1250 or 1252 or 1254 or 1257 or (>= 28591 and <= 28594) or (>= 28599 and <= 28606);
        return guess.Confidence > (latin ? 0.8f : 0.5f) && (!latin || HighBytes(body) >= ConvincingLatin) ? found : null;
    }

    private static string? Marked(byte[] body, ICollection<string> repairs)
    {
        switch (body)
        {
            case [0xEF, 0xBB, 0xBF, .. var rest]:
                if (Utf8.IsValid(rest)) return Encoding.UTF8.GetString(rest);
                repairs.Add("some bytes are not utf-8 in a text that is marked as utf-8");
                return ForgivingUtf8.GetString(rest);
            case [0xFF, 0xFE, 0, 0, .. var rest]:
                return Encoding.UTF32.GetString(rest);
            case [0, 0, 0xFE, 0xFF, .. var rest]:
                return CharsetNames.Find("utf-32BE")?.GetString(rest);
            case [0xFF, 0xFE, .. var rest]:
                return Encoding.Unicode.GetString(rest);
            case [0xFE, 0xFF, .. var rest]:
                return Encoding.BigEndianUnicode.GetString(rest);
            case [(byte)'<', 0, 0, 0, ..]:
                return Encoding.UTF32.GetString(body);
            case [0, 0, 0, (byte)'<', ..]:
                return CharsetNames.Find("utf-32BE")?.GetString(body);
            case [> 0 and < 0x80, 0, > 0 and < 0x80, 0, ..]:
                return Encoding.Unicode.GetString(body);
            case [0, > 0 and < 0x80, 0, > 0 and < 0x80, ..]:
                return Encoding.BigEndianUnicode.GetString(body);
            case [0x4C, 0x6F, 0xA7, 0x94, ..]: // "<?xm" in EBCDIC
                return (FromDeclaration(CharsetNames.Find("IBM037")!, body) ?? CharsetNames.Find("IBM037")!).GetString(body);
            default:
                return null;
        }
    }

    private static Encoding? FromHeader(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) ? OneByteWide(CharsetNames.Find(type.CharSet?.Trim('"', '\''))) : null;

    private static Encoding? FromDeclaration(byte[] body) => OneByteWide(FromDeclaration(Encoding.Latin1, body));

    private static Encoding? FromDeclaration(Encoding readAs, byte[] body)
    {
        var head = readAs.GetString(body.AsSpan(0, Math.Min(body.Length, 512)));
        return Declaration().Match(head) is { Success: true } match ? CharsetNames.Find(match.Groups["name"].Value) : null;
    }

    // UTF-16 without a mark was recognised by its zeros already; what is left does not have two bytes to a character, whatever it says.
    private static Encoding? OneByteWide(Encoding? encoding) => encoding is UnicodeEncoding or UTF32Encoding ? null : encoding;

    private static string? Strictly(Encoding encoding, byte[] body)
    {
        var text = encoding.GetString(body);
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? null : text;
    }

    private static int HighBytes(byte[] body) => body.Count(b => b >= 0x80);

    /// <summary>Sequences of UTF-8 hardly come about by chance: one for two stray bytes says that the text is UTF-8 with a blemish.</summary>
    private static bool MostlyUtf8(ReadOnlySpan<byte> body)
    {
        int good = 0, bad = 0;
        while (body.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var high)
        {
            body = body[high..];
            var status = Rune.DecodeFromUtf8(body, out _, out var consumed);
            if (status == System.Buffers.OperationStatus.Done) good++;
            else bad++;
            body = body[consumed..];
        }

        return 2 * good >= bad;
    }

    private sealed class Windows1252Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private string text = "";
            private int next;

            public override int Remaining => text.Length - next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (text, next) = (CharsetNames.Windows1252.GetString(bytesUnknown), 0);
                return true;
            }

            public override char GetNextChar() => next < text.Length ? text[next++] : '\0';

            public override bool MovePrevious()
            {
                if (next == 0) return false;
                next--;
                return true;
            }

            public override void Reset() => (text, next) = ("", 0);
        }
    }

    [GeneratedRegex("""<\?xml[^>]{0,100}?encoding\s*=\s*["'](?<name>[A-Za-z0-9._:-]{1,40})["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
