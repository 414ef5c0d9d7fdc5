using System.Text;

namespace FeedWatch.Parsing;

/// <summary>The encoding that a publisher means by a name: as browsers read it (WHATWG Encoding), not as it was once defined.</summary>
internal static class CharsetNames
{
    private static readonly Dictionary<string, int> Meant = new(StringComparer.Ordinal)
    {
        // Latin-1 and ASCII are windows-1252 wherever it matters; the Chinese and Korean names each mean the widest of their family.
        ["iso88591"] = 1252, ["latin1"] = 1252, ["l1"] = 1252, ["usascii"] = 1252, ["ascii"] = 1252, ["ansi"] = 1252, ["win1252"] = 1252,
        ["iso88599"] = 1254, ["latin5"] = 1254, ["iso885911"] = 874, ["tis620"] = 874,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["xgbk"] = 54936, ["gb18030"] = 54936, ["cp936"] = 54936, ["hzgb2312"] = 52936,
        ["euckr"] = 949, ["ksc56011987"] = 949, ["ksc5601"] = 949, ["big5hkscs"] = 950, ["xsjis"] = 932, ["sjis"] = 932, ["ms932"] = 932,
        ["utf8"] = 65001, ["utf8mb4"] = 65001, ["unicode11utf8"] = 65001, ["utf16"] = 1200, ["unicode"] = 1200, ["ucs2"] = 1200, ["utf32"] = 12000,
        ["mac"] = 10000, ["macroman"] = 10000, ["koi8"] = 20866,
    };

    static CharsetNames()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Windows1252 = Encoding.GetEncoding(1252);
    }

    public static Encoding Windows1252 { get; }

    /// <returns>Null for a name that means nothing.</returns>
    public static Encoding? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
        if (plain.StartsWith("windows", StringComparison.Ordinal)) plain = "cp" + plain["windows".Length..];
        try
        {
            if (Meant.TryGetValue(plain, out var page)) return Encoding.GetEncoding(page);
            if (plain.StartsWith("cp", StringComparison.Ordinal) && int.TryParse(plain.AsSpan(2), out page)) return Encoding.GetEncoding(page);
            return Encoding.GetEncoding(name.Trim());
        }
        catch (Exception ex) when (ex is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
