using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FeedWatch.Tests.Testing;

/// <summary>A TCP server on loopback that says exactly what a test wants, HTTP or not.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly Func<RawConnection, Task> answer;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task accepting;

    private readonly X509Certificate2? certificate;

    private RawServer(IPAddress address, Func<RawConnection, Task> answer, X509Certificate2? certificate)
    {
        (this.answer, this.certificate) = (answer, certificate);
        listener = new TcpListener(address, 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IPEndPoint Endpoint => (IPEndPoint)listener.LocalEndpoint;

    public Uri Address => new($"http://{Endpoint}/");

    /// <summary>The head of each request, as it came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Completed when a connection has said all that it will say for a long while.</summary>
    public Task Stalled => stalled.Task;

    /// <param name="handshake">With it the server speaks TLS first.</param>
    public static RawServer Start(Func<RawConnection, Task> answer, IPAddress? address = null, X509Certificate2? handshake = null) =>
        new(address ?? IPAddress.Loopback, answer, handshake);

    /// <summary>Answers every request with the same bytes and closes.</summary>
    public static RawServer Saying(string response, IPAddress? address = null) => Start(c => c.SayAsync(response), address);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Connections++;
                _ = ServeAsync(client);
            }
            catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException || stopping.IsCancellationRequested && ex is InvalidOperationException)
            {
                return; // stopped, also between two connections
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                if (certificate is not null)
                {
                    await using var tls = new SslStream(client.GetStream());
                    await tls.AuthenticateAsServerAsync(certificate);
                }

                var connection = new RawConnection(client, stalled, stopping.Token);
                Requests.Enqueue(connection.Request = await connection.ReadHeadAsync());
                await answer(connection);
                await connection.FinishAsync();
            }
            catch (Exception ex) when (ex is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
            {
                // the client has had enough: that is what most of these tests are about
            }
        }
    }
}

internal sealed class RawConnection(TcpClient client, TaskCompletionSource stalled, CancellationToken stopping)
{
    private readonly NetworkStream stream = client.GetStream();

    public string Request { get; set; } = "";

    public string Path => Request.Split(' ') is [_, var path, ..] ? path : "";

    public NetworkStream Stream => stream;

    public Task SayAsync(string latin1) => SayAsync(Encoding.Latin1.GetBytes(latin1));

    public async Task SayAsync(byte[] bytes) => await stream.WriteAsync(bytes, stopping);

    /// <summary>Says it until the client has had enough.</summary>
    public async Task SayForeverAsync(string latin1)
    {
        var bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(latin1, Math.Max(1, 4096 / latin1.Length))));
        while (true) await stream.WriteAsync(bytes, stopping);
    }

    /// <summary>Says nothing more and keeps the connection open until the client goes away.</summary>
    public async Task StallAsync()
    {
        stalled.TrySetResult();
        while (await stream.ReadAsync(new byte[256], stopping) > 0) { }
    }

    /// <summary>Breaks the connection with a reset.</summary>
    public void Reset() => client.Client.Close(0);

    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, stopping);
            if (read == 0) break;
            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (buffer[0] == 0x16) break; // a TLS hello has no empty line
        }

        return head.ToString();
    }

    // A close with unread bytes would be a reset that takes the answer along.
    public async Task FinishAsync()
    {
        client.Client.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(new byte[4096], stopping) > 0) { }
    }
}
