using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>What a bot's token changes; what is posted is that of a webhook (<see cref="DiscordTests"/>).</summary>
public sealed class DiscordBotTests
{
    [Fact]
    public void A_post_has_a_nonce_and_a_thread_the_headline() =>
        Approved.Matches(
            AChannel.Of(new ChannelOptions { Type = "discord", Token = DiscordBotServer.Token, Chat = DiscordBotServer.Channel, Updates = UpdateStyle.Thread }).Shown(AnEvent.Updated(), earlier: "1001"),
            "discord-bot-thread.txt");

    [Fact]
    public async Task Discord_takes_every_attack_and_what_is_awkward_and_pings_nobody()
    {
        await using var discord = await DiscordBotServer.StartAsync();
        var channel = BotAt(discord, UpdateStyle.Thread);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected())).Reference;

        foreach (var (attack, i) in Attacks.All.Select((a, i) => (a, i))) Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack) with { Id = AnEvent.Id($"attack {i}") }, first));
        foreach (var @event in Awkward.Events) Assert.IsType<SendResult.Sent>(await channel.PostAsync(@event));

        Assert.Equal(1 + Attacks.All.Count + Awkward.Events.Count, discord.Messages.Count);
        Assert.All(discord.Messages, m => Assert.Equal("""{"parse":[]}""", m.Body.GetProperty("allowed_mentions").GetRawText()));
    }

    [Fact]
    public async Task A_story_is_the_first_post_edited_over_a_restart()
    {
        await using var discord = await DiscordBotServer.StartAsync();

        await Awkward.TellAStoryAsync(BotAt(discord));

        Assert.Equal("withdrawn", KindOf(Assert.Single(discord.Messages).Body));
    }

    [Fact]
    public async Task A_story_is_a_thread_below_the_first_post_over_a_restart()
    {
        await using var discord = await DiscordBotServer.StartAsync();

        await Awkward.TellAStoryAsync(BotAt(discord, UpdateStyle.Thread));

        Assert.Equal([DiscordBotServer.Channel, "1001", "1001", "1001"], discord.Messages.Select(m => m.Channel));
        Assert.Equal(["withdrawn", "update", "merged", "withdrawn"], discord.Messages.Select(m => KindOf(m.Body)));
    }

    [Fact]
    public void In_a_forum_an_incident_is_a_post_of_its_own() => Approved.Matches(
        InForum("https://discord.com/api/v10").Shown(AnEvent.Detected()) + InForum("https://discord.com/api/v10").Shown(AnEvent.Updated(), earlier: "1001/1001"),
        "discord-bot-forum.txt");

    [Theory]
    [InlineData(UpdateStyle.Auto, "withdrawn update merged withdrawn", 1)]
    [InlineData(UpdateStyle.Edit, "withdrawn", 1)]
    [InlineData(UpdateStyle.Post, "takedown update merged withdrawn", 4)]
    public async Task A_story_in_a_forum_is_told_in_its_post_over_a_restart(UpdateStyle style, string kinds, int posts)
    {
        await using var discord = await DiscordBotServer.StartAsync();

        await Awkward.TellAStoryAsync(InForum(discord.Url, style));

        Assert.Equal(kinds, string.Join(' ', discord.Messages.Select(m => KindOf(m.Body))));
        Assert.Equal(posts, discord.Messages.Select(m => m.Channel).Distinct().Count());
        Assert.All(discord.Messages, m => Assert.Equal("""{"parse":[]}""", m.Body.GetProperty("allowed_mentions").GetRawText()));
    }

    [Fact]
    public async Task Where_a_post_in_a_forum_is_gone_the_update_is_a_new_one()
    {
        await using var discord = await DiscordBotServer.StartAsync();
        var channel = InForum(discord.Url);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected())).Reference;
        discord.Clear();

        var second = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first));

        Assert.Single(discord.Messages);
        Assert.NotNull(second.Reference);
    }

    [Theory]
    [InlineData(true, DiscordBotServer.Channel, "The channel is no forum: set Forum to false.")]
    [InlineData(false, DiscordBotServer.Forum, "set Forum to true")]
    public async Task A_forum_that_is_none_and_one_that_is_not_said_to_be_one_are_named(bool setting, string chat, string remedy)
    {
        await using var discord = await DiscordBotServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Token = DiscordBotServer.Token, Chat = chat, Forum = setting }, new NoWaiting());

        Assert.Contains(remedy, await Awkward.FaultAsync(channel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_the_pace_that_Discord_asks_for_and_waits_out_a_429()
    {
        await using var discord = await DiscordBotServer.StartAsync();
        var time = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Token = DiscordBotServer.Token, Chat = DiscordBotServer.Channel }, time);
        discord.Chat.Next(Answer.Json(new { id = "1", channel_id = "500" }, 200, ("X-RateLimit-Limit", "5"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset-After", "4.250")));
        discord.Chat.Next(Answer.Json(new { message = "You are being rate limited.", retry_after = 64.57, global = true }, 429, ("Retry-After", "65"), ("X-RateLimit-Global", "true"), ("X-RateLimit-Scope", "global")));

        Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        var ready = channel.ReadyAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(4.2));
        var early = ready.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(0.1));
        await ready;
        var limited = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Updated(), "1"));

        Assert.False(early);
        Assert.Equal((TimeSpan.FromSeconds(65), false), (limited.After, limited.PerhapsSent));
    }

    [Fact]
    public async Task A_repeat_within_minutes_is_answered_with_the_post_that_is_there()
    {
        await using var discord = await DiscordBotServer.StartAsync();
        var channel = BotAt(discord);
        await channel.PostAsync(AnEvent.Detected());

        var again = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected(), interrupted: true));

        Assert.Equal("1001", again.Reference);
        Assert.Single(discord.Messages);
    }

    [Theory]
    [InlineData(UpdateStyle.Thread, "1001")]
    [InlineData(UpdateStyle.Edit, "1001")]
    [InlineData(UpdateStyle.Edit, "999")]
    public async Task Where_the_first_post_is_gone_or_a_webhooks_the_update_is_a_new_one(UpdateStyle style, string first)
    {
        await using var discord = await DiscordBotServer.StartAsync();
        var channel = BotAt(discord, style);
        await channel.PostAsync(AnEvent.Detected());
        discord.Clear();

        Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first));

        Assert.Equal(DiscordBotServer.Channel, Assert.Single(discord.Messages).Channel);
    }

    [Theory]
    [InlineData("wrong", DiscordBotServer.Channel, "HTTP 401: 401: Unauthorized.")]
    [InlineData(DiscordBotServer.Token, "403", "HTTP 403: Missing Access.")]
    [InlineData(DiscordBotServer.Token, "404", "HTTP 404: Unknown Channel.")]
    public async Task A_wrong_setting_is_told_once(string token, string chat, string said)
    {
        await using var discord = await DiscordBotServer.StartAsync();

        Assert.Equal(said, await Awkward.FaultAsync(AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Token = token, Chat = chat })));
        Assert.Single(discord.Chat.Requests);
    }

    private static IChatChannel BotAt(DiscordBotServer discord, UpdateStyle style = UpdateStyle.Auto) =>
        AChannel.Of(new ChannelOptions { Type = "discord", Url = discord.Url, Token = DiscordBotServer.Token, Chat = DiscordBotServer.Channel, Updates = style }, new NoWaiting());

    private static IChatChannel InForum(string api, UpdateStyle style = UpdateStyle.Auto) =>
        AChannel.Of(new ChannelOptions { Type = "discord", Url = api, Token = DiscordBotServer.Token, Chat = DiscordBotServer.Forum, Forum = true, Updates = style }, new NoWaiting());

    private static string KindOf(JsonElement body) => body.GetProperty("embeds")[0].GetProperty("author").GetProperty("name").GetString()!.Split(' ')[1];
}
