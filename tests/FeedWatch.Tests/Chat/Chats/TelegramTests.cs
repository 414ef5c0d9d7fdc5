using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Chats;

public sealed class TelegramTests
{
    [Fact]
    public void A_takedown_is_a_message() => Approved.Matches(Group().Shown(AnEvent.Detected()), "telegram-detected.txt");

    [Fact]
    public void An_update_answers_the_first_post_and_a_withdrawal_marks_it_too() =>
        Approved.Matches(Group().Shown(AnEvent.Updated(), earlier: "-4001/1") + Group().Shown(Samples.All[EventTypes.IncidentRetracted], earlier: "-4001/1"), "telegram-updated.txt");

    [Fact]
    public void Other_events_have_their_words() =>
        Approved.Matches(string.Concat(new[] { AnEvent.Burst(), Samples.All[EventTypes.Digest], Samples.All[EventTypes.FeedFailing] }.Select(e => Group().Shown(e))) + Group().Shown(AnEvent.Minimal(), interrupted: true), "telegram-others.txt");

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => Html(Group().Bodies(Attacks.In(attack)).Single()).Split('\n')[1].Replace("\u200B", "{ZWSP}", StringComparison.Ordinal)), "telegram-attacks.txt");

    [Fact]
    public async Task Telegram_takes_every_attack_and_finds_nothing_in_it()
    {
        await using var telegram = await TelegramServer.StartAsync();
        var channel = GroupAt(telegram);

        foreach (var attack in Attacks.All) Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack)));

        Assert.All(telegram.Posts, p => AssertSafe(p.Html));
    }

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All.SelectMany(Attacks.InOthers), e => Assert.All(Group().Bodies(e), b => AssertSafe(Html(b))));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_is_harmless(string text) => Assert.All(Group().Bodies(Attacks.In(text), earlier: "-4001/1"), b => AssertSafe(Html(b)));

    [Fact]
    public async Task What_is_awkward_is_taken_all_the_same_and_uses_the_room_there_is()
    {
        await using var telegram = await TelegramServer.StartAsync();
        var channel = GroupAt(telegram);

        foreach (var @event in Awkward.Events) Assert.IsType<SendResult.Sent>(await channel.PostAsync(@event));

        Assert.InRange(telegram.Posts.Max(p => p.Text.Length), 4_000, 4_096);
    }

    [Fact]
    public async Task A_story_answers_its_first_post_over_a_restart()
    {
        await using var telegram = await TelegramServer.StartAsync();

        await Awkward.TellAStoryAsync(GroupAt(telegram));

        Assert.Equal([null, 1, 1, 1], telegram.Posts.Select(p => p.Root));
        Assert.Equal(["withdrawn", "update", "merged", "withdrawn"], telegram.Posts.Select(p => p.Text.Split(' ', '\n')[1]));
    }

    [Fact]
    public async Task As_an_edit_the_first_post_says_what_is_known_now_however_often_it_is_edited()
    {
        await using var telegram = await TelegramServer.StartAsync();
        var channel = GroupAt(telegram, UpdateStyle.Edit);

        await Awkward.TellAStoryAsync(channel);
        var again = Assert.IsType<SendResult.Sent>(await channel.PostAsync(Samples.All[EventTypes.IncidentRetracted], "-4001/1", interrupted: true));

        Assert.Equal("withdrawn", Assert.Single(telegram.Posts).Text.Split(' ')[1]);
        Assert.Equal(("-4001/1", false), (again.Reference, again.PossiblyRepeated));
    }

    [Theory]
    [InlineData(UpdateStyle.Thread)]
    [InlineData(UpdateStyle.Edit)]
    public async Task Where_the_first_post_was_deleted_the_update_is_a_new_one(UpdateStyle style)
    {
        await using var telegram = await TelegramServer.StartAsync();
        var channel = GroupAt(telegram, style);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        telegram.Clear();

        Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));

        Assert.Null(Assert.Single(telegram.Posts).Root);
    }

    [Fact]
    public async Task A_group_that_becomes_a_supergroup_is_followed_and_nothing_is_lost()
    {
        await using var telegram = await TelegramServer.StartAsync();
        var channel = GroupAt(telegram);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected())).Reference;
        telegram.IsUpgraded = true;

        var moved = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Updated(), first));
        var sent = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first));

        Assert.Equal((false, $"the group became a supergroup; posts go there from now on. Put its id {TelegramServer.Supergroup} into Chat."), (moved.PerhapsSent, moved.Why));
        Assert.Equal($"{TelegramServer.Supergroup}/2", sent.Reference);
        Assert.Equal([TelegramServer.Group, TelegramServer.Supergroup], telegram.Posts.Select(p => p.Chat));
    }

    [Fact]
    public async Task A_topic_gets_all_posts_and_a_preview_shows_the_report_only()
    {
        await using var telegram = await TelegramServer.StartAsync();
        var options = Options(telegram);
        (options.Thread, options.LinkPreview) = (TelegramServer.Topic, true);
        var channel = AChannel.Of(options, new NoWaiting());

        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected())).Reference;
        await channel.PostAsync(AnEvent.Updated(), first);

        Assert.Equal([7, 7], telegram.Posts.Select(p => p.Thread));
        Assert.Equal([AnEvent.Detected().Article.Link, AnEvent.Updated().Article.Link], telegram.Posts.Select(p => p.Preview));
    }

    [Theory]
    [InlineData("110201543:AAold", TelegramServer.Group, null, "HTTP 401: Unauthorized. The bot's token is wrong or was revoked; BotFather gives a new one.")]
    [InlineData(TelegramServer.Token, "-4002", null, "HTTP 400: Bad Request: chat not found.")]
    [InlineData(TelegramServer.Token, TelegramServer.Group, "8", "HTTP 400: Bad Request: message thread not found.")]
    public async Task A_wrong_setting_is_told_once(string token, string chat, string? thread, string said)
    {
        await using var telegram = await TelegramServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "telegram", Url = telegram.Chat.Address.AbsoluteUri, Token = token, Chat = chat, Thread = thread });

        Assert.Equal(said, await Awkward.FaultAsync(channel));
        Assert.Single(telegram.Chat.Requests);
    }

    [Theory]
    [InlineData(403, "Forbidden: bot was kicked from the supergroup chat", typeof(SendResult.Broken))]
    [InlineData(400, "Bad Request: not enough rights to send text messages to the chat", typeof(SendResult.Broken))]
    [InlineData(400, "Bad Request: TOPIC_CLOSED", typeof(SendResult.Broken))]
    [InlineData(400, "Bad Request: can't parse entities", typeof(SendResult.Refused))]
    [InlineData(500, "Internal Server Error", typeof(SendResult.RetryLater))]
    public async Task An_error_is_understood(int status, string description, Type result)
    {
        await using var telegram = await TelegramServer.StartAsync();
        telegram.Chat.Next(Answer.Json(new { ok = false, error_code = status, description }, status));

        Assert.IsType(result, await GroupAt(telegram).PostAsync(AnEvent.Detected()));
    }

    [Fact]
    public async Task It_waits_as_long_as_Telegram_asks()
    {
        await using var telegram = await TelegramServer.StartAsync();
        telegram.Chat.Next(Answer.Json(new { ok = false, error_code = 429, description = "Too Many Requests: retry after 43", parameters = new { retry_after = 43 } }, 429));

        var later = Assert.IsType<SendResult.RetryLater>(await GroupAt(telegram).PostAsync(AnEvent.Detected()));

        Assert.Equal((TimeSpan.FromSeconds(43), false), (later.After, later.PerhapsSent));
    }

    [Fact]
    public async Task One_goes_each_second_and_twenty_each_minute()
    {
        await using var telegram = await TelegramServer.StartAsync();
        var time = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(Options(telegram), time);
        var waits = new List<double>();
        for (var i = 0; i < 21; i++)
        {
            var (ready, waited) = (channel.ReadyAsync(TestContext.Current.CancellationToken), 0);
            for (; !ready.IsCompleted; waited++, await Task.Yield()) time.Advance(TimeSpan.FromSeconds(1));
            await ready;
            waits.Add(waited);
            await channel.PostAsync(AnEvent.Detected());
        }

        Assert.Equal([0, .. Enumerable.Repeat(1d, 19), 41], waits);
    }

    [Fact]
    public async Task The_token_in_the_address_is_in_nothing_that_is_said()
    {
        var telegram = await TelegramServer.StartAsync();
        var channel = GroupAt(telegram);
        telegram.Chat.Next(new Answer(400, $"no such path: /bot{TelegramServer.Token}/sendMessage"), Answer.Cut);

        var refused = Assert.IsType<SendResult.Refused>(await channel.PostAsync(AnEvent.Detected()));
        var cut = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Detected()));
        await telegram.DisposeAsync();
        var unreachable = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Detected()));

        Assert.Equal("HTTP 400: no such path: /bot***/sendMessage.", refused.Why);
        Assert.All([cut.Why, unreachable.Why], why => Assert.DoesNotContain(TelegramServer.Token.Split(':')[1], why, StringComparison.Ordinal));
    }

    private static IChatChannel Group() => AChannel.Of(new ChannelOptions { Type = "telegram", Token = TelegramServer.Token, Chat = TelegramServer.Group });

    private static IChatChannel GroupAt(TelegramServer telegram, UpdateStyle style = UpdateStyle.Auto)
    {
        var options = Options(telegram);
        options.Updates = style;
        return AChannel.Of(options, new NoWaiting());
    }

    private static ChannelOptions Options(TelegramServer telegram) => new() { Type = "telegram", Url = telegram.Chat.Address.AbsoluteUri, Token = TelegramServer.Token, Chat = TelegramServer.Group };

    private static string Html(JsonElement body) => body.GetProperty("text").GetString()!;

    private static void AssertSafe(string html)
    {
        var (text, links) = HtmlReader.Read(html);
        MarkdownReader.AssertHonest(links);
        Assert.InRange(text.Length, 1, 4_096);
        FoundInText.AssertNothing(text);
    }
}
