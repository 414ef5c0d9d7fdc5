using System.Net;
using System.Net.Sockets;

namespace FeedWatch.EndToEnd.Services;

/// <summary>The way to a server on this machine, which a test can cut: who is connected over it is cut off, and nobody connects until it is mended.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly int server;
    private readonly Lock guard = new();
    private readonly List<Socket> ends = [];
    private TcpListener listener;
    private Task accepting;
    private bool isCut;

    /// <param name="server">The port of the server.</param>
    public Cable(int server)
    {
        this.server = server;
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(listener);
    }

    /// <summary>Where it begins.</summary>
    public int Port { get; }

    public async Task CutAsync()
    {
        lock (guard)
        {
            isCut = true;
            foreach (var end in ends) end.Dispose();
            ends.Clear();
        }

        listener.Dispose();
        await accepting;
    }

    public void Mend()
    {
        lock (guard) isCut = false;
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task AcceptAsync(TcpListener listening)
    {
        try
        {
            while (true)
            {
                var near = await listening.AcceptSocketAsync();
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                if (!Keep(near, far)) return;
                await far.ConnectAsync(IPAddress.Loopback, server);
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // cut
        }
    }

    private bool Keep(params Socket[] both)
    {
        lock (guard)
        {
            if (!isCut) ends.AddRange(both);
            else foreach (var end in both) end.Dispose();
            return !isCut;
        }
    }

    private static async Task CarryAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var count) await to.SendAsync(buffer.AsMemory(0, count));
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
