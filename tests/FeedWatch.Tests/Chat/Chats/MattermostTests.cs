using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Chats;

public sealed class MattermostTests
{
    private static readonly IncidentEvent Retracted = (IncidentEvent)Samples.All[EventTypes.IncidentRetracted];

    [Fact]
    public void A_takedown_is_a_post() => Approved.Matches(Text(Webhook(), AnEvent.Detected()), "mattermost-detected.txt");

    [Fact]
    public void An_update_answers_in_the_thread() => Approved.Matches(Bot().Shown(AnEvent.Updated(), earlier: "post0"), "mattermost-updated.txt");

    [Fact]
    public void Other_events_have_their_words() =>
        Approved.Matches(string.Join("\n\n", Text(Webhook(), AnEvent.Burst()), Text(Webhook(), Samples.All[EventTypes.Digest]), Text(Webhook(), Samples.All[EventTypes.FeedFailing]), Text(Webhook(), AnEvent.Minimal())), "mattermost-others.txt");

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => Text(Webhook(), Attacks.In(attack)).Split('\n')[1].Replace("\u200B", "{ZWSP}", StringComparison.Ordinal)), "mattermost-attacks.txt");

    [Fact]
    public async Task Mattermost_takes_every_attack_and_pings_nobody()
    {
        await using var mattermost = await MattermostServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "mattermost", Url = mattermost.Webhook }, new NoWaiting());

        foreach (var attack in Attacks.All) Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack)));

        Assert.All(mattermost.Posts, p => AssertSafe(p.GetProperty("text").GetString()!));
    }

    [Fact]
    public void What_follows_a_quotation_is_no_part_of_it()
    {
        var lines = Text(Webhook(), AnEvent.Detected()).Split('\n');

        Assert.Equal(["", ""], lines.Skip(1).Where((_, i) => lines[i].StartsWith('>')));
    }

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All.SelectMany(Attacks.InOthers), e => AssertSafe(Text(Webhook(), e)));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_is_harmless(string text) => AssertSafe(Text(Webhook(), Attacks.In(text)));

    [Fact]
    public async Task Updates_of_a_bot_follow_in_the_first_posts_thread()
    {
        await using var mattermost = await MattermostServer.StartAsync();
        var channel = BotAt(mattermost);

        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        await channel.PostAsync(AnEvent.Updated(), first.Reference);
        var last = Assert.IsType<SendResult.Sent>(await channel.PostAsync(Retracted, first.Reference));

        Assert.Equal(("post0", "post0"), (first.Reference, last.Reference));
        Assert.Equal(3, mattermost.Posts.Count);
        Assert.Contains("withdrawn", mattermost.Posts[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.All(mattermost.Posts.Skip(1), p => Assert.Equal("post0", p.GetProperty("root_id").GetString()));
    }

    [Theory]
    [InlineData(UpdateStyle.Thread)]
    [InlineData(UpdateStyle.Edit)]
    public async Task Where_the_first_post_was_deleted_the_update_is_a_new_one(UpdateStyle style)
    {
        await using var mattermost = await MattermostServer.StartAsync();
        var channel = BotAt(mattermost, style);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        mattermost.Clear();

        Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));

        Assert.Single(mattermost.Posts);
    }

    [Fact]
    public async Task A_wrong_token_breaks_the_channel_with_one_clear_line()
    {
        await using var mattermost = await MattermostServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "mattermost", Url = mattermost.Url, Token = "wrong", Chat = MattermostServer.Channel });

        Assert.Equal("HTTP 401: Invalid or expired session, please login again.", Assert.IsType<SendResult.Broken>(await channel.PostAsync(AnEvent.Detected())).Why);
    }

    [Fact]
    public async Task A_deleted_webhook_breaks_the_channel_although_it_is_a_bad_request()
    {
        await using var mattermost = await MattermostServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "mattermost", Url = mattermost.Webhook + "x" });

        Assert.Equal("HTTP 400: Invalid webhook.", Assert.IsType<SendResult.Broken>(await channel.PostAsync(AnEvent.Detected())).Why);
    }

    private static IChatChannel Webhook() => AChannel.Of(new ChannelOptions { Type = "mattermost", Url = "https://chat.example/hooks/x" });

    private static IChatChannel Bot() => AChannel.Of(new ChannelOptions { Type = "mattermost", Url = "https://chat.example", Token = MattermostServer.Token, Chat = MattermostServer.Channel });

    private static IChatChannel BotAt(MattermostServer server, UpdateStyle style = UpdateStyle.Auto) =>
        AChannel.Of(new ChannelOptions { Type = "mattermost", Url = server.Url, Token = MattermostServer.Token, Chat = MattermostServer.Channel, Updates = style }, new NoWaiting());

    private static string Text(IChatChannel channel, FeedWatchEvent @event) => channel.Bodies(@event).Single().GetProperty("text").GetString()!;

    private static void AssertSafe(string markdown)
    {
        var (text, links) = MarkdownReader.Read(markdown);
        Assert.DoesNotMatch(@"[@#~:][A-Za-z0-9_+-]", text); // what the server and its clients search for once Markdown has been read
        MarkdownReader.AssertHonest(links);
    }
}
