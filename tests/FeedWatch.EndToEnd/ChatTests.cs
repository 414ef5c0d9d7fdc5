using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Chat.Chats;

namespace FeedWatch.EndToEnd;

/// <summary>Chats as an operator tries them: <c>feedwatch chat</c>.</summary>
public sealed class ChatTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-chats-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_preview_is_the_body_of_the_request_and_nothing_else()
    {
        var file = Path.Combine(folder.FullName, "event.json");
        await File.WriteAllTextAsync(file, EventJson.Serialize(AnEvent.Updated()) + "\nand more\n", Cancelled);

        var run = await FeedWatchProcess.RunAsync("chat", "preview", file, "--channel", "discord", "--earlier", "1001");

        Assert.Equal((0, ""), (run.Code, run.Log));
        Assert.Equal("More than 1,000 arrested in global sting on encrypted phones", JsonDocument.Parse(Assert.Single(run.Output)).RootElement.GetProperty("embeds")[0].GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_event_may_stand_on_many_lines_as_on_the_page_for_bots()
    {
        var file = Path.Combine(folder.FullName, "event.json");
        await File.WriteAllTextAsync(file, System.Text.Json.Nodes.JsonNode.Parse(EventJson.Serialize(AnEvent.Detected()))!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }), Cancelled);

        var run = await FeedWatchProcess.RunAsync("chat", "preview", file, "--channel", "ntfy");

        Assert.Equal((0, ""), (run.Code, run.Log));
        Assert.Contains("ANOM", Assert.Single(run.Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"incident.predicted"}""", "slack", 0, "This version does not know events of type incident.predicted")]
    [InlineData("no event", "slack", 2, "holds no event")]
    [InlineData("""{"type":"canary","id":null}""", "slack", 0, "This version does not know events of type canary")]
    [InlineData("""{"type":"feed.gone","id":"8c68dcea-57d5-35ee-1fa9-b718e87a6e8d","time":"2026-11-24T09:30:07Z","reason":"410","feed":null}""", "slack", 2, "holds no event")]
    [InlineData("""{"type":"incident.detected","countries":[null]}""", "slack", 2, "A list of the event holds a null.")]
    [InlineData("{", "slack", 2, "holds no event")]
    [InlineData("", "slack", 2, "holds no event")]
    [InlineData("{}", "irc", 2, "There is no channel 'irc'; channels in the settings: console; types: console, file, json, discord")]
    public async Task What_cannot_be_shown_is_said_in_one_line(string line, string channel, int code, string said)
    {
        var file = Path.Combine(folder.FullName, "event.json");
        await File.WriteAllTextAsync(file, line, Cancelled);

        var run = await FeedWatchProcess.RunAsync("chat", "preview", file, "--channel", channel);

        Assert.Equal(code, run.Code);
        Assert.Empty(run.Output);
        Assert.Contains(said, Assert.Single(run.Log.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_is_posted_and_a_refusal_is_told_without_the_secret()
    {
        await using var server = await ChatServer.StartAsync(asked => asked.Path == "/services/T/B/good-secret" ? new Answer(200, "ok") : new Answer(404, "no_service"));

        var good = await TestAsync(server, "good-secret");
        var bad = await TestAsync(server, "bad-secret");

        Assert.Equal((0, "The channel slack took the sample."), good);
        Assert.Equal((1, "The channel slack did not take the sample: HTTP 404: no_service."), bad);
        Assert.Contains("nothing was taken down", server.Requests[0].Body, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Log)> TestAsync(ChatServer server, string secret)
    {
        var run = await FeedWatchProcess.RunAsync("chat", "test", "slack", "--Chat:Channels:0:Type", "slack", "--Chat:Channels:0:Url", new Uri(server.Address, $"services/T/B/{secret}").AbsoluteUri);
        return (run.Code, run.Log);
    }
}
