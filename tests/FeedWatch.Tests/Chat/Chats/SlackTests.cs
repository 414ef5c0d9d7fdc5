using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Chats;

public sealed class SlackTests
{
    private static readonly IncidentEvent Retracted = (IncidentEvent)Samples.All[EventTypes.IncidentRetracted];

    /// <summary>All that may stand in a block: text as it is, and links. Mentions are types of their own (<c>user</c>, <c>usergroup</c>, <c>broadcast</c>).</summary>
    private static readonly string[] Harmless = ["rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "text", "link"];

    [Fact]
    public void A_takedown_is_rich_text() => Approved.Matches(Webhook().Shown(AnEvent.Detected()), "slack-detected.txt");

    [Fact]
    public void An_update_answers_in_the_thread_and_in_the_channel() => Approved.Matches(Bot().Shown(AnEvent.Updated(), earlier: "C024BE91L/1503.1"), "slack-updated.txt");

    [Fact]
    public void Other_events_have_their_words() =>
        Approved.Matches(Webhook().Shown(AnEvent.Burst()) + Webhook().Shown(Samples.All[EventTypes.Digest]) + Webhook().Shown(Samples.All[EventTypes.FeedFailing]) + Webhook().Shown(AnEvent.Minimal(), interrupted: true), "slack-others.txt");

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => Webhook().Bodies(Attacks.In(attack)).Single().GetProperty("text").GetString()!.Split(": ", 2)[^1]), "slack-attacks.txt");

    [Fact]
    public async Task Slack_takes_every_attack_and_pings_nobody()
    {
        await using var slack = await SlackServer.StartAsync();
        var time = new Testing.SettableClock(AnEvent.Time);
        var channel = AChannel.Of(new ChannelOptions { Type = "slack", Url = slack.Api, Token = SlackServer.Token, Chat = "general" }, time);

        foreach (var attack in Attacks.All)
        {
            Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack)));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.All(slack.Messages, AssertSafe);
    }

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All.SelectMany(Attacks.InOthers), e => Assert.All(Webhook().Bodies(e), AssertSafe));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_is_harmless(string text) => Assert.All(Bot().Bodies(Attacks.In(text), earlier: "C1/1"), AssertSafe);

    [Fact]
    public async Task Updates_of_a_bot_follow_in_the_first_posts_thread()
    {
        await using var slack = await SlackServer.StartAsync();
        var channel = BotAt(slack);

        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        var second = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));
        await channel.PostAsync(Retracted, first.Reference);

        var root = first.Reference!.Split('/')[1];
        Assert.Equal(first.Reference, second.Reference);
        Assert.Equal(3, slack.Messages.Count);
        Assert.All(slack.Messages, m => Assert.Equal("none", m.GetProperty("parse").GetString())); // the first one was edited
        Assert.Contains("withdrawn", slack.Messages[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All(slack.Messages.Skip(1), m => Assert.Equal(root, m.GetProperty("thread_ts").GetString()));
    }

    [Fact]
    public async Task Where_the_first_post_was_deleted_the_update_is_a_new_one()
    {
        await using var slack = await SlackServer.StartAsync();
        var channel = BotAt(slack);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        slack.Clear();

        Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));

        Assert.False(Assert.Single(slack.Messages).TryGetProperty("thread_ts", out _));
    }

    [Theory]
    [InlineData("invalid_auth", typeof(SendResult.Broken))]
    [InlineData("not_in_channel", typeof(SendResult.Broken))]
    [InlineData("msg_blocks_too_long", typeof(SendResult.Refused))]
    [InlineData("internal_error", typeof(SendResult.RetryLater))]
    public async Task An_error_that_comes_as_a_success_is_none(string error, Type result)
    {
        await using var slack = await SlackServer.StartAsync();
        slack.Chat.Next(Answer.Json(new { ok = false, error }));

        Assert.IsType(result, await BotAt(slack).PostAsync(AnEvent.Detected()));
    }

    [Fact]
    public async Task A_revoked_webhook_breaks_the_channel_with_one_clear_line()
    {
        await using var slack = await SlackServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "slack", Url = new Uri(slack.Chat.Address, "services/T0/B0/revoked").AbsoluteUri });

        Assert.Equal("HTTP 404: no_service.", Assert.IsType<SendResult.Broken>(await channel.PostAsync(AnEvent.Detected())).Why);
    }

    [Fact]
    public async Task A_webhooks_post_may_be_repeated_and_says_so()
    {
        await using var slack = await SlackServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "slack", Url = slack.Webhook });

        var sent = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected(), interrupted: true));

        Assert.Equal((null, true), (sent.Reference, sent.PossiblyRepeated));
        Assert.Contains("Possibly repeated", slack.Chat.Requests.Single().Body, StringComparison.Ordinal);
    }

    private static IChatChannel Webhook() => AChannel.Of(new ChannelOptions { Type = "slack", Url = "https://hooks.slack.com/services/T/B/x" });

    private static IChatChannel Bot() => AChannel.Of(new ChannelOptions { Type = "slack", Token = SlackServer.Token, Chat = "C024BE91L" });

    private static IChatChannel BotAt(SlackServer slack) =>
        AChannel.Of(new ChannelOptions { Type = "slack", Url = slack.Api, Token = SlackServer.Token, Chat = "general" }, new NoWaiting());

    private static void AssertSafe(JsonElement body)
    {
        var text = body.GetProperty("text").GetString()!;
        Assert.DoesNotMatch("[<>]|&(?!amp;|lt;|gt;)", text);
        Assert.False(body.GetProperty("mrkdwn").GetBoolean());
        Assert.False(body.TryGetProperty("link_names", out _));
        Assert.True(!body.TryGetProperty("parse", out var parse) || parse.GetString() == "none");
        AssertHarmless(body.GetProperty("blocks"));
    }

    private static void AssertHarmless(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.Array)
        {
            Assert.All(element.EnumerateArray(), AssertHarmless);
            return;
        }

        var type = element.GetProperty("type").GetString()!;
        Assert.Contains(type, Harmless);
        if (type is "text") Assert.NotEqual("", element.GetProperty("text").GetString());
        else if (type is "link") Assert.Equal(new Uri(element.GetProperty("url").GetString()!).IdnHost, element.GetProperty("text").GetString());
        else AssertHarmless(element.GetProperty("elements"));
    }
}
