using System.Net;
using System.Net.Sockets;
using FeedWatch.Sources;

namespace FeedWatch.Fetching.Guarding;

/// <summary>The proxy of the settings. Its own address is the operator's word and is not guarded; where it is sent to is.</summary>
internal sealed class OperatorProxy(Uri address, ICredentials? credentials, AddressGuard guard) : IWebProxy
{
    public ICredentials? Credentials { get; set; } = credentials;

    /// <exception cref="IOException">The password file cannot be read; checked at start.</exception>
    public static OperatorProxy? From(FetchOptions options, AddressGuard guard)
    {
        if (string.IsNullOrEmpty(options.Proxy)) return null;
        var credentials = options.ProxyUser is { Length: > 0 } user
            ? new NetworkCredential(user, options.ProxyPasswordFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : "")
            : null;
        return new OperatorProxy(new Uri(options.Proxy), credentials, guard);
    }

    public Uri GetProxy(Uri destination) => address;

    /// <summary>FeedWatch's own servers in this process are not the proxy's business.</summary>
    public bool IsBypassed(Uri host) => IPAddress.TryParse(host.IdnHost, out var own) && guard.IsOwn(new IPEndPoint(own, host.Port));

    public bool Is(DnsEndPoint endpoint) => endpoint.Port == address.Port && endpoint.Host.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Asks the guard about a request's target before the proxy gets it. A name that this machine does not know is left to the proxy:
/// where it is the only way out, it is often the only one with DNS. Private names and bare addresses are decided here.
/// </summary>
internal sealed class ProxiedTargets(OperatorProxy proxy, GuardedNames names) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri!;
        if (!proxy.IsBypassed(target)) await CheckAsync(target, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task CheckAsync(Uri target, CancellationToken cancellationToken)
    {
        try
        {
            await names.ResolveAsync(target.IdnHost, target.Port, cancellationToken);
        }
        catch (SocketException)
        {
            if (WebAddress.IsPrivateName(target.IdnHost)) throw new ForbiddenAddressException(target.IdnHost, null);
        }
    }
}
