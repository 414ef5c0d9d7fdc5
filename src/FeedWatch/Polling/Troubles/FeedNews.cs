using FeedWatch.Contracts;
using FeedWatch.Sources;
using FeedWatch.Sources.Planning;
using FeedWatch.Storage;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling.Troubles;

/// <summary>
/// What the end of a poll has to tell of the feed itself: each trouble once, and once that it is over, however often the feed is polled
/// meanwhile. What was told stands in the database and changes in the transaction that holds the poll.
/// </summary>
internal sealed class FeedNews(IOptions<PollOptions> options)
{
    /// <summary>A server that is started anew fails once or twice.</summary>
    public const int FewestFailures = 3;

    /// <summary>Nearly all polls have nothing to tell, and are not to ask the database for it.</summary>
    public static bool IsPossible(Feed feed, PollRecord record) =>
        record.Failure is not null || feed.Failure is not null || FeedHealth.IsSilent(feed, record.PolledAt);

    /// <param name="feed">As it was before the poll.</param>
    /// <param name="record">How that ended.</param>
    public async Task<IReadOnlyList<FeedWatchEvent>> OfAsync(Session session, Feed feed, PollRecord record) => record switch
    {
        { Gone: true } => await GoneAsync(session, feed, record),
        { Failure: not null } => await FailedAsync(session, feed, record),
        _ => await ReadAsync(session, feed, record),
    };

    public static FeedMoved OfMove(Feed feed, PermanentMove move)
    {
        var (from, to) = (feed.Url.AbsoluteUri, move.To.AbsoluteUri);
        return new FeedMoved
        {
            Id = NameUuid.Of(EventTypes.FeedMoved, $"{feed.Id}|{from}|{to}|{move.At.ToUnixTimeMilliseconds()}"),
            Time = move.At,
            Feed = Watched(feed) with { Url = to },
            From = from,
            To = to,
        };
    }

    /// <summary>That a trouble is over; null where nobody was told of it.</summary>
    public static FeedRecovered? Over(Trouble trouble, WatchedFeed feed, DateTimeOffset now, int newArticles = 0, bool removed = false) => trouble.EventId is not { } told ? null : new FeedRecovered
    {
        Id = NameUuid.Of(EventTypes.FeedRecovered, $"{told}"),
        Time = now,
        Feed = feed,
        After = told,
        Since = trouble.Since,
        NewArticles = newArticles,
        Removed = removed,
    };

    private async Task<IReadOnlyList<FeedWatchEvent>> FailedAsync(Session session, Feed feed, PollRecord record)
    {
        var trouble = await FeedTroubles.AddFailureAsync(session, feed.Id, record.PolledAt);
        if (record.Unasked || trouble.EventId is not null || record.Failures < FewestFailures || record.PolledAt - trouble.Since < options.Value.FailingAfter) return [];

        var failing = new FeedFailing
        {
            Id = NameUuid.Of(EventTypes.FeedFailing, $"{feed.Id}|{trouble.Since.ToUnixTimeMilliseconds()}"),
            Time = record.PolledAt,
            Feed = Watched(feed),
            Since = trouble.Since,
            Failures = record.Failures,
            Reason = record.Failure!,
            HttpStatus = record.HttpStatus,
            LastSuccessAt = feed.SucceededAt,
            NextPollAt = record.NextPollAt,
        };
        await FeedTroubles.ToldAsync(session, feed.Id, FeedTroubles.Failing, failing.Id);
        return [failing];
    }

    private static async Task<IReadOnlyList<FeedWatchEvent>> GoneAsync(Session session, Feed feed, PollRecord record)
    {
        var since = await FeedTroubles.EndAsync(session, feed.Id, FeedTroubles.Failing) is { } failing ? failing.Since : record.PolledAt;
        var gone = new FeedGone
        {
            Id = NameUuid.Of(EventTypes.FeedGone, $"{feed.Id}|{record.PolledAt.ToUnixTimeMilliseconds()}"),
            Time = record.PolledAt,
            Feed = Watched(feed),
            Reason = record.Failure!,
            LastSuccessAt = feed.SucceededAt,
        };
        return await FeedTroubles.AddToldAsync(session, feed.Id, FeedTroubles.Gone, since, gone.Id) ? [gone] : [];
    }

    private static async Task<IReadOnlyList<FeedWatchEvent>> ReadAsync(Session session, Feed feed, PollRecord record)
    {
        var told = new List<FeedWatchEvent>();
        if (feed.Failure is not null)
        {
            await EndAsync(FeedTroubles.Failing);
            await EndAsync(FeedTroubles.Gone);
        }

        if (record.NewArticles > 0) await EndAsync(FeedTroubles.Silent);
        else if (FeedHealth.IsSilent(feed, record.PolledAt) && feed.NewestAt is { } newest) await FallSilentAsync(newest);
        return told;

        async Task EndAsync(string kind)
        {
            if (await FeedTroubles.EndAsync(session, feed.Id, kind) is { } trouble && Over(trouble, Watched(feed), record.PolledAt, record.NewArticles) is { } over) told.Add(over);
        }

        async Task FallSilentAsync(DateTimeOffset newest)
        {
            var silent = new FeedSilent
            {
                Id = NameUuid.Of(EventTypes.FeedSilent, $"{feed.Id}|{newest.ToUnixTimeMilliseconds()}"),
                Time = record.PolledAt,
                Feed = Watched(feed),
                LastArticleAt = newest,
                SilentHours = (record.PolledAt - newest).TotalHours,
                UsualHours = feed.Rhythm?.TotalHours,
            };
            if (await FeedTroubles.AddToldAsync(session, feed.Id, FeedTroubles.Silent, newest, silent.Id)) told.Add(silent);
        }
    }

    private static WatchedFeed Watched(Feed feed) => new() { Id = feed.Id, Name = feed.Name, Url = feed.Url.AbsoluteUri, Language = feed.Language, Country = feed.Country };
}
