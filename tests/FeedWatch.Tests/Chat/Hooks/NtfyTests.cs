using System.Text;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Hooks;

public sealed class NtfyTests
{
    [Fact]
    public void A_takedown_is_a_notification_and_its_update_takes_its_place() =>
        Approved.Matches(Topic().Shown(AnEvent.Detected()) + Topic().Shown(AnEvent.Updated(), earlier: AnEvent.Detected().IncidentId.ToString()), "ntfy-detected-updated.txt");

    [Fact]
    public void Other_events_have_their_words() =>
        Approved.Matches(string.Concat(new[] { AnEvent.Burst(), Samples.All[EventTypes.Digest], Samples.All[EventTypes.FeedFailing], AnEvent.Minimal() }.Select(e => Topic().Shown(e))), "ntfy-others.txt");

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => Message(Topic().Bodies(Attacks.In(attack)).Single()).Split('\n')[0].Replace("\u200B", "{ZWSP}", StringComparison.Ordinal)), "ntfy-attacks.txt");

    [Fact]
    public async Task Ntfy_takes_every_attack_and_none_is_in_a_header()
    {
        await using var ntfy = await NtfyServer.StartAsync();
        var channel = TopicAt(ntfy, "desk");

        foreach (var attack in Attacks.All) Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack)));

        Assert.All(ntfy.Messages, b => AssertSafe(b));
        Assert.Equal(["Accept-Encoding", "Content-Length", "Content-Type", "Host", "User-Agent"], ntfy.Chat.Requests.SelectMany(r => r.Headers.Keys).Distinct().Order());
    }

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All, attack => Assert.All(Attacks.InOthers(attack), e => AssertSafe(Topic().Bodies(e).Single(), PlainText.Link(attack))));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_is_harmless_and_within_the_limits(string text) => AssertSafe(Topic().Bodies(Attacks.In(text)).Single());

    [Fact]
    public async Task What_is_awkward_is_taken_all_the_same()
    {
        await using var ntfy = await NtfyServer.StartAsync();
        var channel = TopicAt(ntfy, "desk");

        foreach (var @event in Awkward.Events) Assert.IsType<SendResult.Sent>(await channel.PostAsync(@event));

        Assert.Equal(Awkward.Events.Count, ntfy.Shown.Count);
    }

    [Theory]
    [InlineData(UpdateStyle.Auto, 1)]
    [InlineData(UpdateStyle.Post, 4)]
    public async Task A_story_is_one_notification_over_a_restart_or_one_for_each_event(UpdateStyle style, int notifications)
    {
        await using var ntfy = await NtfyServer.StartAsync();

        await Awkward.TellAStoryAsync(TopicAt(ntfy, "desk", style: style));

        Assert.Equal(4, ntfy.Messages.Count);
        Assert.Equal(notifications, ntfy.Shown.Count);
        Assert.Contains("withdrawn", ntfy.Shown[^1].GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NtfyServer.Token)]
    [InlineData(NtfyServer.UserAndPassword)]
    public async Task It_logs_in_by_token_or_password(string secret)
    {
        await using var ntfy = await NtfyServer.StartAsync();

        Assert.IsType<SendResult.Sent>(await TopicAt(ntfy, "private", secret).PostAsync(AnEvent.Detected()));
    }

    [Theory]
    [InlineData("private", null, "HTTP 403: forbidden.")]
    [InlineData("private", "tk_wrong", "HTTP 401: unauthorized.")]
    [InlineData("v1", null, "HTTP 400: invalid request: topic name is disallowed. Take another topic.")]
    public async Task A_wrong_setting_is_told_once(string topic, string? secret, string said)
    {
        await using var ntfy = await NtfyServer.StartAsync();

        Assert.Equal(said, await Awkward.FaultAsync(TopicAt(ntfy, topic, secret)));
        Assert.Single(ntfy.Chat.Requests);
    }

    [Fact]
    public async Task Another_kind_of_server_is_not_taken_for_a_success()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200, "<html>Welcome"));
        var channel = AChannel.Of(new ChannelOptions { Type = "ntfy", Url = new Uri(server.Address, "desk").AbsoluteUri });

        Assert.Contains("An ntfy server answers otherwise", Assert.IsType<SendResult.Broken>(await channel.PostAsync(AnEvent.Detected())).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(42901, null, null)]
    [InlineData(42901, "20", 20d)]
    [InlineData(42908, null, 51_533d)]
    public async Task It_waits_as_long_as_the_server_asks_or_till_the_day_is_over(int code, string? header, double? seconds)
    {
        await using var ntfy = await NtfyServer.StartAsync();
        ntfy.Chat.Next(Answer.Json(new { code, http = 429, error = "limit reached" }, 429, header is null ? [] : [("Retry-After", header)]));
        var channel = AChannel.Of(new ChannelOptions { Type = "ntfy", Url = ntfy.Topic("desk") }, new SettableClock(AnEvent.Time));

        var later = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Detected()));

        Assert.Equal(seconds, later.After?.TotalSeconds);
    }

    [Fact]
    public async Task Sixty_go_at_once_and_then_no_more_than_a_server_takes()
    {
        await using var ntfy = await NtfyServer.StartAsync();
        var time = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(new ChannelOptions { Type = "ntfy", Url = ntfy.Topic("desk") }, time);
        for (var i = 0; i < 60; i++) await channel.PostAsync(AnEvent.Detected());

        var ready = channel.ReadyAsync(TestContext.Current.CancellationToken);

        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(5));
        await ready;
    }

    [Fact]
    public async Task A_lost_answer_makes_a_possible_repeat_that_takes_the_first_ones_place()
    {
        await using var ntfy = await NtfyServer.StartAsync();
        var channel = TopicAt(ntfy, "desk");
        await channel.PostAsync(AnEvent.Detected());

        var again = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected(), interrupted: true));

        Assert.True(again.PossiblyRepeated);
        Assert.Contains("Possibly repeated", Message(Assert.Single(ntfy.Shown)), StringComparison.Ordinal);
    }

    private static IChatChannel Topic() => AChannel.Of(new ChannelOptions { Type = "ntfy", Url = "https://ntfy.sh/desk" });

    private static IChatChannel TopicAt(NtfyServer ntfy, string topic, string? secret = null, UpdateStyle style = UpdateStyle.Auto) =>
        AChannel.Of(new ChannelOptions { Type = "ntfy", Url = ntfy.Topic(topic), Token = secret, Updates = style }, new NoWaiting());

    private static string Message(JsonElement body) => body.GetProperty("message").GetString()!;

    /// <param name="listed">A whole address that a list of incidents gives to be read.</param>
    private static void AssertSafe(JsonElement body, string? listed = null)
    {
        Assert.True(Encoding.UTF8.GetByteCount(body.GetRawText()) <= 8_192);
        Assert.True(Encoding.UTF8.GetByteCount(Message(body)) <= 4_096);
        Assert.False(body.TryGetProperty("markdown", out _) || body.TryGetProperty("actions", out _) || body.TryGetProperty("attach", out _));
        Assert.Matches("^[a-z_ ]+$", string.Join(' ', body.GetProperty("tags").EnumerateArray().Select(t => t.GetString())));
        FoundInText.AssertNothing(body.GetProperty("title").GetString()!);
        var link = body.TryGetProperty("click", out var click) ? click.GetString()! : "http://none.example";
        Assert.StartsWith("http", link, StringComparison.Ordinal);
        FoundInText.AssertNothing(Message(body).Replace(listed ?? link, "", StringComparison.Ordinal).Replace(link, "", StringComparison.Ordinal));
    }
}
