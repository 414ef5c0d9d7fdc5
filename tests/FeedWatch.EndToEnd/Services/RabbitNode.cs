using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.EndToEnd.Services;

/// <summary>A private RabbitMQ of the programs installed here, with folder, ports and port mapper of its own, that can be killed and started again.</summary>
public sealed class RabbitNode : IAsyncDisposable
{
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan UpWithin = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo folder;
    private readonly Dictionary<string, string> environment;
    private readonly int port;
    private readonly int mapper;
    private Process? node;
    private Task<string> output = Task.FromResult("");

    private RabbitNode(DirectoryInfo folder, int port, int mapper)
    {
        (this.folder, this.port, this.mapper) = (folder, port, mapper);
        environment = new Dictionary<string, string>
        {
            ["HOME"] = folder.FullName,
            ["LANG"] = "C.UTF-8",
            ["ERL_EPMD_PORT"] = $"{mapper}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODENAME"] = $"feedwatch{port}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{FreePort()}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder.FullName, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder.FullName, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder.FullName, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder.FullName, "plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder.FullName, "rabbitmq"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder.FullName, "none"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        };
    }

    public static bool IsInstalled => File.Exists(Path.Combine(Programs, "rabbitmq-server"));

    public Uri Address => new($"amqp://guest:guest@127.0.0.1:{port}/");

    /// <summary>The settings that lead FeedWatch there.</summary>
    public string[] Settings => SettingsFor(Address);

    /// <summary>The settings that lead FeedWatch to a broker.</summary>
    public static string[] SettingsFor(Uri address)
    {
        var user = address.UserInfo.Split(':');
        return ["--Bus:Transport=RabbitMq", $"--Bus:Host={address.Host}", $"--Bus:Port={address.Port}", $"--Bus:Username={user[0]}", $"--Bus:Password={user[1]}"];
    }

    /// <exception cref="InvalidOperationException">It did not come up; the message says why.</exception>
    public static async Task<RabbitNode> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("feedwatch-rabbit-");
        var node = new RabbitNode(folder, FreePort(), FreePort());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{node.port}\ndisk_free_limit.absolute = 50MB\nmax_message_size = 32768\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "plugins"), "[].");

        // Its own port mapper first: two nodes that both start one may race.
        using var epmd = Process.Start(new ProcessStartInfo("epmd", ["-port", $"{node.mapper}", "-address", "127.0.0.1", "-daemon"]))!;
        await epmd.WaitForExitAsync();
        try
        {
            await node.StartAgainAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>On the same folder and port as before.</summary>
    public async Task StartAgainAsync()
    {
        node = Process.Start(StartInfo("rabbitmq-server"))!;
        output = node.StandardOutput.ReadToEndAsync();
        if (await ListensAsync()) return;
        throw new InvalidOperationException($"RabbitMQ is installed but did not start within {UpWithin.TotalSeconds:0} s: {(node.HasExited ? await output : "still starting")}");
    }

    /// <summary>As by <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (node is null) return;
        node.Kill(entireProcessTree: true);
        await node.WaitForExitAsync();
        node.Dispose();
        node = null;
    }

    /// <summary>Lets it hang, as a network does that swallows every packet; <c>false</c> lets it go on.</summary>
    public async Task HangAsync(bool isHanging)
    {
        var beam = (await File.ReadAllTextAsync(environment["RABBITMQ_PID_FILE"])).Trim();
        using var signal = Process.Start("kill", [isHanging ? "-STOP" : "-CONT", beam]);
        await signal.WaitForExitAsync();
    }

    /// <summary><c>rabbitmqctl</c>, as an operator uses it.</summary>
    public async Task ControlAsync(params string[] arguments)
    {
        using var control = Process.Start(StartInfo("rabbitmqctl", ["-q", "-n", environment["RABBITMQ_NODENAME"], .. arguments]))!;
        var words = await control.StandardOutput.ReadToEndAsync() + await control.StandardError.ReadToEndAsync();
        await control.WaitForExitAsync();
        if (control.ExitCode != 0) throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {words}");
    }

    /// <summary>Whether somebody declares a queue of this name within the next second.</summary>
    public async Task<bool> HasQueueAsync(string name)
    {
        await using var connection = await new ConnectionFactory { Uri = Address }.CreateConnectionAsync();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1); await Task.Delay(50))
        {
            await using var channel = await connection.CreateChannelAsync();
            try
            {
                await channel.QueueDeclarePassiveAsync(name);
                return true;
            }
            catch (OperationInterruptedException)
            {
                // not yet
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        using var end = Process.Start(new ProcessStartInfo("epmd", ["-port", $"{mapper}", "-kill"]) { RedirectStandardOutput = true })!;
        await end.WaitForExitAsync();
        folder.Delete(recursive: true);
    }

    private ProcessStartInfo StartInfo(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Programs, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return start;
    }

    private async Task<bool> ListensAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < UpWithin)
        {
            try
            {
                await using var connection = await new ConnectionFactory { HostName = "127.0.0.1", Port = port }.CreateConnectionAsync();
                return true;
            }
            catch (BrokerUnreachableException)
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
