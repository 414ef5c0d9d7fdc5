using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Contracts;

namespace FeedWatch.Tests.Chat;

public sealed class ChannelTrialTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Types => [.. ChannelTypes.All.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_shows_what_it_would_post_of_every_event_without_settings(string type)
    {
        var trial = ChannelTrial.OfType(type, TimeProvider.System)!;

        foreach (var @event in Samples.All.Values)
        {
            var (requests, note) = trial.Preview(EventJson.Serialize(@event), earlier: null);

            Assert.True(requests.Count > 0 || note is not null);
            Assert.All(requests, r => Assert.NotEqual("", r));
        }
    }

    [Fact]
    public void A_line_of_run_json_is_shown_as_it_would_be_sent()
    {
        var line = EventLineOf(AnEvent.Detected());

        var (requests, _) = ChannelTrial.OfType("Discord", TimeProvider.System)!.Preview(line, earlier: null);

        Assert.Equal("BREAKING takedown · ANOM", JsonDocument.Parse(Assert.Single(requests)).RootElement.GetProperty("embeds")[0].GetProperty("author").GetProperty("name").GetString());
    }

    [Fact]
    public void An_event_of_a_newer_version_is_answered_with_a_note()
    {
        var (requests, note) = ChannelTrial.OfType("slack", TimeProvider.System)!.Preview("""{"type":"incident.predicted","id":"1","ts":1.0}""", earlier: null);

        Assert.Empty(requests);
        Assert.Equal("This version does not know events of type incident.predicted; it leaves them alone.", note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"incident.detected"}""")]
    [InlineData("""{"type":7}""")]
    public void What_is_no_event_is_refused(string line) =>
        Assert.ThrowsAny<JsonException>(() => ChannelTrial.OfType("slack", TimeProvider.System)!.Preview(line, earlier: null));

    [Fact]
    public void A_channel_of_the_settings_is_found_by_its_name()
    {
        var options = new ChatOptions();
        options.Channels.Add(new ChannelOptions { Type = "mattermost", Name = "Crime desk", Url = "https://chat.example/hooks/x" });

        Assert.NotNull(ChannelTrial.OfName(options, "crime desk", TimeProvider.System));
        Assert.Null(ChannelTrial.OfName(options, "discord", TimeProvider.System));
        Assert.Null(ChannelTrial.OfType("irc", TimeProvider.System));
        Assert.StartsWith("channels in the settings: Crime desk; types: console, file, json,", ChannelTrial.Known(options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_goes_the_way_of_an_alert_and_a_failure_is_told()
    {
        await using var mattermost = await MattermostServer.StartAsync();
        var options = new ChatOptions();
        options.Channels.Add(new ChannelOptions { Type = "mattermost", Name = "good", Url = mattermost.Webhook });
        options.Channels.Add(new ChannelOptions { Type = "mattermost", Name = "bad", Url = mattermost.Webhook + "x" });

        var good = await ChannelTrial.OfName(options, "good", TimeProvider.System)!.PostSampleAsync(Cancelled);
        var bad = await ChannelTrial.OfName(options, "bad", TimeProvider.System)!.PostSampleAsync(Cancelled);

        Assert.Null(good);
        Assert.Equal("HTTP 400: Invalid webhook.", bad);
        Assert.Contains("nothing was taken down", Assert.Single(mattermost.Posts).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static string EventLineOf(FeedWatchEvent @event) =>
        FeedWatch.Chat.Channels.Local.EventLine.Of(new Delivery { Event = @event }, AnEvent.Time, possiblyRepeated: false);
}
