using System.Text.RegularExpressions;

namespace FeedWatch.Seen.Addresses;

/// <summary>What a server put into an address to know its visitor again: another one at every fetch.</summary>
internal static partial class SessionIds
{
    private static readonly string[] Names = ["PHPSESSID", "JSESSIONID", "SESSIONID", "SESSION_ID", "SESSID", "CFID", "CFTOKEN", "ZENID", "OSCSID"];

    /// <summary>Whether a parameter, <c>name=value</c>, holds one.</summary>
    public static bool Is(string parameter)
    {
        var end = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = end < 0 ? parameter.AsSpan() : parameter.AsSpan(0, end);
        foreach (var known in Names)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase)) return true;
        }

        // "sid" numbers stories in some systems and visitors in others; nobody numbers stories in hex of 16 digits or more.
        return name.StartsWith("ASPSESSIONID", StringComparison.OrdinalIgnoreCase)
            || (name.Equals("sid", StringComparison.OrdinalIgnoreCase) && end > 0 && Hash().IsMatch(parameter.AsSpan(end + 1)));
    }

    public static string Without(string path) =>
        path.Contains(';', StringComparison.Ordinal) || path.Contains("/(S(", StringComparison.OrdinalIgnoreCase) ? InPath().Replace(path, "") : path;

    [GeneratedRegex("^(?=.*[0-9])[0-9a-f]{16,}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hash();

    // Java's ";jsessionid=…" and ASP.NET's "/(S(…))".
    [GeneratedRegex(@";(?:jsessionid|phpsessid)=[^/;?]*|/\(S\([0-9a-z]{24}\)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InPath();
}
