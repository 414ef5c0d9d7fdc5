using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DotNet.Testcontainers.Builders;
using RabbitMQ.Client;
using Testcontainers.RabbitMq;

namespace FeedWatch.EndToEnd.Services;

/// <summary>
/// A real RabbitMQ: the one that FEEDWATCH_TEST_RABBITMQ names (amqp://user:password@host:port/), else a private node of the
/// programs installed here, else a container. With none of them the tests that need it are skipped, or fail where
/// FEEDWATCH_REQUIRE_SERVICES=1.
/// </summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan UpWithin = TimeSpan.FromSeconds(90);

    private DirectoryInfo? folder;
    private Process? node;
    private int mapper;
    private RabbitMqContainer? container;
    private Uri? address;
    private string missing = "";

    /// <summary>Where it listens. Skips or fails the test where there is none.</summary>
    public Uri Address
    {
        get
        {
            if (address is not null) return address;
            if (Environment.GetEnvironmentVariable("FEEDWATCH_REQUIRE_SERVICES") == "1") Assert.Fail(missing);
            Assert.Skip(missing);
            return null!;
        }
    }

    /// <summary>The settings that lead FeedWatch there.</summary>
    public string[] Settings
    {
        get
        {
            var user = Address.UserInfo.Split(':');
            return ["--Bus:Transport=RabbitMq", $"--Bus:Host={Address.Host}", $"--Bus:Port={Address.Port}", $"--Bus:Username={user[0]}", $"--Bus:Password={user[1]}"];
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("FEEDWATCH_TEST_RABBITMQ") is { Length: > 0 } given) address = new Uri(given);
        else if (File.Exists(Path.Combine(Programs, "rabbitmq-server"))) await StartNodeAsync();
        else await StartContainerAsync();
    }

    public async Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await new ConnectionFactory { Uri = Address }.CreateConnectionAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
        {
            node.Kill(entireProcessTree: true);
            await node.WaitForExitAsync();
            node.Dispose();
            using var end = Process.Start(new ProcessStartInfo("epmd", ["-port", $"{mapper}", "-kill"]) { RedirectStandardOutput = true })!;
            await end.WaitForExitAsync();
        }

        if (container is not null) await container.DisposeAsync();
        folder?.Delete(recursive: true);
    }

    private async Task StartNodeAsync()
    {
        folder = Directory.CreateTempSubdirectory("feedwatch-rabbit-");
        var (port, distribution) = (FreePort(), FreePort());
        mapper = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{port}\ndisk_free_limit.absolute = 50MB\nmax_message_size = 32768\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "plugins"), "[].");
        var start = new ProcessStartInfo(Path.Combine(Programs, "rabbitmq-server")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = folder.FullName,
            ["LANG"] = "C.UTF-8",
            ["ERL_EPMD_PORT"] = $"{mapper}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"feedwatch{port}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder.FullName, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder.FullName, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder.FullName, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder.FullName, "plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder.FullName, "rabbitmq"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder.FullName, "none"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        }) start.Environment[name] = value;

        // Its own port mapper first: two nodes that both start one may race.
        using var epmd = Process.Start(new ProcessStartInfo("epmd", ["-port", $"{mapper}", "-address", "127.0.0.1", "-daemon"]))!;
        await epmd.WaitForExitAsync();
        node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        if (await ListensAsync(port)) address = new Uri($"amqp://guest:guest@127.0.0.1:{port}/");
        else missing = $"RabbitMQ is installed but did not start within {UpWithin.TotalSeconds:0} s: {(node.HasExited ? await output : "still starting")}";
    }

    private async Task StartContainerAsync()
    {
        try
        {
            container = new RabbitMqBuilder("rabbitmq:3.13").Build();
            await container.StartAsync();
            address = new Uri(container.GetConnectionString());
        }
        catch (Exception ex) when (ex is DockerUnavailableException or TimeoutException or ArgumentException)
        {
            container = null;
            missing = "No RabbitMQ: set FEEDWATCH_TEST_RABBITMQ to amqp://user:password@host:port/, or install rabbitmq-server (apt-get install rabbitmq-server), or run Docker.";
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < UpWithin)
        {
            try
            {
                await using var connection = await new ConnectionFactory { HostName = "127.0.0.1", Port = port }.CreateConnectionAsync();
                return true;
            }
            catch (RabbitMQ.Client.Exceptions.BrokerUnreachableException)
            {
                await Task.Delay(250);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
