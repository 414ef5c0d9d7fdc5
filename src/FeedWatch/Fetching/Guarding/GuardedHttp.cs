using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FeedWatch.Fetching.Guarding;

/// <summary>The one HTTP client for other people's servers: no cookies, no blind redirects, and every connection asked of the guard.</summary>
internal static class GuardedHttp
{
    /// <param name="guard">Asked with each address that is connected to, or that a proxy is asked to connect to.</param>
    /// <param name="proxy">Where the operator wants requests to go through; null for none.</param>
    /// <param name="resolve">DNS; a test puts a lying one here.</param>
    public static HttpMessageInvoker Client(AddressGuard guard, OperatorProxy? proxy = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var names = new GuardedNames(guard, resolve ?? Dns.GetHostAddressesAsync);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // each hop is a decision of FeedFetcher
            ActivityHeadersPropagator = null, // a publisher has no use for our trace ids
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxResponseDrainSize = 64 * 1024, // a body that was refused is not read to its end for the connection's sake
            MaxResponseHeadersLength = 64, // KiB
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2), // feeds come back after minutes: a kept socket only costs memory
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // follow DNS
            Proxy = proxy,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1, // an ETag may hold any byte, and goes back as it came
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            UseCookies = false,
            UseProxy = proxy is not null, // never the environment's HTTP_PROXY: who sets the guard's limits sets this too
            ConnectCallback = async (context, cancellationToken) =>
            {
                var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
                var addresses = proxy is not null && proxy.Is(context.DnsEndPoint)
                    ? await Dns.GetHostAddressesAsync(host, cancellationToken)
                    : await names.ResolveAsync(host, port, cancellationToken);
                return await ConnectAsync(addresses, port, cancellationToken);
            },
        };
        return new HttpMessageInvoker(proxy is null ? handler : new ProxiedTargets(proxy, names) { InnerHandler = handler });
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException ex)
            {
                socket.Dispose();
                last = ex;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }
}

/// <summary>Names become addresses here and nowhere else; what is returned has passed the guard and is what is connected to.</summary>
internal sealed class GuardedNames(AddressGuard guard, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <exception cref="ForbiddenAddressException">One of its addresses is forbidden: an honest name does not lead both outside and inside.</exception>
    /// <exception cref="SocketException">The name is not known.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        foreach (var address in addresses)
        {
            if (!guard.Allows(host, new IPEndPoint(address, port))) throw new ForbiddenAddressException(host, address);
        }

        return addresses;
    }
}
