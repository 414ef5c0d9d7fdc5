using FeedWatch.Fetching;
using FeedWatch.Sources;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling;

/// <summary>Turns the end of a poll into what the catalog writes down: state, validators and the time of the next poll.</summary>
internal sealed class PollClock(IOptions<PollOptions> options, TimeProvider time)
{
    private readonly PollOptions options = options.Value;

    public PollRecord Succeeded(Feed feed, Validators validators)
    {
        var now = time.GetUtcNow();
        return new PollRecord(now, now + PollSchedule.AfterSuccess(feed.Interval, options, Jitter()), validators);
    }

    public PollRecord Failed(Feed feed, string why)
    {
        var now = time.GetUtcNow();
        var failures = feed.Failures + 1;
        return new PollRecord(now, now + PollSchedule.AfterFailure(feed.Interval, failures, options, Jitter()), feed.Validators, failures, why);
    }

    public PollRecord Throttled(Feed feed, FetchResult.Throttled throttled)
    {
        var now = time.GetUtcNow();
        var failures = feed.Failures + 1;
        var wait = PollSchedule.AfterThrottling(throttled.Until - now, feed.Interval, failures, options, Jitter());
        var notBefore = throttled.Until is { } until ? Earlier(until, now + PollSchedule.MostRetryAfter) : (DateTimeOffset?)null;
        return new PollRecord(now, now + wait, feed.Validators, failures, throttled.Why, notBefore);
    }

    public PollRecord Gone(Feed feed) => Failed(feed, "it answered 410 Gone") with { Gone = true };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static double Jitter() => Random.Shared.NextDouble();
}
