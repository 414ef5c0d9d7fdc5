using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace FeedWatch.Fetching.Guarding;

/// <summary>
/// Decides which addresses a feed may lead to. It is asked at connect time, with the very address that is connected to,
/// so neither a redirect nor a name that resolves differently the second time gets past it.
/// Ranges: IANA special-purpose registries (RFC 6890 and its updates).
/// </summary>
internal sealed class AddressGuard(IOptions<FetchOptions> options)
{
    private static readonly IPNetwork[] Forbidden =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "100::/64", "2001:2::/48", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // These carry an IPv4 address inside; what counts is the host behind it. Offset of its four bytes.
    private static readonly (IPNetwork Network, int Offset, bool Inverted)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12, false), // NAT64, RFC 6052
        (IPNetwork.Parse("64:ff9b:1::/48"), 12, false), // local NAT64, RFC 8215
        (IPNetwork.Parse("2002::/16"), 2, false), // 6to4
        (IPNetwork.Parse("2001::/32"), 12, true), // Teredo stores the client inverted
        (IPNetwork.Parse("::/96"), 12, false), // IPv4-compatible, long obsolete
    ];

    private readonly IPNetwork[] allowed = [.. options.Value.AllowedNetworks.Select(n => IPNetwork.Parse(n))];
    private readonly ConcurrentDictionary<IPEndPoint, bool> own = new();

    /// <summary>Lets FeedWatch reach a server of its own, at exactly this address and port.</summary>
    public void AllowOwn(IPEndPoint endpoint) => own[endpoint] = true;

    public bool Allows(IPEndPoint endpoint)
    {
        var address = endpoint.Address.IsIPv4MappedToIPv6 ? endpoint.Address.MapToIPv4() : endpoint.Address;
        return own.ContainsKey(new IPEndPoint(address, endpoint.Port)) || allowed.Any(n => n.Contains(address)) || IsPublic(address);
    }

    private static bool IsPublic(IPAddress address)
    {
        if (Forbidden.Any(n => n.Contains(address))) return false;
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return true;

        var carrier = Carriers.FirstOrDefault(c => c.Network.Contains(address));
        if (carrier == default) return true;
        var inner = address.GetAddressBytes().AsSpan(carrier.Offset, 4).ToArray();
        if (carrier.Inverted) inner = [.. inner.Select(b => (byte)~b)];
        return IsPublic(new IPAddress(inner));
    }
}

/// <summary>An address that no feed may lead to.</summary>
internal sealed class ForbiddenAddressException(string host, IPAddress address)
    : Exception($"{host} leads to {address}, which is not a public address. If this feed is yours, name its network in Fetching:AllowedNetworks.");
