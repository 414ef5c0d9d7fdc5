using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FeedWatch.Health.Serving;

/// <summary>An address to say at how FeedWatch is, or to ask at.</summary>
/// <param name="Text">As in the settings.</param>
/// <param name="Address">Null on a Unix socket, and for <c>localhost</c>, which may be two addresses.</param>
/// <param name="Port">0 on a Unix socket; 0 elsewhere lets the system choose.</param>
/// <param name="Socket">The path of a Unix socket.</param>
internal sealed record HealthUrl(string Text, IPAddress? Address, int Port, string? Socket)
{
    private const string Scheme = "http://";
    private const string Unix = "unix:";

    /// <param name="fault">What to say behind the text where it is none.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out HealthUrl? url, out string fault)
    {
        (url, fault) = (null, "");
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            fault = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                ? "must begin with http://; for https put a web server before it."
                : "is no address; write http://127.0.0.1:8080, http://*:8080 or http://unix:/run/feedwatch/health.sock.";
            return false;
        }

        var rest = text[Scheme.Length..].TrimEnd('/');
        if (rest.StartsWith(Unix, StringComparison.OrdinalIgnoreCase))
        {
            var path = rest[Unix.Length..];
            if (Path.IsPathFullyQualified(path)) url = new HealthUrl(text, null, 0, path);
            else fault = "names no full path of a socket; write http://unix:/run/feedwatch/health.sock.";
            return url is not null;
        }

        var colon = rest.LastIndexOf(':');
        var host = colon > 0 && !rest.EndsWith(']') ? rest[..colon] : rest;
        var port = 80;
        if (host.Length < rest.Length && (!int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535))
        {
            fault = "has no port from 0 to 65535; write http://127.0.0.1:8080.";
            return false;
        }

        var address = host switch
        {
            "*" or "+" => IPAddress.IPv6Any,
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? ip : null,
        };
        if (address is not null || (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && port > 0)) url = new HealthUrl(text, address, port, null);
        else fault = "names no address of this machine; use an IP address, localhost with a port, or * for all of them.";
        return url is not null;
    }

    public void Listen(KestrelServerOptions kestrel)
    {
        if (Socket is not null) kestrel.ListenUnixSocket(Socket, Configure);
        else if (Address is null) kestrel.ListenLocalhost(Port, Configure);
        else if (Address.Equals(IPAddress.IPv6Any)) kestrel.ListenAnyIP(Port, Configure);
        else kestrel.Listen(Address, Port, Configure);

        static void Configure(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
    }

    /// <summary>A connection to whoever listens there, as one on the same machine makes it.</summary>
    /// <exception cref="SocketException">Nobody does.</exception>
    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        EndPoint there = Socket is not null ? new UnixDomainSocketEndPoint(Socket)
            : Address is null || Address.Equals(IPAddress.IPv6Any) ? new DnsEndPoint("localhost", Port)
            : new IPEndPoint(Address.Equals(IPAddress.Any) ? IPAddress.Loopback : Address, Port);
        var socket = Socket is not null ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(there, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
