using System.Text;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Testing;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Chats;

public sealed class TeamsTests
{
    [Fact]
    public void A_takedown_is_a_card() => Approved.Matches(Workflow().Shown(AnEvent.Detected()), "teams-detected.txt");

    [Fact]
    public void An_update_is_a_card_that_says_so() => Approved.Matches(Workflow().Shown(AnEvent.Updated()), "teams-updated.txt");

    [Fact]
    public void Other_events_have_their_words() =>
        Approved.Matches(string.Concat(new[] { AnEvent.Burst(), Samples.All[EventTypes.Digest], Samples.All[EventTypes.FeedFailing] }.Select(e => Workflow().Shown(e))) + Workflow().Shown(AnEvent.Minimal(), interrupted: true), "teams-others.txt");

    [Fact]
    public void Attacks_are_shown_as_the_words_that_they_are() =>
        Approved.Matches(Attacks.Shown(attack => TitleOf(Card(Workflow().Bodies(Attacks.In(attack)).Single())).Replace("\u200B", "{ZWSP}", StringComparison.Ordinal)), "teams-attacks.txt");

    [Fact]
    public async Task Teams_takes_every_attack_and_mentions_nobody()
    {
        await using var teams = await TeamsServer.StartAsync();
        var channel = WorkflowAt(teams);

        foreach (var attack in Attacks.All) Assert.IsType<SendResult.Sent>(await channel.PostAsync(Attacks.In(attack)));

        Assert.Equal(Attacks.All.Count, teams.Cards.Count);
        Assert.All(teams.Cards, AssertSafe);
    }

    [Fact]
    public void Nothing_gets_through_in_any_other_kind_of_event() =>
        Assert.All(Attacks.All.SelectMany(Attacks.InOthers), e => AssertSafe(Card(Workflow().Bodies(e).Single())));

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void Whatever_a_feed_says_is_harmless(string text) => AssertSafe(Card(Workflow().Bodies(Attacks.In(text)).Single()));

    [Fact]
    public async Task What_is_awkward_is_taken_all_the_same_and_within_what_Teams_takes_in_practice()
    {
        await using var teams = await TeamsServer.StartAsync();
        var channel = WorkflowAt(teams);

        foreach (var @event in Awkward.Events) Assert.IsType<SendResult.Sent>(await channel.PostAsync(@event));

        Assert.InRange(teams.Chat.Requests.Max(r => Encoding.UTF8.GetByteCount(r.Body)), 15_000, 20_999);
    }

    [Fact]
    public async Task A_story_is_four_cards_over_a_restart_each_of_which_says_what_it_is()
    {
        await using var teams = await TeamsServer.StartAsync();

        await Awkward.TellAStoryAsync(WorkflowAt(teams));

        Assert.Equal([" takedown · ANOM", " update · ANOM", " merged · ANOM", " withdrawn · ANOM"], teams.Cards.Select(c => TeamsServer.Runs(c).ElementAt(1).GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("workflows/gone/", "HTTP 404: The workflow could not be found.")]
    [InlineData("workflows/abc/triggers/manual/paths/invoke?sig=wrong", "HTTP 401: The request must be authenticated only by Shared Access scheme.")]
    public async Task A_deleted_workflow_or_a_wrong_signature_is_told_once(string path, string said)
    {
        await using var teams = await TeamsServer.StartAsync();

        Assert.Equal(said, await Awkward.FaultAsync(AChannel.Of(new ChannelOptions { Type = "teams", Url = new Uri(teams.Chat.Address, path).AbsoluteUri })));
        Assert.Single(teams.Chat.Requests);
    }

    [Theory]
    [InlineData(400, "WorkflowTriggerIsNotEnabled", typeof(SendResult.Broken))]
    [InlineData(413, "RequestEntityTooLarge", typeof(SendResult.Refused))]
    [InlineData(502, "NoResponse", typeof(SendResult.RetryLater))]
    public async Task An_error_is_understood(int status, string code, Type result)
    {
        await using var teams = await TeamsServer.StartAsync();
        teams.Chat.Next(Answer.Json(new { error = new { code, message = "because" } }, status));

        Assert.IsType(result, await WorkflowAt(teams).PostAsync(AnEvent.Detected()));
    }

    [Fact]
    public async Task It_waits_as_long_as_the_workflow_asks()
    {
        await using var teams = await TeamsServer.StartAsync();
        teams.Chat.Next(Answer.Json(new { error = new { code = "WorkflowTriggerRequestsThrottled", message = "Rate limit is exceeded." } }, 429, ("Retry-After", "17")));

        Assert.Equal(TimeSpan.FromSeconds(17), Assert.IsType<SendResult.RetryLater>(await WorkflowAt(teams).PostAsync(AnEvent.Detected())).After);
    }

    [Fact]
    public async Task Four_go_each_second()
    {
        await using var teams = await TeamsServer.StartAsync();
        var time = new SettableClock(AnEvent.Time);
        var channel = AChannel.Of(new ChannelOptions { Type = "teams", Url = teams.Url }, time);
        for (var i = 0; i < 4; i++) await channel.PostAsync(AnEvent.Detected());

        var ready = channel.ReadyAsync(TestContext.Current.CancellationToken);

        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await ready;
    }

    [Fact]
    public async Task The_signature_in_the_address_is_in_nothing_that_is_said()
    {
        await using var teams = await TeamsServer.StartAsync();
        teams.Chat.Next(new Answer(400, "no workflow at ?sig=s-e-c-r-e-t"));

        Assert.Equal("HTTP 400: no workflow at ?sig=***.", Assert.IsType<SendResult.Refused>(await WorkflowAt(teams).PostAsync(AnEvent.Detected())).Why);
    }

    private static IChatChannel Workflow() => AChannel.Of(new ChannelOptions { Type = "teams", Url = "https://example.logic.azure.com/workflows/1?sig=x" });

    private static IChatChannel WorkflowAt(TeamsServer teams) => AChannel.Of(new ChannelOptions { Type = "teams", Url = teams.Url }, new NoWaiting());

    private static JsonElement Card(JsonElement message) => message.GetProperty("attachments")[0].GetProperty("content");

    private static string TitleOf(JsonElement card) => TeamsServer.Runs(card).First(r => r.TryGetProperty("size", out _)).GetProperty("text").GetString()!;

    private static void AssertSafe(JsonElement card)
    {
        TeamsServer.Check(card);
        Assert.Equal("""{"width":"Full"}""", card.GetProperty("msteams").GetRawText()); // no entities: nobody is mentioned
        foreach (var run in TeamsServer.Runs(card))
        {
            var text = run.GetProperty("text").GetString()!;
            FoundInText.AssertNothing(text);
            Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
            if (run.TryGetProperty("selectAction", out var open)) MarkdownReader.AssertHonest([(text, open.GetProperty("url").GetString()!)]);
        }

        if (card.TryGetProperty("actions", out var actions)) MarkdownReader.AssertHonest(actions.EnumerateArray().Select(a => (a.GetProperty("title").GetString()!, a.GetProperty("url").GetString()!)));
    }
}
