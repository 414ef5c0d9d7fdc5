using System.Net;
using System.Net.Sockets;

namespace FeedWatch.Fetching.Guarding;

/// <summary>The one HTTP client for other people's servers: no cookies, no blind redirects, and every connection asked of the guard.</summary>
internal static class GuardedHttp
{
    public static HttpMessageInvoker Client(AddressGuard guard) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // each hop is a decision of FeedFetcher
            ActivityHeadersPropagator = null, // a publisher has no use for our trace ids
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxResponseHeadersLength = 64, // KiB
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10), // feeds come back after minutes: a kept socket only costs memory
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // follow DNS
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var host = context.DnsEndPoint.Host;
                var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
                return await ConnectAsync(guard, host, addresses, context.DnsEndPoint.Port, cancellationToken);
            },
        });

    private static async ValueTask<Stream> ConnectAsync(AddressGuard guard, string host, IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var endpoint = new IPEndPoint(address, port);
            if (!guard.Allows(endpoint)) throw new ForbiddenAddressException(host, address);

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(endpoint, cancellationToken);
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
