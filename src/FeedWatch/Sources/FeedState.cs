using System.Data.Common;
using FeedWatch.Storage;

namespace FeedWatch.Sources;

/// <summary>How a feed fares, for people and scripts to look at.</summary>
internal sealed record FeedState
{
    public required ListedFeed Feed { get; init; }

    /// <summary>Where it is polled; another address than the list's where it moved for good.</summary>
    public required Uri Url { get; init; }

    public DateTimeOffset? PolledAt { get; init; }
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Null where it is not polled any more, or was not polled yet.</summary>
    public DateTimeOffset? NextPollAt { get; init; }

    /// <summary>In a row.</summary>
    public int Failures { get; init; }

    public string? Failure { get; init; }
    public IReadOnlyList<string> Repairs { get; init; } = [];
    public bool Gone { get; init; }

    /// <summary>Its server said when to come back.</summary>
    public bool Throttled { get; init; }

    /// <summary>In one word.</summary>
    public string Word => this switch
    {
        { Feed.Enabled: false } => "off",
        { Gone: true } => "gone",
        { Throttled: true } => "throttled",
        { Failures: > 0 } or { Failure: not null } => "failing",
        { PolledAt: null } => "new",
        _ => "ok",
    };

    /// <param name="feeds">In the list's order, which is kept.</param>
    /// <param name="database">Null where nothing was polled yet.</param>
    /// <exception cref="StorageException">The database is older than this program, and only a service may bring it up to date.</exception>
    public static async Task<IReadOnlyList<FeedState>> ReadAsync(IReadOnlyList<ListedFeed> feeds, Database? database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (database is null) return [.. feeds.Select(f => new FeedState { Feed = f, Url = f.Url })];
        try
        {
            var rows = await database.ReadAsync(
                session => session.QueryAsync<Row>("select id, url, polled_at, succeeded_at, next_poll_at, not_before, failures, failure, repairs, gone from feeds"),
                cancellationToken);
            var byId = rows.ToDictionary(r => r.Id);
            return [.. feeds.Select(f => byId.TryGetValue(f.Id, out var row) ? row.ToState(f, now) : new FeedState { Feed = f, Url = f.Url })];
        }
        catch (DbException ex)
        {
            throw new StorageException($"The database cannot be read ({ex.Message}); if it was written by an older FeedWatch, start the service once.", ex);
        }
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Url { get; init; } = "";
        public long? Polled_At { get; init; }
        public long? Succeeded_At { get; init; }
        public long Next_Poll_At { get; init; }
        public long Not_Before { get; init; }
        public int Failures { get; init; }
        public string? Failure { get; init; }
        public string? Repairs { get; init; }
        public bool Gone { get; init; }

        public FeedState ToState(ListedFeed feed, DateTimeOffset now) => new()
        {
            Feed = feed,
            Url = new Uri(Url),
            PolledAt = Time(Polled_At),
            SucceededAt = Time(Succeeded_At),
            NextPollAt = Gone || !feed.Enabled || Polled_At is null ? null : Time(Math.Max(Next_Poll_At, Not_Before)),
            Failures = Failures,
            Failure = Failure,
            Repairs = Repairs?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Gone = Gone,
            Throttled = Not_Before > now.ToUnixTimeMilliseconds(),
        };

        private static DateTimeOffset? Time(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
