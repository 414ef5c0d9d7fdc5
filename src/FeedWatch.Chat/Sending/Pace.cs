namespace FeedWatch.Chat.Sending;

/// <summary>At most so many requests in any span so long.</summary>
internal readonly record struct Limit(int Most, TimeSpan Per);

/// <summary>
/// When a channel may send next. Pure arithmetic on a clock that only goes forward; the start is any moment.
/// </summary>
internal sealed class Pace(IReadOnlyList<Limit> limits)
{
    private readonly Queue<TimeSpan> sent = new();
    private readonly int remembered = limits.Count == 0 ? 0 : limits.Max(l => l.Most);
    private TimeSpan heldUntil;

    /// <summary>How long to wait from <paramref name="now"/> on; zero where the next request may go.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        var at = heldUntil;
        foreach (var limit in limits)
        {
            if (sent.Count < limit.Most) continue;
            var free = sent.ElementAt(sent.Count - limit.Most) + limit.Per;
            if (free > at) at = free;
        }

        return at > now ? at - now : TimeSpan.Zero;
    }

    /// <summary>A request goes out now, whatever becomes of it.</summary>
    public void Sent(TimeSpan now)
    {
        if (remembered == 0) return;
        sent.Enqueue(now);
        if (sent.Count > remembered) sent.Dequeue();
    }

    /// <summary>The chat wants to be left alone that long.</summary>
    public void Hold(TimeSpan now, TimeSpan pause)
    {
        if (now + pause > heldUntil) heldUntil = now + pause;
    }
}
