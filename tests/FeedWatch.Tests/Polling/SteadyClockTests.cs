using FeedWatch.Polling.Running;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Polling;

public sealed class SteadyClockTests
{
    [Theory]
    [InlineData(-1)]
    [InlineData(24)]
    public void It_goes_on_as_if_nobody_had_set_the_clock(int hours)
    {
        var clock = new SettableClock(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        var steady = new SteadyClock(clock);

        clock.Advance(TimeSpan.FromMinutes(1));
        clock.Set(TimeSpan.FromHours(hours));
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new DateTimeOffset(2026, 11, 24, 12, 2, 0, TimeSpan.Zero), steady.GetUtcNow());
    }
}
