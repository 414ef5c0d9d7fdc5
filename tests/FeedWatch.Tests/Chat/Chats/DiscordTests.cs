using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Testing;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Chats;

public sealed class DiscordTests
{
    private static readonly IncidentEvent Retracted = (IncidentEvent)Samples.All[EventTypes.IncidentRetracted];

    [Fact]
    public void A_takedown_is_an_embed() => Approved.Matches(Webhook().Shown(AnEvent.Detected()), "discord-detected.txt");

    [Fact]
    public void An_update_edits_the_first_post() => Approved.Matches(Webhook().Shown(AnEvent.Updated(), earlier: "1001"), "discord-updated.txt");

    [Fact]
    public void In_a_forum_an_incident_is_a_post_of_its_own() =>
        Approved.Matches(Forum().Shown(AnEvent.Detected()) + Forum().Shown(AnEvent.Updated(), earlier: "1001/1001"), "discord-forum.txt");

    [Fact]
    public void Other_events_have_their_words() =>
        Approved.Matches(Webhook().Shown(AnEvent.Burst()) + Webhook().Shown(Samples.All[EventTypes.Digest]) + Webhook().Shown(Samples.All[EventTypes.FeedFailing]) + Webhook().Shown(AnEvent.Minimal(), interrupted: true), "discord-others.txt");

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => Embed(Webhook().Bodies(Attacks.In(attack)).Single()).GetProperty("title").GetString()!), "discord-attacks.txt");

    [Fact]
    public async Task Discord_takes_every_attack_and_pings_nobody()
    {
        await using var discord = await DiscordServer.StartAsync(forum: true);
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Forum = true });

        foreach (var attack in Attacks.All) Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack)));

        Assert.All(discord.Messages, m => AssertSafe(m.Body));
    }

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All.SelectMany(Attacks.InOthers), e => Assert.All(Webhook().Bodies(e), AssertSafe));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_is_harmless(string text) => Assert.All(Webhook().Bodies(Attacks.In(text), earlier: "1"), AssertSafe);

    [Fact]
    public async Task What_is_posted_is_there_and_is_edited_later()
    {
        await using var discord = await DiscordServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url });

        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        var second = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));

        Assert.Equal("1001", first.Reference);
        Assert.Equal("1001", second.Reference);
        Assert.Contains("800", Embed(Assert.Single(discord.Messages).Body).GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_forum_updates_follow_in_the_thread_and_a_withdrawal_marks_the_first_post_too()
    {
        await using var discord = await DiscordServer.StartAsync(forum: true);
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Forum = true });

        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        await channel.PostAsync(AnEvent.Updated(), first.Reference);
        await channel.PostAsync(Retracted, first.Reference);

        Assert.Equal(["1001", "1001", "1001"], discord.Messages.Select(m => m.Channel));
        Assert.Equal(["withdrawn", "update", "withdrawn"], discord.Messages.Select(m => Embed(m.Body).GetProperty("author").GetProperty("name").GetString()!.Split(' ')[1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_first_post_was_deleted_the_update_is_a_new_one(bool forum)
    {
        await using var discord = await DiscordServer.StartAsync(forum);
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Forum = forum });
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        discord.Clear();

        var second = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));

        Assert.Single(discord.Messages);
        Assert.NotNull(second.Reference);
    }

    [Fact]
    public async Task A_deleted_webhook_breaks_the_channel_with_one_clear_line()
    {
        await using var discord = await DiscordServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = new Uri(discord.Chat.Address, "/api/webhooks/9/other").AbsoluteUri });

        Assert.Equal("HTTP 404: Unknown Webhook.", Assert.IsType<SendResult.Broken>(await channel.PostAsync(AnEvent.Detected())).Why);
    }

    [Theory]
    [InlineData(true, false, "Forum to true")]
    [InlineData(false, true, "Forum to false")]
    public async Task A_wrong_setting_of_the_forum_is_named(bool isForum, bool setting, string remedy)
    {
        await using var discord = await DiscordServer.StartAsync(isForum);
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Forum = setting });

        Assert.Contains(remedy, Assert.IsType<SendResult.Broken>(await channel.PostAsync(AnEvent.Detected())).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_waits_as_long_as_Discord_asks()
    {
        await using var discord = await DiscordServer.StartAsync();
        var time = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url }, time);
        discord.Chat.Next(Answer.Json(new { message = "You are being rate limited.", retry_after = 64.57, global = false }, 429, ("Retry-After", "65")));
        discord.Chat.Next(Answer.Json(new { id = "1", channel_id = "2" }, 200, ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset-After", "1.5")));

        var limited = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Detected()));
        Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        var ready = channel.ReadyAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.FromSeconds(65), limited.After);
        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1.5));
        await ready;
    }

    [Fact]
    public async Task Discord_is_told_what_it_wants_to_know_of_a_client()
    {
        await using var discord = await DiscordServer.StartAsync();

        await AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url }).PostAsync(AnEvent.Detected());

        Assert.StartsWith("DiscordBot (https://", discord.Chat.Requests.Single().Headers["User-Agent"], StringComparison.Ordinal);
    }

    private static IChatChannel Webhook() => AChannel.Of(new ChannelOptions { Type = "discord", Url = "https://discord.com/api/webhooks/1/x" });

    private static IChatChannel Forum() => AChannel.Of(new ChannelOptions { Type = "discord", Url = "https://discord.com/api/webhooks/1/x", Forum = true });

    private static JsonElement Embed(JsonElement body) => body.GetProperty("embeds")[0];

    private static void AssertSafe(JsonElement body)
    {
        Assert.Equal("""{"parse":[]}""", body.GetProperty("allowed_mentions").GetRawText());
        var embed = Embed(body);
        MarkdownReader.Read(embed.GetProperty("title").GetString()!);
        if (embed.TryGetProperty("description", out var description)) MarkdownReader.AssertHonest(MarkdownReader.Read(description.GetString()!).Links);
        Assert.False(embed.TryGetProperty("url", out _), "A title that is a link hides where it goes.");
    }
}
