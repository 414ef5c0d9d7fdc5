using FeedWatch.Storage;

namespace FeedWatch.Polling.Troubles;

/// <summary>Which feeds are not well, since when, and by which event people were told; over restarts too.</summary>
internal static class FeedTroubles
{
    public const string Failing = "failing";
    public const string Gone = "gone";
    public const string Silent = "silent";

    /// <summary>Writes down that a feed was not read once more. The time goes back with a clock that is set back, or nothing would ever be old enough.</summary>
    public static async Task<Trouble> AddFailureAsync(Session session, Guid feed, DateTimeOffset at) =>
        (await session.QueryAsync<Row>(
            """
            insert into feed_trouble (feed_id, kind, since) values (@Feed, 'failing', @At)
            on conflict (feed_id, kind) do update set tries = feed_trouble.tries + 1,
                since = case when feed_trouble.since > excluded.since then excluded.since else feed_trouble.since end
            returning feed_id, kind, since, tries, event_id
            """,
            new { Feed = feed, At = at.ToUnixTimeMilliseconds() })).Single().ToTrouble();

    public static Task ToldAsync(Session session, Guid feed, string kind, Guid by) =>
        session.ExecuteAsync("update feed_trouble set event_id = @By where feed_id = @Feed and kind = @Kind", new { Feed = feed, Kind = kind, By = by });

    /// <returns>False where it stands there already.</returns>
    public static async Task<bool> AddToldAsync(Session session, Guid feed, string kind, DateTimeOffset since, Guid by) => await session.ExecuteAsync(
        "insert into feed_trouble (feed_id, kind, since, event_id) values (@Feed, @Kind, @Since, @By) on conflict (feed_id, kind) do nothing",
        new { Feed = feed, Kind = kind, Since = since.ToUnixTimeMilliseconds(), By = by }) > 0;

    /// <summary>Ends it.</summary>
    /// <returns>What it was; null where the feed had no such trouble.</returns>
    public static async Task<Trouble?> EndAsync(Session session, Guid feed, string kind) =>
        (await session.QueryAsync<Row>(
            "delete from feed_trouble where feed_id = @Feed and kind = @Kind returning feed_id, kind, since, tries, event_id",
            new { Feed = feed, Kind = kind })).SingleOrDefault()?.ToTrouble();

    /// <summary>Those of feeds that are not to be polled any more.</summary>
    public static async Task<IReadOnlyList<Trouble>> OfUnwantedAsync(Session session) =>
        [.. (await session.QueryAsync<Row>("select t.feed_id, t.kind, t.since, t.tries, t.event_id from feed_trouble t join feeds f on f.id = t.feed_id where f.enabled = 0 order by t.since")).Select(r => r.ToTrouble())];

    private sealed class Row
    {
        public Guid Feed_Id { get; init; }
        public string Kind { get; init; } = "";
        public long Since { get; init; }
        public long Tries { get; init; }
        public Guid? Event_Id { get; init; }

        public Trouble ToTrouble() => new(Feed_Id, Kind, DateTimeOffset.FromUnixTimeMilliseconds(Since), Tries, Event_Id);
    }
}

/// <param name="Since">When it began.</param>
/// <param name="Tries">Polls in a row at which the feed was not read.</param>
/// <param name="EventId">What told of it; null where nothing did yet.</param>
internal sealed record Trouble(Guid Feed, string Kind, DateTimeOffset Since, long Tries, Guid? EventId);
