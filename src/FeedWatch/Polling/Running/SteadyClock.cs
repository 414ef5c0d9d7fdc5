namespace FeedWatch.Polling.Running;

/// <summary>
/// The clock as it was at start, and from there on by a counter that nobody sets. For Quartz, whose triggers are times of the clock:
/// where that goes back by an hour they would all fire an hour late. When a feed is due is not asked of this clock.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset start = clock.GetUtcNow();
    private readonly long began = clock.GetTimestamp();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => start + clock.GetElapsedTime(began);

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
