namespace FeedWatch.Chat.Delivering;

/// <summary>The sign of life of a loop that says beforehand how long it may be silent.</summary>
internal sealed class NextMove(TimeProvider time)
{
    private long due = time.GetTimestamp();

    /// <summary>How long it should have moved again, by the counter that nobody sets; zero or less while it need not have.</summary>
    public TimeSpan Overdue => time.GetElapsedTime(Volatile.Read(ref due));

    /// <summary>It moves now, and next within so long.</summary>
    public void Within(TimeSpan longest) => Volatile.Write(ref due, time.GetTimestamp() + (long)(longest.TotalSeconds * time.TimestampFrequency));
}
