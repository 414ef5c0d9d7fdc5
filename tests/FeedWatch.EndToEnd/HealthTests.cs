using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace FeedWatch.EndToEnd;

/// <summary>What a running FeedWatch says of itself, and whether it is true.</summary>
public sealed class HealthTests : IDisposable
{
    private static readonly string Quiet = AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1", published: TimeProvider.System.GetUtcNow()));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-health-test-");
    private readonly string address = $"http://127.0.0.1:{HealthVisitor.FreePort()}";

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_service_that_does_its_work_is_alive_and_ready_whatever_becomes_of_its_feeds()
    {
        await using var server = await FeedServer.ServingAsync(Quiet);
        server.Answer("/broken", 500);
        await using var service = Start(server, ["/rss", "/broken", "/nowhere"]);
        await service.WaitForAsync(_ => server.Requests.Count >= 3);

        await BecomesAsync(service, live: 200, ready: 200);
        var asked = await AskAsync();
        var json = await AskAsync("--json");

        Assert.Equal(0, asked.Code);
        Assert.StartsWith("FeedWatch ", asked.Output[0], StringComparison.Ordinal);
        Assert.Contains(" is ready since ", asked.Output[0], StringComparison.Ordinal);
        Assert.Equal(["database", "relay", "bus", "intake", "posts", "channels", "polling"], JsonDocument.Parse(Assert.Single(json.Output)).RootElement.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(0, await service.TerminateAsync());
    }

    [Fact]
    public async Task Nobody_there_is_not_well()
    {
        var asked = await AskAsync();

        Assert.Equal(1, asked.Code);
        Assert.StartsWith($"{address}/health/ready: nobody answers there", asked.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", asked.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_program_at_the_address_is_not_taken_for_a_well_feedwatch()
    {
        await using var other = await FeedServer.StartAsync();
        other.Answer("/health/ready", 200, "{\"status\":\"UP\"}");

        var asked = await FeedWatchProcess.RunAsync("health", $"--Health:Urls={other.Address}");

        Assert.Equal(1, asked.Code);
        Assert.Contains("another program answers there (200)", asked.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_hangs_is_not_well()
    {
        await using var server = await FeedServer.ServingAsync(Quiet);
        await using var service = Start(server, ["/rss"]);
        await BecomesAsync(service, live: 200, ready: 200);

        await SignalAsync("-STOP", service.Id);
        var asked = await AskAsync("--live");
        await SignalAsync("-CONT", service.Id);

        Assert.Equal(1, asked.Code);
        Assert.Contains("no answer within 4 s", asked.Log, StringComparison.Ordinal);
        await BecomesAsync(service, live: 200, ready: 200);
    }

    [Theory]
    [InlineData("claimed:1:hang", "polling")]
    [InlineData("outbox-read:1:hang", "relay")]
    [InlineData("received:1:hang", "intake", "bus")] // which confirms nothing any more
    [InlineData("intent-stored:1:hang", "channels")]
    public async Task A_loop_that_hangs_is_not_alive_and_is_named(string fault, string loop, params string[] besides)
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: TimeProvider.System.GetUtcNow())));
        await using var service = FeedWatchProcess.StartDoomed(fault, ["run", .. Arguments(server, ["/rss"])]);

        await BecomesAsync(service, live: 503, ready: 503, [.. besides, loop]);
        var asked = await AskAsync("--live");

        Assert.Equal(1, asked.Code);
        Assert.Contains(asked.Output, l => l.StartsWith($"  {loop}", StringComparison.Ordinal) && l.Contains("nothing has moved for", StringComparison.Ordinal));
        await service.WaitForAsync(p => p.Log.Count(l => l.Contains("FeedWatch is stuck", StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public async Task Feeds_that_hang_make_nothing_stuck_though_they_hold_every_place()
    {
        await using var server = await FeedServer.StartAsync();
        string[] paths = ["/1", "/2", "/3"];
        foreach (var path in paths) server.Answer(path, async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var service = Start(server, paths, "--Polling:Concurrency=1", "--Fetching:Timeout=8s");
        await BecomesAsync(service, live: 200, ready: 200);

        var lives = new List<int>();
        while (server.Requests.Count < 3) // each of them takes longer than a loop may be silent
        {
            lives.Add((await HealthVisitor.AskAsync(address, "/health/live")).Status);
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        Assert.All(lives, status => Assert.Equal(200, status));
    }

    [Fact]
    public async Task On_a_full_disk_it_is_alive_and_not_ready_until_there_is_room()
    {
        using var disk = SmallDisk.Mount();
        await using var server = await FeedServer.ServingAsync(Quiet);
        await using var service = FeedWatchProcess.Start(["run", .. Arguments(server, ["/rss"], disk.Path)]);
        await BecomesAsync(service, live: 200, ready: 200);

        disk.Fill();
        await BecomesAsync(service, live: 200, ready: 503, "database");
        var asked = await AskAsync();
        disk.Empty();
        await BecomesAsync(service, live: 200, ready: 200);

        Assert.Equal(1, asked.Code);
        Assert.Contains(asked.Output, l => l.Contains("Free space on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_its_database_is_not_open_yet_it_is_alive_and_not_ready()
    {
        await using var server = await FeedServer.ServingAsync(Quiet);
        using var holder = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "feedwatch.db")};Pooling=False");
        holder.Open();
        using (var hold = holder.CreateCommand())
        {
            hold.CommandText = "begin exclusive";
            hold.ExecuteNonQuery();
        }

        await using var service = Start(server, ["/rss"]);
        await BecomesAsync(service, live: 200, ready: 503);
        var starting = await HealthVisitor.AskAsync(address, "/health/ready");
        holder.Dispose();
        await BecomesAsync(service, live: 200, ready: 200);

        Assert.Equal("starting", starting.Body!.Value.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_one_line_but_not_what_opens_none()
    {
        using var other = new TcpListener(IPAddress.Loopback, new Uri(address).Port);
        other.Start();
        await using var server = await FeedServer.ServingAsync(Quiet);

        var run = await FeedWatchProcess.RunAsync(["run", .. Arguments(server, ["/rss"])]);
        var once = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server, ["/rss"])]);

        Assert.Equal((78, 0), (run.Code, once.Code));
        Assert.Contains($"Health:Urls '{address}' cannot be used", run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Log, StringComparison.Ordinal);
        Assert.False(other.Pending());
    }

    [Fact]
    public async Task A_broker_that_dies_makes_service_and_bot_not_ready_and_both_are_again_when_it_is_back()
    {
        if (!RabbitNode.IsInstalled) Assert.Skip("RabbitMQ is not installed (apt-get install rabbitmq-server).");
        await using var broker = await RabbitNode.StartAsync();
        await using var server = await FeedServer.ServingAsync(Quiet);
        await using var service = Start(server, ["/rss"], broker.Settings);
        var ofBot = $"http://127.0.0.1:{HealthVisitor.FreePort()}";
        await using var bot = FeedWatchProcess.Start(["bot", "--data", folder.FullName, $"--Health:Urls={ofBot}", .. broker.Settings]);

        await BothAsync(200);
        await broker.KillAsync();
        await BothAsync(503, "bus");
        await broker.StartAgainAsync();
        await BothAsync(200);

        Assert.Equal((0, 0), (await bot.TerminateAsync(), await service.TerminateAsync()));
        Assert.All(new[] { bot, service }, process =>
        {
            Assert.Single(process.Log, l => l.Contains("is away", StringComparison.Ordinal) && l.Contains("RabbitMQ at", StringComparison.Ordinal));
            Assert.Single(process.Log, l => l.Contains("is there again", StringComparison.Ordinal));
        });

        async Task BothAsync(int ready, params string[] troubles)
        {
            await BecomesAsync(service, live: 200, ready, troubles);
            await BecomesAsync(bot, ofBot, live: 200, ready, troubles);
        }
    }

    [Theory]
    [InlineData("received:1:hang", "intake")]
    [InlineData("intent-stored:1:hang", "channels")]
    public async Task A_bot_that_hangs_is_not_alive_and_the_next_one_tells_what_it_left_undone(string fault, string loop)
    {
        if (!RabbitNode.IsInstalled) Assert.Skip("RabbitMQ is not installed (apt-get install rabbitmq-server).");
        await using var broker = await RabbitNode.StartAsync();
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: TimeProvider.System.GetUtcNow())));
        var told = Path.Combine(folder.FullName, "told.jsonl");
        string[] arguments = ["bot", "--data", folder.FullName, $"--Health:Urls={address}", "--Health:StuckAfter=5s", "--Chat:Channels:0:Type=file", $"--Chat:Channels:0:Path={told}", .. broker.Settings];
        await using (var bot = FeedWatchProcess.StartDoomed(fault, arguments))
        {
            await BecomesAsync(bot, live: 200, ready: 200);
            await SignalAsync("-STOP", bot.Id);
            var stopped = await AskAsync("--live");
            await SignalAsync("-CONT", bot.Id);
            Assert.Equal(1, stopped.Code);
            await BecomesAsync(bot, live: 200, ready: 200);

            await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server, ["/rss"]), .. broker.Settings]);
            await BecomesAsync(bot, live: 503, ready: 503, loop);
            var asked = await AskAsync("--live");
            Assert.Equal(1, asked.Code);
            Assert.Contains(asked.Output, l => l.StartsWith($"  {loop}", StringComparison.Ordinal) && l.Contains("nothing has moved for", StringComparison.Ordinal));
            await bot.WaitForAsync(p => p.Log.Count(l => l.Contains("FeedWatch is stuck", StringComparison.Ordinal)) == 1);
            await bot.KillAsync(); // as systemd's watchdog would
        }

        await using var next = FeedWatchProcess.Start(arguments);
        await next.WaitForAsync(_ => File.Exists(told));
        await BecomesAsync(next, live: 200, ready: 200);

        Assert.Equal(0, await next.TerminateAsync());
        Assert.Single(await File.ReadAllLinesAsync(told, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_bot_that_may_not_have_its_queue_is_not_ready_and_once_it_may_takes_what_the_queue_held_from_the_archive()
    {
        if (!RabbitNode.IsInstalled) Assert.Skip("RabbitMQ is not installed (apt-get install rabbitmq-server).");
        await using var broker = await RabbitNode.StartAsync();
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("Sky ECC", link: "https://herald.example/sky", published: TimeProvider.System.GetUtcNow())));
        var told = Path.Combine(folder.FullName, "told.jsonl");
        string[] arguments = ["bot", "--data", folder.FullName, $"--Health:Urls={address}", "--Chat:Channels:0:Type=file", $"--Chat:Channels:0:Path={told}", .. broker.Settings];
        await using (var first = FeedWatchProcess.Start(arguments))
        {
            await BecomesAsync(first, live: 200, ready: 200);
            await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server, ["/rss"]), .. broker.Settings]);
            await first.WaitForAsync(_ => File.Exists(told));
            await first.TerminateAsync();
        }

        await using var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = broker.Address }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeleteAsync("feedwatch.chat", ifUnused: false, ifEmpty: false, cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync("feedwatch.chat", durable: true, exclusive: false, autoDelete: false, cancellationToken: TestContext.Current.CancellationToken); // as no FeedWatch makes it
        await channel.QueueBindAsync("feedwatch.chat", "feedwatch.events", "#", cancellationToken: TestContext.Current.CancellationToken);
        server.Serve(AFeed.With(AFeed.Takedown("ANOM", link: "https://herald.example/anom", published: TimeProvider.System.GetUtcNow())), "/rss");
        await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server, ["/rss"]), .. broker.Settings]);

        await using var bot = FeedWatchProcess.Start(arguments);
        await BecomesAsync(bot, live: 200, ready: 503, "bus");
        await bot.WaitForAsync(_ => bot.Log.Any(l => l.Contains("\"@l\":\"Error\"", StringComparison.Ordinal))); // it has not begun before it has tried
        var asked = await AskAsync();
        await broker.ControlAsync("delete_queue", "feedwatch.chat"); // as the log says
        await bot.WaitForAsync(_ => File.ReadAllLines(told).Length == 2, TimeSpan.FromMinutes(3)); // MassTransit waits longer each time
        await BecomesAsync(bot, live: 200, ready: 200);

        Assert.Contains(asked.Output, l => l.Contains("nothing can be received from its queue feedwatch.chat", StringComparison.Ordinal));
        var error = Assert.Single(bot.Log, l => l.Contains("\"@l\":\"Error\"", StringComparison.Ordinal));
        Assert.Contains("'rabbitmqctl delete_queue feedwatch.chat'", error, StringComparison.Ordinal);
        Assert.Contains("inequivalent arg 'x-", error, StringComparison.Ordinal);
        Assert.Equal(0, await bot.TerminateAsync());
    }

    private Task BecomesAsync(FeedWatchProcess process, int live, int ready, params string[] troubles) => BecomesAsync(process, address, live, ready, troubles);

    /// <summary>Waits until the pages say so.</summary>
    private static async Task BecomesAsync(FeedWatchProcess process, string address, int live, int ready, params string[] troubles)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var (said, isThere) = await LookAsync(address, live, ready, troubles);
            if (isThere) return;
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1)) Assert.Fail($"It never came to {live} and {ready} with trouble of [{string.Join(", ", troubles)}]. At last:\n{said}\nLog:\n{string.Join('\n', process.Log)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<(string Said, bool IsThere)> LookAsync(string address, int live, int ready, string[] troubles)
    {
        try
        {
            var (alive, readiness) = (await HealthVisitor.AskAsync(address, "/health/live"), await HealthVisitor.AskAsync(address, "/health/ready"));
            return ($"{alive.Status} {readiness.Status} {readiness.Body}", alive.Status == live && readiness.Status == ready && readiness.Body is { } body && troubles.SequenceEqual(HealthVisitor.Troubles(body)));
        }
        catch (HttpRequestException ex)
        {
            return (ex.Message, false); // it has not come to listening yet
        }
    }

    private Task<(int Code, IReadOnlyList<string> Output, string Log)> AskAsync(params string[] more) => FeedWatchProcess.RunAsync(["health", $"--Health:Urls={address}", .. more]);

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync();
    }

    private FeedWatchProcess Start(FeedServer server, string[] paths, params string[] more) => FeedWatchProcess.Start(["run", .. Arguments(server, paths), .. more]);

    private string[] Arguments(FeedServer server, string[] paths, string? data = null)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, "feeds:\n" + string.Concat(paths.Select(p => $"  - url: {server.At(p)}\n    language: en\n")));
        return
        [
            "--feeds", list, "--data", data ?? folder.FullName, $"--Health:Urls={address}", "--Health:StuckAfter=5s", "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Polling:MinimumInterval=1s",
            "--Polling:MaximumInterval=2s", "--Polling:HostSpacing=0s", "--Polling:PerHost=8",
        ];
    }
}
