using FeedWatch.Storage;

namespace FeedWatch.Sources.Planning;

/// <summary>
/// Notices when somebody sets the clock, and moves what was planned by it along: a feed that is due in ten minutes is due in ten minutes
/// after that too, neither at once nor a day later. Measured against a counter that nobody sets. A machine that slept looks the same,
/// so its feeds wait for the rest of their time after it wakes.
/// </summary>
internal sealed class ClockJumps(TimeProvider time)
{
    /// <summary>What is less is left to the intervals, which are minutes.</summary>
    private static readonly TimeSpan Smallest = TimeSpan.FromSeconds(5);

    private (DateTimeOffset Clock, long Counter) last = (time.GetUtcNow(), time.GetTimestamp());

    /// <summary>In the transaction that next looks at the plan. Call <see cref="Accept"/> when that is stored.</summary>
    public async Task<Jump> FollowAsync(Session session)
    {
        var jump = new Jump(time.GetUtcNow(), time.GetTimestamp(), last.Clock + time.GetElapsedTime(last.Counter));
        if (jump.By.Duration() < Smallest) return jump;

        var values = new { By = (long)jump.By.TotalMilliseconds, Expected = jump.Expected.ToUnixTimeMilliseconds(), Now = jump.Clock.ToUnixTimeMilliseconds() };

        // A plan by the clock (cron) keeps its hour, unless the clock came back and would make it wait for that hour a second time.
        await session.ExecuteAsync("update feeds set next_poll_at = next_poll_at + @By where next_poll_at > @Expected and (cron is null or @By < 0)", values);
        await session.ExecuteAsync("update feeds set not_before = not_before + @By where not_before > @Expected", values);
        await session.ExecuteAsync("update feeds set leased_until = leased_until + @By where leased_until > @Expected", values);
        await PastAsync(session, values);
        return jump;
    }

    /// <summary>What <see cref="FollowAsync"/> did is stored.</summary>
    public void Accept(Jump jump) => last = (jump.Clock, jump.Counter);

    /// <summary>
    /// At start, when no counter tells how far the clock went back meanwhile: what was polled in the future was polled just now, and what was
    /// planned then keeps its distance.
    /// </summary>
    public async Task CatchUpAsync(Session session)
    {
        var values = new { Now = time.GetUtcNow().ToUnixTimeMilliseconds() };
        await session.ExecuteAsync(
            """
            update feeds set not_before = @Now + not_before - (select max(other.polled_at) from feeds other where other.domain = feeds.domain)
            where not_before > @Now and (select max(other.polled_at) from feeds other where other.domain = feeds.domain) > @Now
            """,
            values);
        await session.ExecuteAsync("update feeds set next_poll_at = @Now + next_poll_at - polled_at where polled_at > @Now and next_poll_at > polled_at", values);
        await PastAsync(session, values);
    }

    private static async Task PastAsync(Session session, object values)
    {
        foreach (var column in new[] { "polled_at", "succeeded_at", "newest_at", "moved_at" })
            await session.ExecuteAsync($"update feeds set {column} = @Now where {column} > @Now", values);
    }
}

/// <param name="Clock">As it stands.</param>
/// <param name="Counter">What no one sets, at the same moment.</param>
/// <param name="Expected">Where the clock would stand had nobody set it.</param>
internal sealed record Jump(DateTimeOffset Clock, long Counter, DateTimeOffset Expected)
{
    /// <summary>Forward above zero.</summary>
    public TimeSpan By => Clock - Expected;
}
