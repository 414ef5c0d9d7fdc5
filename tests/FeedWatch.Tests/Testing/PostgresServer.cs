using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace FeedWatch.Tests.Testing;

/// <summary>
/// A real PostgreSQL: the one that FEEDWATCH_TEST_POSTGRES names (Npgsql's words; its user may create databases), else a private one of
/// the programs installed here. With neither the tests that need it are skipped, or fail where FEEDWATCH_REQUIRE_SERVICES=1.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>A user that needs a password: <c>right</c>.</summary>
    public const string Locked = "locked";

    private static readonly TimeSpan UpWithin = TimeSpan.FromSeconds(60);

    private DirectoryInfo? folder;
    private string programs = "";
    private Process? server;
    private NpgsqlConnectionStringBuilder? address;
    private const string Missing = "PostgreSQL is not installed (apt-get install postgresql).";
    private int databases;

    /// <summary>The settings that lead FeedWatch to a new and empty database.</summary>
    public (string Setting, string Value)[] NewDatabase() => [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", NewConnectionString())];

    /// <summary>Skips or fails the test where there is no server.</summary>
    public string NewConnectionString()
    {
        var name = $"feedwatch_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        Execute($"create database {name}");
        return new NpgsqlConnectionStringBuilder(Address.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>As its administrator, outside of every FeedWatch database.</summary>
    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Address.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("FEEDWATCH_TEST_POSTGRES") is { Length: > 0 } given)
        {
            address = new NpgsqlConnectionStringBuilder(given);
            return;
        }

        if (!Directory.Exists("/usr/lib/postgresql")) return;
        if (Directory.GetFiles("/usr/lib/postgresql", "initdb", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() is not { } initdb) return;
        programs = Path.GetDirectoryName(initdb)!;
        folder = Directory.CreateTempSubdirectory("feedwatch-postgres-");
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres:", folder.FullName);

        await RunAsync([.. Unprivileged, initdb, "--no-sync", "--username=feedwatch", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", $"--pgdata={Data}"]);
        var access = Path.Combine(Data, "pg_hba.conf");
        await File.WriteAllTextAsync(access, $"host all {Locked} 127.0.0.1/32 scram-sha-256\n{await File.ReadAllTextAsync(access)}");
        address = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = FreePort(), Username = "feedwatch", Database = "postgres", Pooling = false };
        await StartAsync();
        Execute($"create role {Locked} login password 'right'");
    }

    /// <summary>Starts it, at first or after <see cref="StopAsync"/>, and waits until it lets somebody in.</summary>
    public async Task StartAsync()
    {
        string[] command = [.. Unprivileged, Path.Combine(programs, "postgres"), "-D", Data, "-p", $"{Address.Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "logging_collector=off"];
        server = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, WorkingDirectory = "/" })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Execute("select 1");
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(began) < UpWithin && !server.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Stops it as its administrator would; who is connected is cut off.</summary>
    public async Task StopAsync()
    {
        if (server is null) Assert.Skip("This PostgreSQL is not the tests' to stop.");
        await RunAsync("kill", "-INT", $"{server.Id}");
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await StopAsync();
        folder?.Delete(recursive: true);
    }

    private string Data => Path.Combine(folder!.FullName, "data");

    // It refuses to run as root.
    private static string[] Unprivileged => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private NpgsqlConnectionStringBuilder Address
    {
        get
        {
            if (address is not null) return address;
            if (Environment.GetEnvironmentVariable("FEEDWATCH_REQUIRE_SERVICES") == "1") Assert.Fail(Missing);
            Assert.Skip(Missing);
            return null!;
        }
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {string.Join('\n', said)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>One server for all classes of tests that need one.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}

/// <summary>A class of tests whose services keep what they must on PostgreSQL; what it inherits is a class of tests that keep it in SQLite.</summary>
internal interface IOnPostgres
{
    PostgresServer Postgres { get; }

    /// <summary>The server of the test that runs; null for SQLite.</summary>
    static PostgresServer? Current => (TestContext.Current.TestClassInstance as IOnPostgres)?.Postgres;
}
