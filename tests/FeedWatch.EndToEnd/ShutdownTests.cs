using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dapper;
using FeedWatch.Commands;
using FeedWatch.Tests.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace FeedWatch.EndToEnd;

/// <summary>SIGTERM, as systemd and containers send it: what is under way ends or is taken up at the next start, and nothing that hangs holds the process.</summary>
public sealed class ShutdownTests : IDisposable
{
    private static readonly string News = AFeed.With(AFeed.Takedown(published: TimeProvider.System.GetUtcNow()));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-stop-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_a_poll_under_way_brings_is_told_once_before_the_end_or_after_the_next_start()
    {
        await using var server = await FeedServer.StartAsync();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Answer("/rss", async context =>
        {
            asked.TrySetResult();
            await answer.Task;
            await context.Response.WriteAsync(News, TestContext.Current.CancellationToken);
        });
        await using var service = Start(server);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        var end = service.TerminateAsync();
        await Task.Delay(500, TestContext.Current.CancellationToken); // the signal arrives
        answer.SetResult();

        Assert.Equal(0, await end);
        var next = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server)]);
        Assert.Equal(0, next.Code);
        Assert.Single([.. service.Output, .. next.Output], l => l.StartsWith("BREAKING", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper!.WriteLine(service.Output.IsEmpty ? "told after the next start: this machine was too slow for the three seconds" : "told before the end");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("bot", "--Bus:Port=1")]
    public async Task A_stop_that_is_asked_for_before_anything_has_begun_is_no_fault(params string[] command)
    {
        await using var server = await FeedServer.ServingAsync(News);
        string[] arguments = command[0] == "run" ? [.. command, .. Arguments(server)] : [.. command, "--data", folder.FullName];

        Assert.Equal(0, await CommandLine.RunAsync([.. arguments, $"--Health:Urls=http://127.0.0.1:{HealthVisitor.FreePort()}"], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_feed_and_a_broker_that_hang_hold_up_no_end_and_what_they_held_is_told_after_the_next_start()
    {
        await using var server = await FeedServer.ServingAsync(News);
        server.Answer("/hangs", async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        paths = ["/rss", "/hangs"];
        using var broker = new TcpListener(IPAddress.Loopback, 0); // takes connections and never says a word
        broker.Start();
        await using (var service = Start(server, "--Bus:Transport=RabbitMq", $"--Bus:Port={((IPEndPoint)broker.LocalEndpoint).Port}"))
        {
            await service.WaitForAsync(_ => server.Requests.Any(r => r.Path == "/hangs") && Count("feedwatch.db", "outbox where sent_at is null") > 0);

            Assert.Equal(0, await TerminateAsync(service));
        }

        server.Serve(AFeed.With(AFeed.Item("Quiet", "https://herald.example/quiet")), "/hangs");
        var next = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server)]);
        Assert.Equal(0, next.Code);
        Assert.Single(next.Output, l => l.StartsWith("BREAKING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_no_end_and_its_post_is_marked_as_perhaps_repeated()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Needs a shell with pipes that have names.");
        await using var server = await FeedServer.ServingAsync(News);
        var pipe = Path.Combine(folder.FullName, "pipe");
        var command = string.Join(' ', Arguments(server).Select(a => $"'{a}'"));
        var shell = new ProcessStartInfo("sh", ["-c", $"mkfifo '{pipe}'; exec 3<>'{pipe}'; head -c 65536 /dev/zero >&3; exec dotnet '{Path.Combine(AppContext.BaseDirectory, "feedwatch.dll")}' run {command} >&3"]);
        await using (var service = FeedWatchProcess.Start(shell))
        {
            await service.WaitForAsync(_ => Count("chat.db", "delivery where state = 'sending'") > 0);

            Assert.Equal(0, await TerminateAsync(service));
        }

        var next = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server)]);
        Assert.Equal(0, next.Code);
        Assert.Contains(next.Output, l => l.Contains("possibly repeated", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_bot_whose_broker_hangs_ends_too_and_a_second_one_on_its_folder_is_refused()
    {
        using var broker = new TcpListener(IPAddress.Loopback, 0);
        broker.Start();
        string[] arguments = ["bot", "--data", folder.FullName, $"--Bus:Port={((IPEndPoint)broker.LocalEndpoint).Port}"];
        await using var bot = FeedWatchProcess.Start(arguments);
        await bot.WaitForAsync(p => p.Log.Any(l => l.Contains("The bot takes alerts", StringComparison.Ordinal)) && broker.Pending());

        var second = await FeedWatchProcess.RunAsync(arguments);

        Assert.Equal(78, second.Code);
        Assert.Equal($"Another FeedWatch uses the data folder {Path.Combine(folder.FullName, "bot")}. Stop it, or name another folder with --data.", second.Log);
        Assert.Equal(0, await TerminateAsync(bot));
    }

    [Theory]
    [InlineData("feedwatch.lock")]
    [InlineData("feedwatch.db-wal")]
    [InlineData("FeedWatch watches")]
    [InlineData("chat.db")]
    public async Task Who_is_asked_to_stop_while_it_starts_stops(string asSoonAsThereIs)
    {
        const int BeforeItsHost = 143; // the command line's own answer to the signal, as long as no host listens for it
        await using var server = await FeedServer.ServingAsync(News);
        await using var service = Start(server);
        await service.WaitForAsync(s => File.Exists(Path.Combine(folder.FullName, asSoonAsThereIs)) || s.Log.Any(l => l.Contains(asSoonAsThereIs, StringComparison.Ordinal)));

        Assert.Contains(await service.TerminateAsync(), new[] { 0, BeforeItsHost });
        Assert.DoesNotContain(service.Log, l => l.Contains("Unhandled", StringComparison.Ordinal) || l.Contains("   at ", StringComparison.Ordinal));
        var next = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server)]);
        Assert.Equal(0, next.Code);
    }

    /// <summary>The exit code tells whether it ended by itself: one that takes longer than 15 s is ended by force, with another code.</summary>
    private static async Task<int> TerminateAsync(FeedWatchProcess service)
    {
        var began = Stopwatch.GetTimestamp();
        var code = await service.TerminateAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"ended after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        return code;
    }

    private long Count(string file, string rows)
    {
        var path = Path.Combine(folder.FullName, file);
        if (!File.Exists(path)) return 0;
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        try
        {
            return connection.ExecuteScalar<long>($"select count(*) from {rows}");
        }
        catch (SqliteException)
        {
            return 0; // its tables are not made yet
        }
    }

    private string[] paths = ["/rss"];

    private FeedWatchProcess Start(FeedServer server, params string[] more) => FeedWatchProcess.Start(["run", .. Arguments(server), .. more]);

    private string[] Arguments(FeedServer server)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, "feeds:\n" + string.Concat(paths.Select(p => $"  - url: {server.At(p)}\n    language: en\n")));
        return ["--feeds", list, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Polling:HostSpacing=0s", "--Polling:PerHost=8"];
    }
}
