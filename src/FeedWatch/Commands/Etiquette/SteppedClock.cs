namespace FeedWatch.Commands.Etiquette;

/// <summary>A clock that goes on when it is told to, so that three days of polling take seconds. Timeouts still run by the real one.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan step) => now += step;
}
