using System.Text;
using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using RabbitMQ.Client;

namespace FeedWatch.EndToEnd;

/// <summary>The reference bots of <c>deploy/bots</c>, in their own languages, against a real RabbitMQ.</summary>
public sealed class BotTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private const string Last = "this was the last one";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-bot-test-");

    public static TheoryData<string> Languages => ["python", "node", "csharp"];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_bot_prints_a_breaking_incident_that_feedwatch_found(string language)
    {
        var settings = rabbit.Settings;
        await using var bot = await ReferenceBot.Named(language).StartAsync(rabbit);
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("ANOM", link: "https://herald.example/anom", published: TimeProvider.System.GetUtcNow())));
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, $"feeds:\n  - name: The Herald\n    url: {server.At("/rss")}\n    language: en\n", TestContext.Current.CancellationToken);

        var run = await FeedWatchProcess.RunAsync(["run", "--once", "--feeds", list, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", .. settings]);
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains("ANOM", StringComparison.Ordinal)));

        Assert.Equal(0, run.Code);
        Assert.Contains("https://herald.example/anom", bot.Output.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_bot_tells_every_kind_of_event_once_however_often_it_comes(string language)
    {
        await using var bot = await ReferenceBot.Named(language).StartAsync(rabbit, "#");

        foreach (var sample in Samples.All.Values.Concat(Samples.All.Values)) await PublishAsync(RoutingKey.Of(sample), EventJson.SerializeToUtf8Bytes(sample));
        await PublishLastAsync();
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains(Last, StringComparison.Ordinal)));

        Assert.Equal([.. Samples.All.Keys, EventTypes.ChannelFailing], bot.Output.Select(TypeIn));
        Assert.DoesNotContain("refused", string.Join('\n', bot.Log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python", "{\"type\":\"incident.detected\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"time\":\"2021-06-08T09:41:07+00:00\"}", "required")]
    [InlineData("node", "{\"type\":\"incident.detected\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"time\":\"2021-06-08T09:41:07+00:00\"}", "required")]
    [InlineData("csharp", "{\"type\":\"incident.detected\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"time\":\"2021-06-08T09:41:07+00:00\"}", "")] // it lies in bot.csharp_error
    [InlineData("python", "no json", "no event")]
    [InlineData("node", "no json", "no event")]
    [InlineData("node", "[1]", "no event")]
    [InlineData("python", "[1]", "no event")]
    public async Task A_bot_refuses_what_the_schema_refuses_and_goes_on(string language, string body, string reason)
    {
        await using var bot = await ReferenceBot.Named(language).StartAsync(rabbit, "#");

        await PublishAsync("incident.detected.breaking.anom.nl", Encoding.UTF8.GetBytes(body));
        await PublishLastAsync();
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains(Last, StringComparison.Ordinal)));

        Assert.Single(bot.Output);
        Assert.Contains(reason, string.Join('\n', bot.Log.Concat(bot.Output)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python", 2)]
    [InlineData("node", 2)]
    [InlineData("csharp", 1)]
    public async Task An_event_of_a_newer_feedwatch_stops_no_bot(string language, int lines)
    {
        await using var bot = await ReferenceBot.Named(language).StartAsync(rabbit, "#");

        await PublishAsync("incident.solved.-.-.-", "{\"type\":\"incident.solved\",\"id\":\"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d\",\"time\":\"2031-06-08T09:41:07+00:00\"}"u8.ToArray());
        await PublishLastAsync();
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains(Last, StringComparison.Ordinal)));

        Assert.Equal(lines, bot.Output.Count);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_bot_that_is_started_again_remembers_what_it_told(string language)
    {
        var ids = Path.Combine(folder.FullName, "ids");
        var detected = Samples.All[EventTypes.IncidentDetected];
        await using (var before = await ReferenceBot.Named(language).StartAsync(rabbit, "#", ids))
        {
            await PublishAsync(RoutingKey.Of(detected), EventJson.SerializeToUtf8Bytes(detected));
            await before.WaitForAsync(b => !b.Output.IsEmpty);
            Assert.Equal(0, await before.TerminateAsync());
        }

        await using var bot = await ReferenceBot.Named(language).StartAsync(rabbit, "#", ids);
        await PublishAsync(RoutingKey.Of(detected), EventJson.SerializeToUtf8Bytes(detected));
        await PublishLastAsync();
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains(Last, StringComparison.Ordinal)));

        Assert.Single(bot.Output);
    }

    /// <summary>Something that every bot prints, behind everything that was published before.</summary>
    private Task PublishLastAsync()
    {
        var last = (ChannelFailing)Samples.All[EventTypes.ChannelFailing] with { Id = Guid.Parse("ffffffff-0000-5000-8000-000000000000"), Reason = Last };
        return PublishAsync(RoutingKey.Of(last), EventJson.SerializeToUtf8Bytes(last));
    }

    private async Task PublishAsync(string routingKey, byte[] body)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await rabbit.ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await channel.BasicPublishAsync("feedwatch.events", routingKey, mandatory: true, new BasicProperties { ContentType = "application/json", Persistent = true }, body, cancellationToken);
    }

    private static string TypeIn(string line) => Samples.All.Keys.Single(type => line.Split(" | ").Contains(type));
}
