using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Incidents.Telling;
using FeedWatch.Polling.Digests;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Polling;

/// <summary>What happened in a day or a week, told in one message; over the whole service, which starts at noon on a Tuesday, UTC.</summary>
public class DigestTests
{
    private static readonly (string, string) Daily = ("Alerts:Digests:0:At", "07:00");

    [Fact]
    public async Task A_digest_holds_what_was_new_its_facts_and_how_many_outlets_more_told_it()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)), "/one");
        await using var watch = await Watch.OverAsync([feeds.At("/one"), feeds.At("/two")], Daily);
        feeds.Serve(AFeed.With(), "/two");
        await TellAsync(watch);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 45, link: "https://post.example/1", published: Watch.Start)), "/two");
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromMinutes(10));

        await PassAsync(watch, TimeSpan.FromHours(19));

        var digest = Assert.Single(Digests(watch));
        var incident = Assert.Single(digest.Incidents);
        Assert.Equal((Moment("2026-11-24T07:00Z"), Moment("2026-11-25T07:00Z"), "daily", Severity.Breaking), (digest.From, digest.To, digest.Name, digest.Severity));
        Assert.Equal((true, false, 2, 2, 2), (incident.New, incident.Retracted, incident.Articles, incident.Outlets, incident.MoreOutlets));
        Assert.Equal(45, incident.Figures.Single(f => f.Kind == "arrests").Value);
        Assert.Equal((38m, 45m), incident.Changes.Where(c => c.Figure?.Kind == "arrests").Select(c => (c.Before!.Value, c.Figure!.Value)).Single());
        Assert.Equal((2, 0, 2, 2), (digest.Coverage.Feeds, digest.Coverage.Failing, digest.Coverage.Articles, digest.Coverage.Matched));
    }

    [Fact]
    public async Task Coverage_without_news_is_told_in_the_digest_and_nowhere_else()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)), "/one");
        feeds.Serve(AFeed.With(), "/two");
        await using var watch = await Watch.OverAsync([feeds.At("/one"), feeds.At("/two")], Daily);
        await TellAsync(watch);
        await watch.PollAsync();
        await PassAsync(watch, TimeSpan.FromDays(1));
        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 38, link: "https://post.example/1", published: Watch.Start)), "/two");
        await watch.PollAsync();
        var alerts = watch.Alerts.Count;

        await PassAsync(watch, TimeSpan.FromDays(1));

        var incident = Assert.Single(Digests(watch)[^1].Incidents);
        Assert.Equal((1, 2), (alerts, Digests(watch).Count));
        Assert.Equal((false, 1, 1, 1), (incident.New, incident.Articles, incident.Outlets, incident.MoreOutlets));
        Assert.Empty(incident.Changes);
    }

    [Fact]
    public async Task The_outlet_of_an_explainer_counts_where_there_is_news_beside_it()
    {
        var explainer = AFeed.Item("How EncroChat worked", "https://post.example/how", "The phones of EncroChat had no camera. What the encrypted handsets cost, and who sold them.", Watch.Start);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)), "/one");
        feeds.Serve(AFeed.With(explainer), "/two");
        await using var watch = await Watch.OverAsync([feeds.At("/one"), feeds.At("/two")], Daily);
        await TellAsync(watch);
        await watch.PollAsync();

        await PassAsync(watch, TimeSpan.FromDays(1));

        var incident = Assert.Single(Assert.Single(Digests(watch)).Incidents);
        Assert.Equal((2, 2, 2), (incident.Articles, incident.Outlets, incident.MoreOutlets));
    }

    [Fact]
    public async Task A_day_without_news_is_told_only_to_those_who_want_it()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With());
        await using var watch = await Watch.OverAsync(feeds, Daily, ("Alerts:Digests:1:Name", "always"), ("Alerts:Digests:1:WhenEmpty", "true"));
        await TellAsync(watch);

        await PassAsync(watch, TimeSpan.FromDays(1));

        Assert.Equal("always", Assert.Single(Digests(watch)).Name);
    }

    [Fact]
    public async Task Days_that_were_missed_are_told_once_in_one()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds, Daily);
        await TellAsync(watch);
        await watch.PollAsync();

        await PassAsync(watch, TimeSpan.FromDays(4));
        await watch.RestartAsync();
        await TellAsync(watch);
        await PassAsync(watch, TimeSpan.FromHours(1));

        var digest = Assert.Single(Digests(watch));
        Assert.Equal((Moment("2026-11-24T07:00Z"), Moment("2026-11-28T07:00Z")), (digest.From, digest.To));
    }

    [Fact]
    public async Task What_was_taken_back_is_told_as_such()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds, Daily);
        await TellAsync(watch);
        await watch.PollAsync();
        await watch.Services.GetRequiredService<Database>().WriteAsync(
            async session => await watch.Services.GetRequiredService<Outbox>().AddAsync(session, [(await Retraction.RetractAsync(session, watch.Alerts[0].IncidentId, "a hoax", watch.Time.GetUtcNow()))!]),
            TestContext.Current.CancellationToken);

        await PassAsync(watch, TimeSpan.FromDays(1));

        var digest = Assert.Single(Digests(watch));
        Assert.True(digest.Incidents.Single().Retracted);
        Assert.Equal(Severity.Info, digest.Severity);
    }

    [Fact]
    public async Task Feeds_that_fail_are_named()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/broken", 503);
        await using var watch = await Watch.OverAsync([feeds.At("/broken")], Daily, ("Alerts:Digests:0:WhenEmpty", "true"));
        await TellAsync(watch);
        await watch.PollAsync();

        await PassAsync(watch, TimeSpan.FromDays(1));

        var coverage = Digests(watch).Single().Coverage;
        Assert.Equal((1, 1), (coverage.Feeds, coverage.Failing));
        Assert.Equal(["Feed /broken"], coverage.FailingFeeds);
    }

    [Fact]
    public async Task Two_tellers_tell_a_period_once()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds, Daily);
        await TellAsync(watch);
        await watch.PollAsync();
        watch.Time.Advance(TimeSpan.FromDays(1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => watch.Services.GetRequiredService<DigestTeller>().TellDueAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)));
        await watch.PassAsync(TimeSpan.Zero);

        Assert.Single(Digests(watch));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-365)]
    public async Task A_clock_that_was_set_back_repeats_no_digest_and_silences_none_for_long(int days)
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds, Daily);
        await TellAsync(watch);
        await watch.PollAsync();
        await PassAsync(watch, TimeSpan.FromDays(1));

        watch.Time.Set(TimeSpan.FromDays(days));
        await TellAsync(watch);
        var after = Digests(watch).Count;
        feeds.Serve(AFeed.With(AFeed.Takedown("Exclu", link: "https://herald.example/exclu", published: watch.Time.GetUtcNow())));
        await watch.PollAsync();
        await PassAsync(watch, TimeSpan.FromDays(2));

        Assert.Equal((1, 2), (after, Digests(watch).Count));
    }

    [Theory]
    [InlineData("Daily", "07:00", "Europe/Amsterdam", "2026-03-29T05:30:00Z", "2026-03-29T05:00:00Z")] // the day on which an hour is skipped
    [InlineData("Daily", "07:00", "Europe/Amsterdam", "2026-03-29T04:59:00Z", "2026-03-28T06:00:00Z")]
    [InlineData("Daily", "02:30", "Europe/Amsterdam", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z")] // 02:30 is skipped
    [InlineData("Daily", "02:30", "Europe/Amsterdam", "2026-10-25T01:29:00Z", "2026-10-25T00:30:00Z")] // 02:30 comes twice, the digest once
    [InlineData("Weekly", "18:00", "W. Europe Standard Time", "2026-11-27T17:00:00Z", "2026-11-27T17:00:00Z")]
    [InlineData("Weekly", "18:00", "Europe/Amsterdam", "2026-11-27T16:59:59Z", "2026-11-20T17:00:00Z")]
    [InlineData("Daily", "00:00", "Pacific/Kiritimati", "2026-11-27T10:00:00Z", "2026-11-27T10:00:00Z")] // fourteen hours ahead
    public void A_period_ends_by_the_clocks_of_its_zone(string period, string at, string zone, string now, string end) =>
        Assert.Equal(
            Moment(end),
            new DigestOptions { Period = Enum.Parse<DigestPeriod>(period), At = at, Day = DayOfWeek.Friday, TimeZone = zone }.LastEnd(Moment(now)));

    [Fact]
    public void A_wrong_digest_stops_the_start()
    {
        var rules = new DigestRules();
        var options = new AlertOptions { Digests = { new DigestOptions { At = "7 am" }, new DigestOptions { TimeZone = "Mars/Olympus" }, new DigestOptions { Name = "The Daily" } } };

        Assert.Equal(
            [
                "Alerts:Digests:0:At '7 am' is no time of day; write for example 07:00.",
                "Alerts:Digests:1:TimeZone 'Mars/Olympus' is unknown; write for example Europe/Amsterdam.",
                "Alerts:Digests:2:Name 'The Daily' is no name; use up to 40 lower-case letters, digits and hyphens.",
                "Alerts:Digests:1:Name 'daily' is taken by Alerts:Digests:0; give each digest a name of its own.",
            ],
            rules.Validate(null, options).Failures!);
    }

    private static IReadOnlyList<Digest> Digests(Watch watch) => [.. watch.Told.OfType<Digest>()];

    private static Task PassAsync(Watch watch, TimeSpan time)
    {
        watch.Time.Advance(time);
        return TellAsync(watch);
    }

    private static async Task TellAsync(Watch watch)
    {
        await watch.Services.GetRequiredService<DigestTeller>().TellDueAsync(TestContext.Current.CancellationToken);
        await watch.PassAsync(TimeSpan.Zero);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

[Collection(PostgresTests.Name)]
public sealed class DigestOnPostgresTests(PostgresServer server) : DigestTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
