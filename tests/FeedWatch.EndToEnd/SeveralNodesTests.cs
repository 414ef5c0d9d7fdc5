using System.Diagnostics;
using FeedWatch.Tests.Testing;
using Microsoft.AspNetCore.Http;

namespace FeedWatch.EndToEnd;

/// <summary>Two processes of <c>feedwatch run</c> on one PostgreSQL database.</summary>
[Collection(PostgresTests.Name)]
public sealed class SeveralNodesTests(PostgresServer postgres) : IDisposable
{
    private static readonly string[] Networks = ["EncroChat", "Sky ECC", "ANOM", "Exclu", "Phantom Secure", "Ennetcom"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-nodes-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_hit_is_told_once_by_one_of_them_and_when_one_is_killed_the_other_takes_over_its_feeds()
    {
        await using var server = await FeedServer.StartAsync();
        foreach (var network in Networks) server.Serve(AFeed.With(Hit(network)), Path(network));
        var asked = new TaskCompletionSource<string>();
        server.Answer("/late", async context =>
        {
            if (asked.TrySetResult(context.Request.Headers.UserAgent.ToString())) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else await context.Response.WriteAsync(AFeed.With(Hit("Ghost")), context.RequestAborted);
        });
        var list = System.IO.Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, "feeds:\n" + string.Concat(Networks.Select(Path).Append("/late").Select(p => $"  - name: Feed {p[1..]}\n    url: {server.At(p)}\n    language: en\n")), TestContext.Current.CancellationToken);
        var database = postgres.NewConnectionString();
        await using var one = Start("one", list, database);
        await using var other = Start("other", list, database);

        var holder = (await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Contains("node-one", StringComparison.Ordinal) ? one : other;
        var survivor = holder == one ? other : one;
        using (var kill = Process.Start("kill", ["-KILL", $"{holder.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await survivor.WaitForAsync(_ => Networks.Append("Ghost").All(n => Told(one, other).Exists(l => l.Contains($" {n},", StringComparison.Ordinal))));

        Assert.Equal(0, await survivor.TerminateAsync());
        Assert.Equal(2, server.Requests.Count(r => r.Path == "/late"));
        var ids = Told(one, other).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("id").GetString()).ToList();
        Assert.Equal(Networks.Length + 1, ids.Distinct().Count()); // what was being sent when the process was killed may come again, under the same id
        TestContext.Current.TestOutputHelper!.WriteLine($"{ids.Count} lines for {Networks.Length + 1} incidents");
    }

    [Fact]
    public async Task A_server_that_stops_is_said_in_one_line_and_when_it_is_back_polling_goes_on_by_itself()
    {
        await using var own = new PostgresServer();
        await own.InitializeAsync();
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("Quiet", "https://herald.example/quiet")));
        var list = System.IO.Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, $"feeds:\n  - name: The Herald\n    url: {server.At("/rss")}\n    language: en\n", TestContext.Current.CancellationToken);
        await using var service = Start("one", list, own.NewConnectionString());
        await service.WaitForAsync(_ => server.Requests.Count > 1);

        await own.StopAsync();
        await service.WaitForAsync(p => p.Log.Any(IsLoss));
        server.Serve(AFeed.With(Hit("EncroChat")));
        await own.StartAsync();
        await service.WaitForAsync(p => p.Output.Any(l => l.Contains("EncroChat", StringComparison.Ordinal)));

        Assert.Equal(0, await service.TerminateAsync());
        Assert.Single(service.Output);
        Assert.DoesNotContain(service.Log, l => l.Contains("Exception", StringComparison.Ordinal));
        Assert.Contains(service.Log, l => l.Contains("can be written again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_ends_the_start_with_one_line_and_backup_points_to_pg_dump()
    {
        var list = System.IO.Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, "feeds:\n  - name: The Herald\n    url: https://herald.example/rss\n    language: en\n", TestContext.Current.CancellationToken);
        var secret = System.IO.Path.Combine(folder.FullName, "connection");
        await File.WriteAllTextAsync(secret, $"{postgres.NewConnectionString()};Username={PostgresServer.Locked};Password=hunter2\n", TestContext.Current.CancellationToken);
        string[] settings = ["--data", System.IO.Path.Combine(folder.FullName, "data"), "--Storage:Provider=Postgres", $"--Storage:ConnectionStringFile={secret}"];

        var run = await FeedWatchProcess.RunAsync(["run", "--feeds", list, .. settings]);
        var backup = await FeedWatchProcess.RunAsync(["backup", System.IO.Path.Combine(folder.FullName, "backup.zip"), .. settings]);

        Assert.Equal(78, run.Code);
        Assert.Contains("password authentication failed", Assert.Single(run.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Log, StringComparison.Ordinal);
        Assert.Equal(2, backup.Code);
        Assert.Contains("pg_dump", backup.Log, StringComparison.Ordinal);
    }

    private FeedWatchProcess Start(string node, string list, string database) => FeedWatchProcess.Start(
        "run", "--json", "--feeds", list, "--data", System.IO.Path.Combine(folder.FullName, node), "--Storage:Provider=Postgres", $"--Storage:ConnectionString={database}", $"--Fetching:UserAgent=node-{node}",
        "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Fetching:Timeout=3s", "--Polling:Lease=5s", "--Polling:MinimumInterval=1s", "--Polling:MaximumInterval=4s", "--Polling:PerHost=8", "--Polling:HostSpacing=0s", "--Serilog:Console=text");

    private static bool IsLoss(string line) => line.Contains("Nothing can be written to PostgreSQL database", StringComparison.Ordinal);

    private static List<string> Told(FeedWatchProcess one, FeedWatchProcess other) => [.. one.Output.Concat(other.Output).Where(l => l.Contains("incident.detected", StringComparison.Ordinal))];

    private static string Path(string network) => $"/{network.Replace(" ", "", StringComparison.Ordinal)}";

    private static string Hit(string network) => AFeed.Takedown(network, link: $"https://herald.example{Path(network)}", published: TimeProvider.System.GetUtcNow());
}
