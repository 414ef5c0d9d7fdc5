using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Chats;

public sealed class MatrixTests
{
    [Fact]
    public void A_takedown_is_a_notice() => Approved.Matches(Room().Shown(AnEvent.Detected()), "matrix-detected.txt");

    [Fact]
    public void An_update_answers_in_the_thread_and_a_withdrawal_marks_the_first_post_too() =>
        Approved.Matches(Room().Shown(AnEvent.Updated(), earlier: "$event0") + Room().Shown(Samples.All[EventTypes.IncidentRetracted], earlier: "$event0"), "matrix-updated.txt");

    [Fact]
    public void Other_events_have_their_words() =>
        Approved.Matches(string.Concat(new[] { AnEvent.Burst(), Samples.All[EventTypes.Digest], Samples.All[EventTypes.FeedFailing], AnEvent.Minimal() }.Select(e => Room().Shown(e))), "matrix-others.txt");

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => Title(Room().Bodies(Attacks.In(attack)).Single()).Replace("\u200B", "{ZWSP}", StringComparison.Ordinal)), "matrix-attacks.txt");

    [Fact]
    public async Task Matrix_takes_every_attack_and_pings_nobody()
    {
        await using var matrix = await MatrixServer.StartAsync();
        var channel = RoomAt(matrix, UpdateStyle.Edit);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected())).Reference;

        foreach (var (attack, i) in Attacks.All.Select((a, i) => (a, i)))
            Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack) with { Id = AnEvent.Id($"attack {i}") }, i % 2 == 0 ? first : null));

        Assert.Equal(Attacks.All.Count + 1, matrix.Events.Count);
        Assert.All(matrix.Events, e => AssertSafe(e.Content));
    }

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All.SelectMany(Attacks.InOthers), e => Assert.All(Room().Bodies(e), AssertSafe));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_is_harmless(string text) => Assert.All(Room().Bodies(Attacks.In(text), earlier: "$event0"), AssertSafe);

    [Fact]
    public async Task What_is_awkward_is_taken_all_the_same()
    {
        await using var matrix = await MatrixServer.StartAsync();
        var channel = RoomAt(matrix);

        foreach (var @event in Awkward.Events) Assert.IsType<SendResult.Sent>(await channel.PostAsync(@event));

        Assert.Equal(Awkward.Events.Count, matrix.Events.Count);
    }

    [Fact]
    public async Task A_story_is_told_in_one_thread_over_a_restart()
    {
        await using var matrix = await MatrixServer.StartAsync();

        await Awkward.TellAStoryAsync(RoomAt(matrix));

        Assert.Equal([null, ("m.thread", "$event0"), ("m.thread", "$event0"), ("m.replace", "$event0"), ("m.thread", "$event0")], matrix.Events.Select(e => MatrixServer.Relation(e.Content)));
        Assert.Equal(["withdrawn", "update", "merged", "withdrawn"], matrix.Shown().Select(text => text.Split('\n')[0].Split(' ')[1]));
    }

    [Fact]
    public async Task As_an_edit_the_first_post_says_what_is_known_now()
    {
        await using var matrix = await MatrixServer.StartAsync();

        await Awkward.TellAStoryAsync(RoomAt(matrix, UpdateStyle.Edit));

        Assert.Equal("withdrawn", Assert.Single(matrix.Shown()).Split('\n')[0].Split(' ')[1]);
    }

    [Fact]
    public async Task A_lost_answer_repeats_nothing()
    {
        await using var matrix = await MatrixServer.StartAsync();
        var channel = RoomAt(matrix);
        await channel.PostAsync(AnEvent.Detected());

        var again = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected(), interrupted: true));

        Assert.Equal(("$event0", false), (again.Reference, again.PossiblyRepeated));
        Assert.DoesNotContain("Possibly repeated", Assert.Single(matrix.Shown()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UpdateStyle.Thread)]
    [InlineData(UpdateStyle.Edit)]
    public async Task Where_the_first_post_is_unknown_the_update_is_a_new_one(UpdateStyle style)
    {
        await using var matrix = await MatrixServer.StartAsync();
        var channel = RoomAt(matrix, style);
        var first = Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected()));
        matrix.Clear();

        Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Updated(), first.Reference));

        Assert.Null(MatrixServer.Relation(Assert.Single(matrix.Events).Content));
    }

    [Theory]
    [InlineData("revoked", MatrixServer.Room, "HTTP 401: M_UNKNOWN_TOKEN: Unrecognised access token. Log the account in again and put its access token into Token.")]
    [InlineData(MatrixServer.Token, "!other:matrix.example", "HTTP 403: M_FORBIDDEN: User @feedwatch:matrix.example not in room !other:matrix.example. Invite the account to the room, let it join, and let it write there.")]
    public async Task A_wrong_setting_is_told_once_with_its_remedy(string token, string room, string said)
    {
        await using var matrix = await MatrixServer.StartAsync();
        var channel = AChannel.Of(new ChannelOptions { Type = "matrix", Url = matrix.Chat.Address.AbsoluteUri, Token = token, Chat = room });

        Assert.Equal(said, await Awkward.FaultAsync(channel));
        Assert.Single(matrix.Chat.Requests);
    }

    [Fact]
    public async Task Another_kind_of_server_is_not_taken_for_a_success()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200, "<html>Welcome"));
        var channel = AChannel.Of(new ChannelOptions { Type = "matrix", Url = server.Address.AbsoluteUri, Token = "x", Chat = MatrixServer.Room });

        Assert.Contains("put its client API's address into Url", Assert.IsType<SendResult.Broken>(await channel.PostAsync(AnEvent.Detected())).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":4870}""", null, 4.87)]
    [InlineData("""{"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests","retry_after_ms":4870}""", "5", 5)]
    [InlineData("""{"errcode":"M_LIMIT_EXCEEDED","error":"Too Many Requests"}""", "12", 12)]
    public async Task It_waits_as_long_as_the_server_asks(string body, string? header, double seconds)
    {
        await using var matrix = await MatrixServer.StartAsync();
        matrix.Chat.Next(new Answer(429, body, header is null ? [] : [("Retry-After", header)]));

        var later = Assert.IsType<SendResult.RetryLater>(await RoomAt(matrix).PostAsync(AnEvent.Detected()));

        Assert.Equal((TimeSpan.FromSeconds(seconds), false), (later.After, later.PerhapsSent));
    }

    [Fact]
    public async Task Ten_go_at_once_and_then_no_more_than_a_server_takes()
    {
        await using var matrix = await MatrixServer.StartAsync();
        var time = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(Options(matrix), time);
        for (var i = 0; i < 10; i++) await channel.PostAsync(AnEvent.Detected($"event {i}"));

        var ready = channel.ReadyAsync(TestContext.Current.CancellationToken);

        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(50));
        await ready;
    }

    [Fact]
    public void Whoever_wants_to_be_notified_gets_messages_in_place_of_notices()
    {
        var channel = AChannel.Of(new ChannelOptions { Type = "matrix", Url = "https://matrix.example", Token = "x", Chat = MatrixServer.Room, Notify = true });

        Assert.Equal("m.text", channel.Bodies(AnEvent.Detected()).Single().GetProperty("msgtype").GetString());
    }

    private static IChatChannel Room() => AChannel.Of(new ChannelOptions { Type = "matrix", Url = "https://matrix.example", Token = "x", Chat = MatrixServer.Room });

    private static IChatChannel RoomAt(MatrixServer matrix, UpdateStyle style = UpdateStyle.Auto)
    {
        var options = Options(matrix);
        options.Updates = style;
        return AChannel.Of(options, new NoWaiting());
    }

    private static ChannelOptions Options(MatrixServer matrix) => new() { Type = "matrix", Url = matrix.Chat.Address.AbsoluteUri, Token = MatrixServer.Token, Chat = MatrixServer.Room };

    private static string Title(JsonElement content) => content.GetProperty("formatted_body").GetString()!.Split("<br>")[1];

    private static void AssertSafe(JsonElement content)
    {
        Assert.Equal("{}", content.GetProperty("m.mentions").GetRawText());
        Assert.Equal("m.notice", content.GetProperty("msgtype").GetString());
        var (text, links) = HtmlReader.Read(content.GetProperty("formatted_body").GetString()!);
        MarkdownReader.AssertHonest(links);
        FoundInText.AssertNothing(text);
        if (content.TryGetProperty("m.new_content", out var edited)) AssertSafe(edited);
    }
}
