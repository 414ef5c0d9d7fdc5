using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using FeedWatch.Sources;
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
            "168.63.129.16/32", // public by number, but inside Azure it is the host's own service
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // These carry an IPv4 address inside; what counts is the host behind it. Offset of its four bytes.
    private static readonly (IPNetwork Network, int Offset, bool Inverted)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12, false), // NAT64, RFC 6052
        (IPNetwork.Parse("2002::/16"), 2, false), // 6to4
        (IPNetwork.Parse("2001::/32"), 12, true), // Teredo stores the client inverted
        (IPNetwork.Parse("::/96"), 12, false), // IPv4-compatible, long obsolete
    ];

    private readonly IPNetwork[] allowed = [.. options.Value.AllowedNetworks.Select(n => IPNetwork.Parse(n))];
    private readonly ConcurrentDictionary<IPEndPoint, bool> own = new();

    /// <summary>Lets FeedWatch reach a server of its own, at exactly this address and port.</summary>
    public void AllowOwn(IPEndPoint endpoint) => own[endpoint] = true;

    public bool IsOwn(IPEndPoint endpoint) => own.ContainsKey(new IPEndPoint(Plain(endpoint.Address), endpoint.Port));

    public bool Allows(IPEndPoint endpoint) => IsOwn(endpoint) || IsAllowed(endpoint.Address) || IsPublic(Plain(endpoint.Address));

    /// <summary>The same for what a name has led to: a name of private networks may only lead into one that is allowed.</summary>
    public bool Allows(string host, IPEndPoint endpoint) =>
        Allows(endpoint) && (!WebAddress.IsPrivateName(host) || IsOwn(endpoint) || IsAllowed(endpoint.Address));

    private bool IsAllowed(IPAddress address) => allowed.Any(n => n.Contains(Plain(address)));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

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
/// <param name="address">Null where the name alone is reason enough.</param>
internal sealed class ForbiddenAddressException(string host, IPAddress? address)
    : Exception($"{host} {(address is null || WebAddress.IsPrivateName(host) ? "is a name of a private network" : $"leads to {address}, which is not a public address")}; if this feed is yours, name its network in Fetching:AllowedNetworks");
