using FeedWatch.Fetching;
using FeedWatch.Sources;
using Microsoft.Extensions.Options;
using Quartz;

namespace FeedWatch.Polling;

/// <summary>Turns the end of a poll into what the catalog writes down: state, validators and the time of the next poll.</summary>
internal sealed class PollClock(IOptions<PollOptions> options, TimeProvider time)
{
    /// <summary>A permanent redirect is believed when it was seen so often, a day or more apart: captive portals answer 301 as well.</summary>
    public const int ProofsOfMove = 3;

    private const double NewestShare = 0.3; // of the smoothed rhythm
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenProofs = TimeSpan.FromHours(24);

    private readonly PollOptions options = options.Value;

    /// <summary>Nothing has changed.</summary>
    public PollRecord Unchanged(Feed feed, FetchResult.NotModified answer) =>
        Succeeded(feed with { Validators = answer.Validators }, answer.Freshness);

    /// <summary>The feed was read.</summary>
    /// <param name="fresh">How many articles were new.</param>
    public PollRecord Read(Feed feed, FetchResult.Fetched answer, int fresh, IReadOnlyList<string> repairs, PollHints hints)
    {
        var now = time.GetUtcNow();
        var read = feed with { Validators = answer.Validators, Hints = hints };
        if (fresh > 0) read = read with { Rhythm = Rhythm(feed, fresh, now), NewestAt = now };
        return Succeeded(read, answer.Freshness) with { Repairs = string.Join('\n', repairs), NewArticles = fresh };
    }

    /// <param name="status">What the server answered; null where there was no answer.</param>
    public PollRecord Failed(Feed feed, string why, int? status = null)
    {
        var now = time.GetUtcNow();
        var level = feed.Level + 1;
        return Record(feed, now, now + PollSchedule.AfterFailure(feed, level, options, Jitter())) with { Failures = feed.Failures + 1, Level = level, Failure = why, HttpStatus = status };
    }

    /// <summary>This machine could not ask; that is no failure of the feed.</summary>
    public PollRecord NotAsked(Feed feed, string why)
    {
        var now = time.GetUtcNow();
        return Record(feed, now, now + SoonAgain) with { Failures = feed.Failures, Level = feed.Level, Failure = why, Unasked = true };
    }

    public PollRecord Throttled(Feed feed, FetchResult.Throttled throttled)
    {
        var now = time.GetUtcNow();
        var level = feed.Level + 1;
        var asked = throttled.Until - now;
        return Record(feed, now, now + PollSchedule.AfterThrottling(asked, feed, level, options, Jitter())) with
        {
            Failures = feed.Failures + 1,
            Level = level,
            Failure = throttled.Why,
            HttpStatus = throttled.Status,
            NotBefore = asked is { } wait ? now + (wait < PollSchedule.MostAskedFor ? wait : PollSchedule.MostAskedFor) : null,
        };
    }

    public PollRecord Gone(Feed feed) => Failed(feed, "it answered 410 Gone", 410) with { Gone = true };

    private PollRecord Succeeded(Feed feed, Freshness freshness)
    {
        var now = time.GetUtcNow();
        var next = feed.Cron is { } cron ? Cron(cron, now) : PollSchedule.AfterSuccess(feed, now, freshness.For, options, Jitter());
        return Record(feed, now, next) with { Level = Math.Max(0, feed.Level - 1), Move = Moved(feed.Move, freshness.MovedTo, now) };
    }

    private static PollRecord Record(Feed feed, DateTimeOffset now, DateTimeOffset next) => new()
    {
        PolledAt = now,
        NextPollAt = next,
        Validators = feed.Validators,
        Rhythm = feed.Rhythm,
        NewestAt = feed.NewestAt,
        Hints = feed.Hints,
        Move = feed.Move,
    };

    private DateTimeOffset Cron(string cron, DateTimeOffset now) =>
        new CronExpression(cron, TimeZoneInfo.Utc).GetNextValidTimeAfter(now + options.MinimumInterval - TimeSpan.FromSeconds(1)) ?? now + options.MaximumInterval;

    private static TimeSpan? Rhythm(Feed feed, int fresh, DateTimeOffset now)
    {
        if (feed.NewestAt is not { } before) return null;
        var gap = (now - before) / fresh;
        return feed.Rhythm is { } rhythm ? rhythm * (1 - NewestShare) + gap * NewestShare : gap;
    }

    private static PermanentMove? Moved(PermanentMove? known, Uri? to, DateTimeOffset now)
    {
        if (to is null) return null;
        if (known?.To != to) return new PermanentMove(to, 1, now);
        return now - known.At >= BetweenProofs ? known with { Seen = known.Seen + 1, At = now } : known;
    }

    private static double Jitter() => Random.Shared.NextDouble();
}
