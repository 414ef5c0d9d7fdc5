using FeedWatch.Incidents.Arranging;
using FeedWatch.Incidents.Linking;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Background;

/// <summary>
/// Backgrounders as they lie in the database. Which incident one belongs to is not written down but read from the names that lead to
/// incidents now, so that it makes no difference which of the two came first.
/// </summary>
internal static class BackgroundShelf
{
    // What was edited into a report since is one. What was written long before the takedown is about the firm, not about its fall.
    private const string Standing =
        """
        from backgrounders b join incident_keys k on k.key = b.key join incidents i on i.id = k.incident_id
        where b.reported_at >= i.first_at - @Reach and not exists (select 1 from incident_articles a where a.article_id = b.article_id)
        """;

    private static readonly long Reach = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    /// <summary>An article that is there already is left as it is; one that names no network and could be about any is left out.</summary>
    public static async Task AddAsync(Session session, Backgrounder backgrounder, DateTimeOffset now)
    {
        var key = backgrounder.Key ?? (backgrounder.Clue is { } clue ? await LikeliestAsync(session, clue) : null);
        if (key is null) return;
        await session.ExecuteAsync(
            """
            insert into backgrounders (article_id, key, linked_at, reported_at, title, source, language, link)
            values (@Article, @Key, @Now, @At, @Title, @Source, @Language, @Link) on conflict do nothing
            """,
            new
            {
                backgrounder.Article,
                Key = key,
                Now = now.ToUnixTimeMilliseconds(),
                At = backgrounder.At.ToUnixTimeMilliseconds(),
                backgrounder.Title,
                backgrounder.Source,
                backgrounder.Language,
                backgrounder.Link,
            });
    }

    // A name that leads to the incident that it is about almost for sure.
    private static async Task<string?> LikeliestAsync(Session session, Clue clue)
    {
        var board = await Neighbourhood.AsItStandsAsync(session, clue);
        if (await board.Memory.FindAsync(clue, board.Near, mustShare: true) is not { Incident: { } incident }) return null;
        return await session.QueryAsync<string>("select key from incident_keys where incident_id = @Incident and key not like 'beside:%' order by at, key limit 1", new { Incident = incident }) is [var key] ? key : null;
    }

    /// <summary>Those of one incident in the order in which they were published, each with when it came.</summary>
    public static async Task<IReadOnlyList<(Backgrounder Backgrounder, DateTimeOffset CameAt)>> OfIncidentAsync(Session session, Guid incident) =>
        [.. (await session.QueryAsync<Row>(
            $"""
            select b.article_id as Article, b.key as Name, b.linked_at as LinkedAt, b.reported_at as ReportedAt, b.title, b.source, b.language, b.link
            {Standing} and k.incident_id = @Incident order by b.reported_at, b.article_id
            """,
            new { Incident = incident, Reach })).Select(r => (r.ToBackgrounder(), DateTimeOffset.FromUnixTimeMilliseconds(r.LinkedAt)))];

    /// <summary>The incident of every article that has one.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Guid>> HomesAsync(Session session) =>
        (await session.QueryAsync<Home>($"select b.article_id as Article, k.incident_id as Incident {Standing}", new { Reach })).ToDictionary(h => h.Article, h => h.Incident);

    /// <summary>Removes at most <paramref name="most"/> that came before then. Returns how many.</summary>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset before, int most) => session.ExecuteAsync(
        "delete from backgrounders where article_id in (select article_id from backgrounders where linked_at < @Before limit @Most)",
        new { Before = before.ToUnixTimeMilliseconds(), Most = most });

    private sealed class Home
    {
        public Guid Article { get; init; }
        public Guid Incident { get; init; }
    }

    private sealed class Row
    {
        public Guid Article { get; init; }
        public string Name { get; init; } = "";
        public long LinkedAt { get; init; }
        public long ReportedAt { get; init; }
        public string Title { get; init; } = "";
        public string Source { get; init; } = "";
        public string? Language { get; init; }
        public string? Link { get; init; }

        public Backgrounder ToBackgrounder() => new(Article, Name, DateTimeOffset.FromUnixTimeMilliseconds(ReportedAt), Title, Source, Language, Link);
    }
}
