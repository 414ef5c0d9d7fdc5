namespace FeedWatch.Chat.Delivering;

/// <summary>How long to leave a channel alone after a failed try: 1 s, then twice as long each time, at most 30 min.</summary>
internal static class RetryDelay
{
    /// <summary>Then a delivery is given up. With the delays below that is after about five hours.</summary>
    public const int MostTries = 20;

    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>A chat that asks for more is given it, up to this; what asks for more is broken.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <param name="tries">How often it was tried, from 1.</param>
    /// <param name="asked">What the chat asked for, if it did.</param>
    public static TimeSpan After(int tries, TimeSpan? asked)
    {
        var doublings = Math.Clamp(tries - 1, 0, 20);
        var own = TimeSpan.FromTicks(Math.Min(First.Ticks << doublings, Longest.Ticks));
        return asked is { } wish && wish > own ? TimeSpan.FromTicks(Math.Min(wish.Ticks, LongestAsked.Ticks)) : own;
    }
}
