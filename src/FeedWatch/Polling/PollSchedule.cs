using FeedWatch.Sources;

namespace FeedWatch.Polling;

/// <summary>When a feed is polled next. Pure arithmetic; who waits is elsewhere.</summary>
internal static class PollSchedule
{
    /// <summary>Nothing a server or a feed says keeps us away longer: some say 88 hours by mistake.</summary>
    public static TimeSpan MostAskedFor { get; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Below this minimum the operator polls servers of his own, faster than any publisher would bear: what the feed itself says
    /// (ttl, sy:updatePeriod, skipHours) then does not bind. What the server says with an answer always does.
    /// </summary>
    public static TimeSpan OwnServers { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A feed is asked about ten times for each new article, and no more seldom than at four times the minimum.</summary>
    private const double PollsPerArticle = 10;
    private const int SlowestFactor = 4;

    /// <summary>Four times the minimum where an unchanged feed cannot be told from a changed one without reading it all.</summary>
    private const int WithoutValidatorsFactor = 4;

    /// <summary>After a poll that worked.</summary>
    /// <param name="freshFor">How long the server calls its answer fresh.</param>
    /// <param name="jitter">0 to 1; up to 10 % later, so that feeds do not march in step.</param>
    public static DateTimeOffset AfterSuccess(Feed feed, DateTimeOffset now, TimeSpan? freshFor, PollOptions options, double jitter)
    {
        var wait = Capped(Interval(feed, now, options) * (1 + 0.1 * jitter), options);
        if (freshFor is { } fresh) wait = Longer(wait, Shorter(fresh, MostAskedFor));
        if (options.MinimumInterval < OwnServers) return now + wait;
        return Allowed(now + Longer(wait, Shorter(feed.Hints.Gap, MostAskedFor)), feed.Hints);
    }

    /// <summary>After a poll that failed: twice as long for every step of the ladder, up to the maximum.</summary>
    /// <param name="level">1 at the first failure.</param>
    public static TimeSpan AfterFailure(Feed feed, int level, PollOptions options, double jitter)
    {
        var start = feed.Interval is { } own ? Longer(own, options.MinimumInterval) : options.MinimumInterval;
        return Capped(start * (1 + 0.1 * jitter) * Math.Pow(2, Math.Clamp(level - 1, 0, 16)), options);
    }

    /// <summary>After a server that throttles: as long as it says, at most a day, and a little more; without a word, as after a failure.</summary>
    public static TimeSpan AfterThrottling(TimeSpan? retryAfter, Feed feed, int level, PollOptions options, double jitter)
    {
        var normal = AfterFailure(feed, level, options, jitter);
        return retryAfter is { } asked ? Longer(Shorter(asked, MostAskedFor) + TimeSpan.FromSeconds(5 * jitter), normal) : normal;
    }

    private static TimeSpan Interval(Feed feed, DateTimeOffset now, PollOptions options)
    {
        if (feed.Interval is { } own) return Longer(own, options.MinimumInterval);

        var floor = feed.Validators.Any ? options.MinimumInterval : options.MinimumInterval * WithoutValidatorsFactor;
        if (feed.Rhythm is not { } rhythm) return floor;
        if (feed.NewestAt is { } newest && now - newest > rhythm) rhythm = now - newest; // it has fallen silent
        return Longer(floor, Shorter(rhythm / PollsPerArticle, options.MinimumInterval * SlowestFactor));
    }

    // The first time that is in none of the hours and days that the feed asks us to skip.
    private static DateTimeOffset Allowed(DateTimeOffset wanted, PollHints hints)
    {
        if (hints.SkipHours == 0 && hints.SkipDays == 0) return wanted;
        for (var tries = 0; tries < 7 * 24; tries++)
        {
            if ((hints.SkipHours >> wanted.Hour & 1) == 0 && (hints.SkipDays >> (int)wanted.DayOfWeek & 1) == 0) return wanted;
            wanted = wanted.AddHours(1).AddTicks(-(wanted.Ticks % TimeSpan.TicksPerHour));
        }

        return wanted;
    }

    private static TimeSpan Capped(TimeSpan wanted, PollOptions options) => Shorter(wanted, options.MaximumInterval);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
