using FeedWatch.Polling;
using FeedWatch.Sources;

namespace FeedWatch.Tests.Polling;

public sealed class PollScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero); // a Tuesday

    private static readonly PollOptions Options = new() { MinimumInterval = TimeSpan.FromMinutes(15), MaximumInterval = TimeSpan.FromHours(24) };

    private static readonly Feed AFeed = new() { Id = Guid.Empty, Url = new Uri("https://herald.example/rss"), Name = "Herald", Validators = new Validators("\"1\"", null) };

    [Fact]
    public void A_feed_is_never_polled_more_often_than_the_minimum() => Assert.Equal(15, Minutes(AFeed with { Interval = TimeSpan.FromMinutes(1) }));

    [Fact]
    public void A_feed_with_an_interval_of_its_own_keeps_it() => Assert.Equal(120, Minutes(AFeed with { Interval = TimeSpan.FromHours(2) }));

    [Fact]
    public void A_feed_without_validators_is_read_in_full_each_time_and_so_more_seldom() => Assert.Equal(60, Minutes(AFeed with { Validators = Validators.None }));

    [Theory]
    [InlineData(10, 15)] // an article every ten minutes
    [InlineData(5 * 60, 30)]
    [InlineData(7 * 24 * 60, 60)]
    public void A_feed_is_polled_by_its_own_rhythm(int rhythm, int minutes) =>
        Assert.Equal(minutes, Minutes(AFeed with { Rhythm = TimeSpan.FromMinutes(rhythm), NewestAt = Now }));

    [Fact]
    public void A_feed_that_has_fallen_silent_is_polled_more_seldom() =>
        Assert.Equal(60, Minutes(AFeed with { Rhythm = TimeSpan.FromMinutes(10), NewestAt = Now.AddDays(-3) }));

    [Fact]
    public void What_the_server_calls_fresh_is_not_asked_for_again() => Assert.Equal(90, Minutes(AFeed, freshFor: TimeSpan.FromMinutes(90)));

    [Fact]
    public void A_server_that_calls_it_fresh_for_a_month_is_not_believed() => Assert.Equal(24 * 60, Minutes(AFeed, freshFor: TimeSpan.FromDays(30)));

    [Fact]
    public void The_ttl_of_a_feed_is_a_lower_bound() => Assert.Equal(180, Minutes(AFeed with { Hints = PollHints.None with { Gap = TimeSpan.FromHours(3) } }));

    [Fact]
    public void Skipped_hours_and_days_are_skipped()
    {
        var hints = new PollHints(TimeSpan.Zero, SkipHours: 1 << 12 | 1 << 13, SkipDays: 0);

        Assert.Equal(new DateTimeOffset(2026, 11, 24, 14, 0, 0, TimeSpan.Zero), PollSchedule.AfterSuccess(AFeed with { Hints = hints }, Now, null, Options, 0));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero), PollSchedule.AfterSuccess(AFeed with { Hints = new PollHints(TimeSpan.Zero, 0, 1 << (int)DayOfWeek.Tuesday) }, Now, null, Options, 0));
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(50, 24 * 60)]
    public void Each_failure_doubles_the_wait_up_to_the_maximum(int level, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), PollSchedule.AfterFailure(AFeed, level, Options, jitter: 0));

    [Fact]
    public void A_server_that_asks_for_eighty_eight_hours_gets_a_day() =>
        Assert.Equal(TimeSpan.FromHours(24), PollSchedule.AfterThrottling(TimeSpan.FromHours(88), AFeed, 1, Options, jitter: 0));

    [Fact]
    public void A_short_retry_after_does_not_shorten_the_interval() =>
        Assert.Equal(TimeSpan.FromMinutes(15), PollSchedule.AfterThrottling(TimeSpan.FromSeconds(5), AFeed, 1, Options, jitter: 0));

    [Theory]
    [InlineData("https://news.herald.example.com/rss", "example.com")]
    [InlineData("https://www.bbc.co.uk/rss", "bbc.co.uk")]
    [InlineData("http://127.0.0.1:8800/a", "http://127.0.0.1:8800/a")]
    [InlineData("http://feeds/a", "http://feeds/a")]
    [InlineData("http://feeds.home.lan/a", "http://feeds.home.lan/a")]
    public void A_retry_after_covers_the_service_behind_a_public_name_and_only_the_feed_behind_a_private_one(string url, string scope) =>
        Assert.Equal(scope, RetryScope.Of(new Uri(url)));

    private static double Minutes(Feed feed, TimeSpan? freshFor = null) => (PollSchedule.AfterSuccess(feed, Now, freshFor, Options, jitter: 0) - Now).TotalMinutes;
}
