using System.Text;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;
using RabbitMQ.Client;

namespace FeedWatch.EndToEnd;

/// <summary>Service and bot as two processes with a real RabbitMQ between them.</summary>
public sealed class RabbitTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-rabbit-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_alert_reaches_the_bot_and_the_archive_as_plain_json_with_cloudevents_headers()
    {
        var settings = rabbit.Settings;
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: TimeProvider.System.GetUtcNow())));
        await using var bot = FeedWatchProcess.Start(["bot", "--data", folder.FullName, .. settings]);

        var run = await FeedWatchProcess.RunAsync(["run", "--once", "--json", "--feeds", List(server), "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", .. settings]);
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains("https://herald.example/takedown", StringComparison.Ordinal)));

        Assert.Equal(0, run.Code);
        Assert.Single(run.Output);
        var (headers, body) = await NextInArchiveAsync("incident.detected.breaking.encrochat.");
        Assert.Equal("org.feedwatch.incident.detected.v1", headers["cloudEvents_type"]);
        Assert.Equal("urn:feedwatch:schema:incident.detected:v1", headers["cloudEvents_dataschema"]);
        Assert.Contains("\"type\":\"incident.detected\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain(headers.Keys, name => name.StartsWith("MT-", StringComparison.Ordinal));
        Assert.DoesNotContain(Environment.MachineName, string.Join(' ', headers.Values) + body, StringComparison.Ordinal);
        Assert.Equal(0, await bot.TerminateAsync());
    }

    [Fact]
    public async Task A_broker_that_is_not_there_loses_nothing()
    {
        var settings = rabbit.Settings;
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("Sky ECC", link: "https://herald.example/sky", published: TimeProvider.System.GetUtcNow())));
        string[] run = ["run", "--once", "--json", "--feeds", List(server), "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8"];

        var away = await FeedWatchProcess.RunAsync([.. run, "--Bus:Transport=RabbitMq", "--Bus:Port=1"]);
        var back = await FeedWatchProcess.RunAsync([.. run, .. settings]);

        Assert.Equal(1, away.Code);
        Assert.Empty(away.Output);
        Assert.Contains("They wait in the outbox", away.Log, StringComparison.Ordinal);
        Assert.Equal(0, back.Code);
        Assert.Contains("sky-ecc", Assert.Single(back.Output), StringComparison.Ordinal);
    }

    private string List(FeedServer server)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, $"feeds:\n  - name: The Herald\n    url: {server.At("/rss")}\n    language: en\n");
        return list;
    }

    private async Task<(Dictionary<string, string> Headers, string Body)> NextInArchiveAsync(string routingKey)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await rabbit.ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        while (await channel.BasicGetAsync("feedwatch.archive", autoAck: true, cancellationToken) is { } message)
        {
            if (!message.RoutingKey.StartsWith(routingKey, StringComparison.Ordinal)) continue;
            var headers = (message.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(h => h.Key, h => h.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{h.Value}");
            return (headers, Encoding.UTF8.GetString(message.Body.Span));
        }

        Assert.Fail("The archive is empty.");
        return default;
    }
}
