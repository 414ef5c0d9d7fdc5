namespace FeedWatch.Commands.Etiquette;

/// <summary>A clock that goes on when it is told to, so that three days of polling take seconds. Timeouts still run by the real one.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;
    private TimeSpan stepped;

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Goes along: a counter that stood still would look as if somebody had set the clock.</summary>
    public override long GetTimestamp() => base.GetTimestamp() + (long)(stepped.TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan step)
    {
        now += step;
        stepped += step;
    }
}
