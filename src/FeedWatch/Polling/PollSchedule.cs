namespace FeedWatch.Polling;

/// <summary>When a feed is polled next. Pure arithmetic; who waits is elsewhere.</summary>
internal static class PollSchedule
{
    /// <summary>A poll that worked: the feed's own interval, never below the minimum, with up to 10 % more so that feeds do not march in step.</summary>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan AfterSuccess(TimeSpan? interval, PollOptions options, double jitter)
    {
        var wanted = interval is { } own && own > options.MinimumInterval ? own : options.MinimumInterval;
        return Capped(wanted * (1 + 0.1 * jitter), options);
    }

    /// <summary>A poll that failed: twice as long for every failure in a row, up to the maximum.</summary>
    /// <param name="failures">In a row, this one included; at least 1.</param>
    public static TimeSpan AfterFailure(TimeSpan? interval, int failures, PollOptions options, double jitter) =>
        Capped(AfterSuccess(interval, options, jitter) * Math.Pow(2, Math.Min(failures - 1, 16)), options);

    /// <summary>A server that throttles: as long as it says, but no longer than a day (some say 88 hours by mistake); without a word, as after a failure.</summary>
    public static TimeSpan AfterThrottling(TimeSpan? retryAfter, TimeSpan? interval, int failures, PollOptions options, double jitter)
    {
        var normal = AfterFailure(interval, failures, options, jitter);
        if (retryAfter is not { } asked) return normal;
        var bound = asked < MostRetryAfter ? asked : MostRetryAfter;
        return bound > normal ? bound + TimeSpan.FromSeconds(5 * jitter) : normal;
    }

    public static TimeSpan MostRetryAfter { get; } = TimeSpan.FromHours(24);

    private static TimeSpan Capped(TimeSpan wanted, PollOptions options) => wanted < options.MaximumInterval ? wanted : options.MaximumInterval;
}
