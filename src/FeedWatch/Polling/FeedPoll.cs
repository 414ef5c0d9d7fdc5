using FeedWatch.Chat;
using FeedWatch.Contracts;
using FeedWatch.Fetching;
using FeedWatch.Parsing;
using FeedWatch.Polling.Running;
using FeedWatch.Sources;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Polling;

/// <summary>The hallway: everything that happens to one feed in one poll, from the request to the outbox.</summary>
internal sealed partial class FeedPoll(FeedFetcher fetcher, ArticleDesk desk, PollBook book, PollClock clock, LearntNetworks learnt, ILogger<FeedPoll> logger)
{
    /// <returns>Whether the feed was read, or had nothing new to read.</returns>
    public async Task<bool> RunAsync(Feed feed, CancellationToken cancellationToken)
    {
        var result = await fetcher.FetchAsync(feed, cancellationToken);
        FaultPoint.Pass("fetched");
        switch (result)
        {
            case FetchResult.Fetched fetched:
                return FeedParser.Parse(fetched.Body, fetched.ContentType, fetched.Address) switch
                {
                    ParseResult.Parsed parsed => await RecordAsync(feed, fetched, parsed, cancellationToken),
                    ParseResult.Unreadable unreadable => await FailAsync(feed, unreadable.Why, 200, cancellationToken),
                    var other => throw new InvalidOperationException($"{other.GetType().Name} is handled nowhere."),
                };
            case FetchResult.NotModified unchanged:
                await book.RecordAsync(feed, clock.Unchanged(feed, unchanged), cancellationToken);
                return true;
            case FetchResult.Throttled throttled:
                var record = clock.Throttled(feed, throttled);
                Log.Throttled(logger, feed.Name, feed.Url, record.NextPollAt);
                await book.RecordAsync(feed, record, cancellationToken);
                return false;
            case FetchResult.Gone:
                Log.Gone(logger, feed.Name, feed.Url);
                await book.RecordAsync(feed, clock.Gone(feed), cancellationToken);
                return false;
            case FetchResult.Failed { IsOfThisMachine: true } failed:
                await book.RecordAsync(feed, clock.NotAsked(feed, failed.Why), cancellationToken); // said once, for all feeds
                return false;
            case FetchResult.Failed failed:
                return await FailAsync(feed, failed.Why, failed.Status, cancellationToken);
            default:
                throw new InvalidOperationException($"{result.GetType().Name} is handled nowhere.");
        }
    }

    /// <summary>
    /// One transaction for the articles, what they lead to, and the validators: validators kept without their articles would
    /// make the server say "nothing new" about articles that nobody has seen.
    /// </summary>
    private async Task<bool> RecordAsync(Feed feed, FetchResult.Fetched fetched, ParseResult.Parsed parsed, CancellationToken cancellationToken)
    {
        FaultPoint.Pass("parsed");
        await learnt.RenewAsync(cancellationToken);
        var read = await desk.ReadAsync(book.Database, feed, parsed.Articles, cancellationToken);
        FaultPoint.Pass("examined");
        var told = await book.Database.WriteAsync(
            async session =>
            {
                FaultPoint.Pass("transaction-begun");
                var events = await desk.TakeAsync(session, feed, read);
                await book.RecordAsync(session, feed, clock.Read(feed, fetched, read.Articles.Count, parsed.Repairs, parsed.Hints));
                FaultPoint.Pass("feed-recorded");
                return events;
            },
            cancellationToken);
        FaultPoint.Pass("committed");

        learnt.Note(told);
        foreach (var incident in told.OfType<IncidentDetected>()) Log.Detected(logger, incident.Severity, incident.Title, feed.Name, incident.IncidentId);
        if (feed.SucceededAt is not null && read.PassedOver is > 0 and var old) Log.Archive(logger, feed.Name, old);
        if (parsed.Skipped > 0) Log.Skipped(logger, parsed.Skipped, feed.Name, feed.Url);
        if (feed.Failures > 0) Log.Recovered(logger, feed.Name, feed.Failures);
        return true;
    }

    private async Task<bool> FailAsync(Feed feed, string why, int? status, CancellationToken cancellationToken)
    {
        var record = clock.Failed(feed, why, status);
        Log.Failed(logger, feed.Name, feed.Url, why, record.Failures, record.NextPollAt);
        await book.RecordAsync(feed, record, cancellationToken);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 801, Level = LogLevel.Information, Message = "Alert ({Severity}): {Title} ({Feed}, incident {Incident}).")]
        public static partial void Detected(ILogger logger, Severity severity, string title, string feed, Guid incident);

        [LoggerMessage(EventId = 802, Level = LogLevel.Warning, Message = "{Feed} ({Url}) failed: {Why}. Failure {Count} in a row; next try {Next:u}.")]
        public static partial void Failed(ILogger logger, string feed, Uri url, string why, int count, DateTimeOffset next);

        [LoggerMessage(EventId = 803, Level = LogLevel.Warning, Message = "{Feed} ({Url}) asks us to come back later; next try {Next:u}.")]
        public static partial void Throttled(ILogger logger, string feed, Uri url, DateTimeOffset next);

        [LoggerMessage(EventId = 804, Level = LogLevel.Warning, Message = "{Feed} ({Url}) is gone for good (410) and is not polled any more. Remove it from the list, or look for its new address.")]
        public static partial void Gone(ILogger logger, string feed, Uri url);

        [LoggerMessage(EventId = 805, Level = LogLevel.Information, Message = "{Feed} works again after {Count} failures.")]
        public static partial void Recovered(ILogger logger, string feed, int count);

        [LoggerMessage(EventId = 809, Level = LogLevel.Information, Message = "{Feed} lists its archive: {Count} old articles are recorded and not told.")]
        public static partial void Archive(ILogger logger, string feed, int count);

        [LoggerMessage(EventId = 806, Level = LogLevel.Warning, Message = "{Count} entries of {Feed} ({Url}) could not be read and were skipped.")]
        public static partial void Skipped(ILogger logger, int count, string feed, Uri url);
    }
}
