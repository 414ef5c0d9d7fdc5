using FeedWatch.Contracts;
using FeedWatch.Polling.Troubles;
using FeedWatch.Publishing;
using FeedWatch.Sources;
using FeedWatch.Storage;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Polling.Running;

/// <summary>
/// Writes down how polls ended. Those that brought nothing, which are nearly all, are written together with the others that end at
/// about the same time: a transaction and the reading of its statements cost more than what they say. What there is to tell of a feed
/// itself goes into the outbox in the same transaction.
/// </summary>
internal sealed partial class PollBook(Database database, FeedNews news, Outbox outbox, ILogger<PollBook> logger)
{
    /// <summary>Long enough for some to meet, short beside the time that a server takes to answer.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);

    private readonly Lock gate = new();
    private List<(Feed Feed, PollRecord Record)> gathered = [];
    private Task? written;

    /// <summary>What holds the articles as well: where a poll brought some, they and its end are one transaction.</summary>
    public Database Database => database;

    /// <summary>Writes down the end of a poll that brought nothing, and returns when it is stored.</summary>
    /// <exception cref="CannotRecordException">The database takes nothing at the moment.</exception>
    public Task RecordAsync(Feed feed, PollRecord record, CancellationToken cancellationToken)
    {
        Task stored;
        lock (gate)
        {
            gathered.Add((feed, record));
            stored = written ??= WriteAsync();
        }

        return stored.WaitAsync(cancellationToken);
    }

    /// <summary>Writes down the end of a poll in the transaction that holds what it brought.</summary>
    public Task RecordAsync(Session session, Feed feed, PollRecord record) => RecordAsync(session, [(feed, record)]);

    private async Task WriteAsync()
    {
        await Task.Delay(Gathering);
        IReadOnlyList<(Feed, PollRecord)> together;
        lock (gate)
        {
            (together, gathered, written) = (gathered, [], null);
        }

        await database.WriteAsync(session => RecordAsync(session, together), CancellationToken.None);
    }

    private async Task RecordAsync(Session session, IReadOnlyList<(Feed Feed, PollRecord Record)> polls)
    {
        await FeedCatalog.RecordAsync(session, polls);
        var told = new List<FeedWatchEvent>();
        foreach (var (feed, record) in polls)
        {
            if (FeedNews.IsPossible(feed, record)) told.AddRange(await news.OfAsync(session, feed, record));
            if (record.Move is not { Seen: >= PollClock.ProofsOfMove } move || !await FeedCatalog.MoveAsync(session, feed.Id, move.To)) continue;
            told.Add(FeedNews.OfMove(feed, move));
            Log.Moved(logger, feed.Name, feed.Url, move.To);
        }

        await outbox.AddAsync(session, told);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 807, Level = LogLevel.Information, Message = "{Feed} has moved for good from {From} to {To} and is polled there from now on; change the list when convenient.")]
        public static partial void Moved(ILogger logger, string feed, Uri from, Uri to);
    }
}
