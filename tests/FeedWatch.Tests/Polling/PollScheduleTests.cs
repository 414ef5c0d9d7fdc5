using FeedWatch.Polling;

namespace FeedWatch.Tests.Polling;

public sealed class PollScheduleTests
{
    private static readonly PollOptions Options = new() { MinimumInterval = TimeSpan.FromMinutes(15), MaximumInterval = TimeSpan.FromHours(24) };

    [Fact]
    public void A_feed_is_never_polled_more_often_than_the_minimum() =>
        Assert.Equal(TimeSpan.FromMinutes(15), PollSchedule.AfterSuccess(TimeSpan.FromMinutes(1), Options, jitter: 0));

    [Fact]
    public void A_feed_with_an_interval_of_its_own_keeps_it() =>
        Assert.Equal(TimeSpan.FromHours(2), PollSchedule.AfterSuccess(TimeSpan.FromHours(2), Options, jitter: 0));

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(50, 24 * 60)]
    public void Each_failure_doubles_the_wait_up_to_the_maximum(int failures, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), PollSchedule.AfterFailure(null, failures, Options, jitter: 0));

    [Fact]
    public void A_server_that_asks_for_eighty_eight_hours_gets_a_day() =>
        Assert.Equal(TimeSpan.FromHours(24), PollSchedule.AfterThrottling(TimeSpan.FromHours(88), null, 1, Options, jitter: 0));

    [Fact]
    public void A_short_retry_after_does_not_shorten_the_interval() =>
        Assert.Equal(TimeSpan.FromMinutes(15), PollSchedule.AfterThrottling(TimeSpan.FromSeconds(5), null, 1, Options, jitter: 0));
}
