using System.Diagnostics;
using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Crashing;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>A feed that breaks and is mended, as an operator's channel and any bot on RabbitMQ hear of it.</summary>
public sealed class FeedTroubleTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-feed-trouble-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Told => Path.Combine(folder.FullName, "told.jsonl");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_console_and_a_file_of_the_operators_hear_once_of_a_feed_that_fails_and_once_that_it_is_well_again()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", 500);
        string[] arguments =
        [
            "run", .. Watching(server),
            "--Chat:Channels:0:Type=console", "--Chat:Channels:1:Type=file", $"--Chat:Channels:1:Path={Told}",
            "--Chat:Routes:0:Events:0=feed.*", "--Chat:Routes:0:Events:1=coverage.*",
        ];

        await using (var run = FeedWatchProcess.Start(arguments))
        {
            await run.WaitForAsync(_ => Types(EventTypes.FeedFailing) > 0, Patience);
            await run.KillAsync();
        }

        await using var again = FeedWatchProcess.Start(arguments);
        var before = server.Requests.Count;
        await again.WaitForAsync(_ => server.Requests.Count > before, Patience);
        server.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await again.WaitForAsync(_ => Types(EventTypes.FeedRecovered) > 0, Patience);
        await again.WaitForAsync(p => p.Output.Any(l => l.Contains("is well again", StringComparison.Ordinal)), Patience);
        before = server.Requests.Count;
        await again.WaitForAsync(_ => server.Requests.Count > before + 1, Patience);

        Assert.Equal(0, await again.TerminateAsync());
        Assert.Equal((1, 1), (Types(EventTypes.FeedFailing), Types(EventTypes.FeedRecovered)));
    }

    [Fact]
    public async Task Every_bot_on_RabbitMQ_hears_of_it_too()
    {
        await using var bot = await OtherBot.ListeningAsync(rabbit, "feed.#");
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", 500);
        await using var run = FeedWatchProcess.Start(["run", .. Watching(server), .. rabbit.Settings]);

        await UntilAsync(async () => (await bot.HeardAsync()).Count > 0);
        server.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await UntilAsync(async () => (await bot.HeardAsync()).Count > 1);
        Assert.Equal(0, await run.TerminateAsync());
        var heard = await bot.HeardAsync();

        var failing = Assert.IsType<FeedFailing>(heard[0].Event);
        var recovered = Assert.IsType<FeedRecovered>(heard[1].Event);
        Assert.Equal(2, heard.Count);
        Assert.Equal(("feed.failing.-.-.en", "org.feedwatch.feed.failing.v1"), (heard[0].RoutingKey, heard[0].Header("cloudEvents_type")));
        Assert.Equal((500, "The Herald", failing.Id, failing.Since), (failing.HttpStatus, recovered.Feed.Name, recovered.After, recovered.Since));
    }

    private string[] Watching(FeedServer server)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, $"feeds:\n  - name: The Herald\n    url: {server.At("/rss")}\n    language: en\n");
        return ["--feeds", list, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Polling:MinimumInterval=1s", "--Polling:MaximumInterval=2s", "--Polling:HostSpacing=0s", "--Polling:FailingAfter=2s"];
    }

    private int Types(string type) => ToldEvent.In(Told).Count(e => e.Type == type);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var began = Stopwatch.GetTimestamp(); !await condition();)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "It never came to that.");
            await Task.Delay(50, Cancelled);
        }
    }
}
