using FeedWatch.Contracts;
using FeedWatch.Polling;
using FeedWatch.Publishing;
using FeedWatch.Sources;
using FeedWatch.Storage;
using FeedWatch.Tests.Contracts;
using FeedWatch.Tests.Publishing;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Polling;

/// <summary>Somebody sets the clock: no feed is polled early, none gets stuck, nothing is told twice.</summary>
public sealed class ClockJumpTests
{
    private static readonly string Quiet = AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1"));

    public static TheoryData<TimeSpan> Jumps => [TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-1), TimeSpan.FromDays(-3650)];

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task A_feed_keeps_its_interval_when_the_clock_is_set(TimeSpan jump)
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds);
        await PollDueAsync(watch);

        watch.Time.Set(jump);
        await PollDueAsync(watch);
        watch.Time.Advance(TimeSpan.FromMinutes(14));
        await PollDueAsync(watch);
        var early = feeds.Requests.Count;
        watch.Time.Advance(TimeSpan.FromMinutes(3));
        await PollDueAsync(watch);

        Assert.Equal((1, 2), (early, feeds.Requests.Count));
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task A_server_is_left_alone_as_long_as_it_asked_when_the_clock_is_set(TimeSpan jump)
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 429, "", ("Retry-After", "7200"));
        await using var watch = await Watch.OverAsync(feeds);
        await PollDueAsync(watch);

        watch.Time.Set(jump);
        await PollDueAsync(watch);
        watch.Time.Advance(TimeSpan.FromMinutes(119));
        await PollDueAsync(watch);
        var early = feeds.Requests.Count;
        watch.Time.Advance(TimeSpan.FromMinutes(3));
        await PollDueAsync(watch);

        Assert.Equal((1, 2), (early, feeds.Requests.Count));
    }

    [Theory]
    [InlineData(200, 14, 3)]
    [InlineData(429, 119, 3)]
    public async Task A_clock_that_was_a_day_ahead_before_the_start_holds_up_no_feed(int status, int minutesBefore, int minutesMore)
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", status, status == 200 ? Quiet : "", ("Retry-After", "7200"), ("ETag", "\"1\""));
        await using var watch = await Watch.OverAsync(feeds);
        await PollDueAsync(watch);

        watch.Time.Set(-TimeSpan.FromDays(1));
        await watch.RestartAsync();
        await watch.Services.GetRequiredService<FeedCatalog>().VoidLeasesAsync(TestContext.Current.CancellationToken);
        watch.Time.Advance(TimeSpan.FromMinutes(minutesBefore));
        await PollDueAsync(watch);
        var early = feeds.Requests.Count;
        watch.Time.Advance(TimeSpan.FromMinutes(minutesMore));
        await PollDueAsync(watch);

        Assert.Equal((1, 2), (early, feeds.Requests.Count));
    }

    [Fact]
    public async Task The_pause_between_two_polls_of_a_host_is_not_a_day_when_the_clock_goes_back_by_one()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        feeds.Serve(Quiet, "/two");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/two")], ("Polling:PerHost", "1"), ("Polling:HostSpacing", "00:00:01"));
        var polling = PollDueAsync(watch);
        await UntilAsync(() => feeds.Requests.Count == 1);

        watch.Time.Set(-TimeSpan.FromDays(1));
        await UntilAsync(() =>
        {
            watch.Time.Advance(TimeSpan.FromMilliseconds(100));
            return polling.IsCompleted;
        });

        Assert.Equal(2, feeds.Requests.Count);
        Assert.True(watch.Time.GetUtcNow() < Watch.Start);
    }

    [Fact]
    public async Task A_poll_that_broke_before_the_clock_went_back_is_made_when_its_lease_is_over()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds);
        var catalog = watch.Services.GetRequiredService<FeedCatalog>();
        await catalog.ClaimAsync(1, 1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        watch.Time.Set(-TimeSpan.FromDays(1));
        var during = await catalog.ClaimAsync(1, 1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        watch.Time.Advance(TimeSpan.FromSeconds(61));
        var after = await catalog.ClaimAsync(1, 1, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal((0, 1), (during.Count, after.Count));
    }

    [Fact]
    public async Task Nothing_is_told_again_and_an_update_is_not_held_back_when_the_clock_goes_back()
    {
        var first = AFeed.Takedown(published: Watch.Start);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(first));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 60, link: "https://herald.example/more", published: Watch.Start), first));
        await watch.PollAsync();

        watch.Time.Set(-TimeSpan.FromDays(1));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromMinutes(11));
        watch.Time.Set(TimeSpan.FromDays(2));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Equal([typeof(IncidentDetected), typeof(IncidentUpdated)], watch.Alerts.Select(a => a.GetType()));
    }

    [Fact]
    public async Task An_event_that_was_put_off_is_sent_when_the_clock_goes_back()
    {
        using var outbox = new AnOutbox { Answer = _ => new PublishException("away") };
        await outbox.AddAsync(Samples.All.Values.First());
        await outbox.RelayAsync();

        outbox.Answer = _ => null;
        outbox.Time.Set(-TimeSpan.FromDays(1));

        Assert.Equal(0, await outbox.RelayAsync());
        Assert.Single(outbox.Taken);
    }

    [Fact]
    public async Task Summer_time_begins_and_ends_without_a_poll_too_many_or_too_few()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds, ("Polling:MinimumInterval", "01:00:00"), ("Polling:MaximumInterval", "01:00:00"));
        watch.Time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        watch.Time.Advance(new DateTimeOffset(2027, 3, 27, 12, 0, 0, TimeSpan.Zero) - Watch.Start);
        await watch.PollAsync();
        var begun = feeds.Requests.Count;

        for (var hour = 0; hour < 24; hour++)
        {
            watch.Time.Advance(TimeSpan.FromHours(1));
            await PollDueAsync(watch);
        }

        Assert.Equal(24, feeds.Requests.Count - begun);
    }

    private static Task<int> PollDueAsync(Watch watch) => watch.Services.GetRequiredService<PollDispatcher>().PollDueAsync(TestContext.Current.CancellationToken);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
