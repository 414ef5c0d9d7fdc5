using Microsoft.Extensions.Time.Testing;

namespace FeedWatch.Tests.Testing;

/// <summary>A clock that stands still until it is advanced, and that can be set as an operator sets one: the counter behind it goes on, which FakeTimeProvider would set too.</summary>
internal sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private TimeSpan wrongBy;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + wrongBy;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public void Set(TimeSpan by) => wrongBy += by;
}
