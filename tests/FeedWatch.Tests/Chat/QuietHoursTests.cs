using System.Globalization;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Holding;
using FeedWatch.Chat.Routing;
using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Chat;

/// <summary>Hours in which a channel is left alone, over a real ledger and a clock that the test sets.</summary>
public class QuietHoursTests
{
    private static readonly IncidentDetected Minor = AnEvent.Detected() with { Severity = Severity.Minor };

    [Theory]
    [InlineData("Europe/Amsterdam", "2026-07-01T20:59:59Z", null)]
    [InlineData("Europe/Amsterdam", "2026-07-01T21:00:00Z", "2026-07-02T05:00:00Z")]
    [InlineData("W. Europe Standard Time", "2026-07-02T04:59:59Z", "2026-07-02T05:00:00Z")] // Windows' name for a zone with the same clocks
    [InlineData("Europe/Amsterdam", "2026-07-02T05:00:00Z", null)]
    [InlineData("Europe/Amsterdam", "2026-01-01T21:30:00Z", null)] // winter: an hour later
    [InlineData("Europe/Amsterdam", "2026-01-01T22:00:00Z", "2026-01-02T06:00:00Z")]
    [InlineData("Europe/Amsterdam", "2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z")] // the night in which an hour is skipped
    [InlineData("Europe/Amsterdam", "2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z")] // the night in which one comes twice
    [InlineData("Pacific/Auckland", "2026-12-01T10:00:00Z", "2026-12-01T18:00:00Z")]
    [InlineData("America/St_Johns", "2026-12-01T02:29:59Z", null)] // three and a half hours behind
    [InlineData("America/St_Johns", "2026-12-01T02:30:00Z", "2026-12-01T10:30:00Z")]
    public void They_go_by_the_clocks_of_their_zone(string zone, string now, string? end) =>
        Assert.Equal(end is null ? null : Moment(end), Hours("23:00", "07:00", zone).EndAt(Moment(now)));

    [Theory]
    [InlineData("02:30", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z")] // 02:30 is skipped: they end as the clocks jump to 03:00
    [InlineData("02:30", "2026-03-29T01:00:00Z", null)]
    [InlineData("02:30", "2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z")] // 02:45, to come again: they end the second time that it is 02:30
    [InlineData("02:30", "2026-10-25T01:29:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("02:30", "2026-10-25T01:30:00Z", null)]
    public void An_end_that_the_clocks_skip_or_show_twice_is_one_moment(string to, string now, string? end) =>
        Assert.Equal(end is null ? null : Moment(end), Hours("23:00", to, "Europe/Amsterdam").EndAt(Moment(now)));

    [Theory]
    [InlineData("12:00", "14:00", "2026-07-01T12:30:00Z", "2026-07-01T14:00:00Z")]
    [InlineData("12:00", "14:00", "2026-07-01T15:00:00Z", null)]
    [InlineData("00:00", "08:00", "2026-07-01T00:00:00Z", "2026-07-01T08:00:00Z")]
    [InlineData("18:00", "00:00", "2026-07-01T23:59:00Z", "2026-07-02T00:00:00Z")]
    public void They_may_lie_within_a_day(string from, string to, string now, string? end) =>
        Assert.Equal(end is null ? null : Moment(end), Hours(from, to, "UTC").EndAt(Moment(now)));

    [Fact]
    public async Task What_comes_meanwhile_is_posted_in_order_when_they_end()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel);
        await room.StartAsync();

        await room.RecordAsync(Minor, AnEvent.Minimal(), AnEvent.Matched());
        var during = await room.WhenIdleAsync();
        var sent = channel.Sent.Count;
        await PassNightAsync(room);

        Assert.Equal((0, 0), (sent, during.Waiting));
        Assert.Equal([Minor.Id, AnEvent.Minimal().Id, AnEvent.Matched().Id], channel.Sent.Select(d => d.Event.Id));
    }

    [Fact]
    public async Task What_waits_survives_a_restart()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel);
        await room.StartAsync();
        await room.RecordAsync(Minor);

        await room.RestartAsync();
        await room.WhenIdleAsync();
        var sent = channel.Sent.Count;
        await PassNightAsync(room);

        Assert.Equal((0, 1), (sent, channel.Sent.Count));
    }

    [Fact]
    public async Task What_waited_in_a_process_that_ended_is_posted_at_the_next_start_also_where_the_settings_know_no_quiet_hours_any_more()
    {
        var channel = new CollectingChannel("desk");
        var folder = Directory.CreateTempSubdirectory("feedwatch-chat-").FullName;
        using (var ledger = new DeliveryLedger(LedgerFile.Open(folder), Quiet([channel]), new SettableClock(AnEvent.Time))) await ledger.RecordAsync(Minor, TestContext.Current.CancellationToken);

        await using var room = new ChatRoom(folder, channel);
        await room.StartAsync();
        await room.WhenIdleAsync();

        Assert.Single(channel.Sent);
    }

