using System.Buffers;
using System.Globalization;
using System.Text;

namespace FeedWatch.Seen.Addresses;

/// <summary>
/// One spelling for escaped characters (RFC 3986, section 6.2.2): capital digits, and nothing escaped that means the same when written out.
/// What separates steps or parameters stays as it is: "%2F" is no "/".
/// </summary>
internal static class Escapes
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static readonly SearchValues<char> InPath = SearchValues.Create(Unreserved + "!$&'()*+,;:=@");
    private static readonly SearchValues<char> InQuery = SearchValues.Create(Unreserved + "!$'()*,:@/?");

    public static string Normal(string part, bool query)
    {
        if (query && part.Contains('+', StringComparison.Ordinal)) part = part.Replace("+", "%20", StringComparison.Ordinal);
        if (!part.Contains('%', StringComparison.Ordinal)) return part;

        var plain = query ? InQuery : InPath;
        var normal = new StringBuilder(part.Length);
        for (var at = 0; at < part.Length; at++)
        {
            if (part[at] != '%' || at + 2 >= part.Length || !byte.TryParse(part.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                normal.Append(part[at]);
                continue;
            }

            if (value < 0x80 && plain.Contains((char)value)) normal.Append((char)value);
            else normal.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            at += 2;
        }

        return normal.ToString();
    }
}
