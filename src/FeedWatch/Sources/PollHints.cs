namespace FeedWatch.Sources;

/// <summary>What a feed itself says about how often to ask for it.</summary>
/// <param name="Gap">Least time between two polls: RSS ttl (minutes), sy:updatePeriod / sy:updateFrequency (RSS 1.0 syndication module). Zero where the feed does not say; capped at 24 h.</param>
/// <param name="SkipHours">Bit n set: not in hour n GMT (RSS 2.0 skipHours, 0-23; 24 counts as 0).</param>
/// <param name="SkipDays">Bit n set: not on that DayOfWeek (RSS 2.0 skipDays, English names).</param>
internal sealed record PollHints(TimeSpan Gap, int SkipHours, int SkipDays)
{
    public static PollHints None { get; } = new(TimeSpan.Zero, 0, 0);
}