    [Fact]
    public async Task A_clock_that_is_put_forward_or_back_holds_nothing_longer_than_the_clocks_on_the_wall_say()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel);
        await room.StartAsync();
        await room.RecordAsync(Minor);

        room.Time.Set(-TimeSpan.FromHours(3)); // by the clocks there it is 18:41 again
        await PassAsync(room, TimeSpan.FromSeconds(5));

        Assert.Single(channel.Sent);
    }

    [Fact]
    public async Task Several_updates_of_an_incident_are_one_with_all_that_changed()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel);
        room.Time.Set(-TimeSpan.FromHours(12)); // before the night
        await room.StartAsync();
        await room.RecordAsync(Minor);
        await room.WhenIdleAsync();
        room.Time.Set(TimeSpan.FromHours(12));
        await room.RecordAsync(
            Update("one", 2, Arrests(900, 800)),
            AnEvent.Minimal(),
            Update("two", 3, Arrests(1_000, 900), new Change { Kind = "country", Value = "AU" }));

        await PassNightAsync(room);

        Assert.Equal([Minor.Id, AnEvent.Minimal().Id, AnEvent.Id("two")], channel.Sent.Select(d => d.Event.Id));
        var update = Assert.IsType<IncidentUpdated>(channel.Sent[2].Event);
        Assert.Equal((800m, 1_000m), (update.Changes[0].Before, update.Changes[0].Figure!.Value));
        Assert.Equal("AU", update.Changes[1].Value);
    }

    [Fact]
    public async Task A_first_post_that_waits_takes_the_newest_facts_of_its_incident()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel);
        await room.StartAsync();
        await room.RecordAsync(Minor, AnEvent.Minimal(), Update("one", 2, Arrests(1_000, 800)) with { Figures = [AnEvent.Number("arrests", 1_000, scope: "world")] });

        await PassNightAsync(room);

        Assert.Equal([Minor.Id, AnEvent.Minimal().Id], channel.Sent.Select(d => d.Event.Id));
        Assert.Equal(1_000, Assert.IsType<IncidentDetected>(channel.Sent[0].Event).Figures.Single().Value);
    }

    [Fact]
    public async Task That_an_incident_is_breaking_passes_once_and_its_updates_wait()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel);
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected(), AnEvent.Updated());
        await room.WhenIdleAsync();
        var sent = channel.Sent.Select(d => d.Event.Id).ToList();
        await PassNightAsync(room);

        Assert.Equal([AnEvent.Detected().Id], sent);
        Assert.Equal([AnEvent.Detected().Id, AnEvent.Updated().Id], channel.Sent.Select(d => d.Event.Id));
    }

    [Fact]
    public async Task A_first_post_that_waits_comes_before_the_update_that_makes_it_breaking()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel);
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Minimal(), Minor, AnEvent.Updated());
        await room.WhenIdleAsync();

        Assert.Equal([Minor.Id, AnEvent.Updated().Id], channel.Sent.Select(d => d.Event.Id));
    }

    [Fact]
    public async Task Nothing_passes_where_the_settings_say_so()
    {
        var channel = new CollectingChannel("desk");
        await using var room = Room(channel, breakingPasses: false);
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        Assert.Empty(channel.Sent);
    }

    [Fact]
    public async Task A_channel_without_quiet_hours_is_posted_to_meanwhile()
    {
        var (desk, archive) = (new CollectingChannel("desk"), new CollectingChannel("archive"));
        await using var room = Room([desk, archive]);
        await room.StartAsync();

        await room.RecordAsync(Minor);
        await room.WhenIdleAsync();

        Assert.Equal((0, 1), (desk.Sent.Count, archive.Sent.Count));
    }

    private static ChatRoom Room(CollectingChannel channel, bool breakingPasses = true) => Room([channel], breakingPasses);

    /// <summary>The test's clock stands at 21:41:07 in the zone of the quiet hours.</summary>
    private static ChatRoom Room(IReadOnlyList<IChatChannel> channels, bool breakingPasses = true) => new(Quiet(channels, breakingPasses));

    private static Routes Quiet(IReadOnlyList<IChatChannel> channels, bool breakingPasses = true) => new(
        [new RouteOptions { Events = { "*" } }],
        channels,
        new Dictionary<string, QuietHours> { ["desk"] = Hours("21:00", "07:00", "Pacific/Auckland", breakingPasses) });

    private static Task PassNightAsync(ChatRoom room) => PassAsync(room, TimeSpan.FromHours(12));

    private static async Task PassAsync(ChatRoom room, TimeSpan time)
    {
        await room.WhenIdleAsync();
        room.Time.Advance(time);
        await room.WhenIdleAsync();
    }

    private static QuietHours Hours(string from, string to, string zone, bool breakingPasses = true) =>
        QuietHours.Of(new QuietOptions { From = from, To = to, TimeZone = zone, BreakingPasses = breakingPasses })!;

    private static IncidentUpdated Update(string name, int sequence, params Change[] changes) =>
        AnEvent.Updated() with { Id = AnEvent.Id(name), Sequence = sequence, Severity = Severity.Minor, Changes = changes };

    private static Change Arrests(decimal now, decimal before) => new() { Kind = "figure", Figure = AnEvent.Number("arrests", now, scope: "world"), Before = before };

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>The same with the ledger on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class QuietHoursOnPostgresTests(PostgresServer server) : QuietHoursTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
