using System.Collections.Frozen;
using System.Net;

namespace FeedWatch.Sources;

/// <summary>Which addresses FeedWatch asks for at all, whoever names them: a feed list, a redirect, a page. Where they lead is the guard's question.</summary>
internal static class WebAddress
{
    /// <summary>Longer ones come from attacks and broken redirects; servers refuse them anyway (RFC 9110, section 4.1, asks for 8,000).</summary>
    public const int Longest = 8_000;

    /// <summary>
    /// Ports of services that are no web servers and take an HTTP request for commands (WHATWG Fetch, "port blocking"), and of
    /// databases and queues, which browsers do not know of.
    /// </summary>
    private static readonly FrozenSet<int> ForeignPorts = new[]
    {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137,
        139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
        3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
        1433, 1521, 3306, 3389, 5432, 5672, 6379, 9092, 11211, 27017,
    }.ToFrozenSet();

    private static readonly string[] PrivateSuffixes = [".localhost", ".local", ".localdomain", ".internal", ".intranet", ".lan", ".home.arpa"];

    /// <returns>Why it is not asked for, to follow the address in a sentence; null where nothing speaks against it.</returns>
    public static string? Refusal(Uri address) => address switch
    {
        { IsAbsoluteUri: false } => "is no full address; it must begin with http:// or https://",
        _ when address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps => $"is no web address ({address.Scheme}:); it must begin with http:// or https://",
        { UserInfo.Length: > 0 } => "carries a user name or password, which would end up in logs; take it out and give the feed 'auth:' with 'user:' and 'passwordFile:'",
        _ when address.Host.Length == 0 => "names no host",
        _ when ForeignPorts.Contains(address.Port) => $"leads to port {address.Port}, which no web server uses; feeds are not fetched from there",
        _ when address.OriginalString.Length > Longest => $"is longer than {Longest} characters",
        _ => null,
    };

    /// <summary>Names that only a private network gives a meaning to (RFC 6761, RFC 6762, RFC 8375), and names without a dot.</summary>
    public static bool IsPrivateName(string host)
    {
        var name = host.TrimEnd('.');
        if (name.Length == 0 || IPAddress.TryParse(name.Trim('[', ']'), out _)) return false;
        return !name.Contains('.', StringComparison.Ordinal) || PrivateSuffixes.Any(s => name.EndsWith(s, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Another's words for a line of ours: without a password in an address, control characters, and more than a line holds.</summary>
    public static string Shown(string address)
    {
        var start = address.IndexOf("//", StringComparison.Ordinal) + 2;
        var authority = start > 1 ? address.AsSpan(start).IndexOfAny('/', '?', '#') : -1;
        var end = authority < 0 ? address.Length : start + authority;
        var at = start > 1 ? address.LastIndexOf('@', end - 1, end - start) : -1;
        var shown = at < 0 ? address : string.Concat(address.AsSpan(0, start), "…", address.AsSpan(at));
        return string.Concat((shown.Length <= 200 ? shown : shown[..200] + "…").Select(c => char.IsControl(c) ? '·' : c));
    }
}
