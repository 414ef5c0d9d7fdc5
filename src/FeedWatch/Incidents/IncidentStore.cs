using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>Incidents as they lie in the database.</summary>
internal static class IncidentStore
{
    public static async Task<StoredIncident?> FindAsync(Session session, IReadOnlyList<string> keys)
    {
        var found = await session.QueryAsync<Row>(
            """
            select i.id, k.key, i.facts, i.pending, i.pending_since from incident_keys k join incidents i on i.id = k.incident_id
            where k.key in @Keys
            """,
            new { Keys = keys });
        return found.OrderBy(r => keys.ToList().IndexOf(r.Key)).FirstOrDefault()?.ToIncident();
    }

    /// <summary>The incident that an article was put to; null where it is forgotten.</summary>
    public static async Task<StoredIncident?> OfArticleAsync(Session session, Guid article) =>
        (await session.FindAsync<Row>(
            "select '' as key, i.facts, i.pending from incident_articles a join incidents i on i.id = a.incident_id where a.article_id = @Article limit 1",
            new { Article = article }))?.ToIncident();

    /// <summary>Those whose first untold fact came at <paramref name="since"/> or earlier; or later than <paramref name="now"/>, since the clock was set back then.</summary>
    public static async Task<IReadOnlyList<StoredIncident>> PendingAsync(Session session, DateTimeOffset since, DateTimeOffset now) =>
        [.. (await session.QueryAsync<Row>(
            "select id, '' as key, facts, pending, pending_since from incidents where pending_since <= @Since or pending_since > @Now order by pending_since",
            new { Since = since.ToUnixTimeMilliseconds(), Now = now.ToUnixTimeMilliseconds() })).Select(r => r.ToIncident())];

    public static Task SaveAsync(Session session, StoredIncident stored, DateTimeOffset now) => session.ExecuteAsync(
        """
        insert into incidents (id, facts, sequence, opened_at, changed_at, pending_since, pending)
        values (@Id, @Facts, @Sequence, @Now, @Now, @PendingSince, @Pending)
        on conflict (id) do update set facts = excluded.facts, sequence = excluded.sequence, changed_at = excluded.changed_at,
            pending_since = excluded.pending_since, pending = excluded.pending
        """,
        new
        {
            stored.Incident.Id,
            Facts = JsonSerializer.Serialize(stored.Incident, EventJson.Options),
            stored.Incident.Sequence,
            Now = now.ToUnixTimeMilliseconds(),
            PendingSince = stored.Pending?.Since.ToUnixTimeMilliseconds(),
            Pending = stored.Pending is null ? null : JsonSerializer.Serialize(stored.Pending, EventJson.Options),
        });

    public static async Task AddReportAsync(Session session, Guid incident, IReadOnlyList<string> keys, Report report, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            "insert into incident_keys (key, incident_id) values (@Key, @Incident) on conflict (key) do nothing",
            keys.Select(k => new { Key = k, Incident = incident }));
        await session.ExecuteAsync(
            "insert into incident_articles (incident_id, article_id, linked_at, report) values (@Incident, @Article, @Now, @Report) on conflict do nothing",
            new { Incident = incident, Article = report.Article.Id, Now = now.ToUnixTimeMilliseconds(), Report = JsonSerializer.Serialize(report, EventJson.Options) });
    }

    /// <summary>Removes at most <paramref name="most"/> incidents of which nothing was heard since, and has nothing left to tell. Returns how many.</summary>
    public static async Task<int> ForgetAsync(Session session, DateTimeOffset since, int most)
    {
        var ids = await session.QueryAsync<Guid>(
            "select id from incidents where changed_at < @Since and pending_since is null limit @Most",
            new { Since = since.ToUnixTimeMilliseconds(), Most = most });
        foreach (var table in new[] { "incident_keys", "incident_articles" }) await session.ExecuteAsync($"delete from {table} where incident_id in @Ids", new { Ids = ids });
        return await session.ExecuteAsync("delete from incidents where id in @Ids", new { Ids = ids });
    }

    private sealed class Row
    {
        public string Key { get; init; } = "";
        public string Facts { get; init; } = "";
        public string? Pending { get; init; }

        public StoredIncident ToIncident() => new(
            JsonSerializer.Deserialize<Incident>(Facts, EventJson.Options)!,
            Pending is null ? null : JsonSerializer.Deserialize<PendingUpdate>(Pending, EventJson.Options));
    }
}

/// <param name="Pending">New facts that wait for the end of the update window; null where there are none.</param>
internal sealed record StoredIncident(Incident Incident, PendingUpdate? Pending);

/// <param name="Since">When the first of them came.</param>
/// <param name="Article">The newest article that brought some.</param>
internal sealed record PendingUpdate(DateTimeOffset Since, IReadOnlyList<Change> Changes, ReportedArticle Article)
{
    /// <summary>The same with later changes: each figure keeps what it was before the window.</summary>
    public PendingUpdate With(IReadOnlyList<Change> later, ReportedArticle article)
    {
        var changes = Changes.ToList();
        foreach (var change in later)
        {
            var at = changes.FindIndex(c => Subject(c) == Subject(change));
            if (at < 0) changes.Add(change);
            else changes[at] = change with { Before = changes[at].Before };
        }

        return new PendingUpdate(Since, changes, article);
    }

    private static (string, string?, string?, string?, string?, string?) Subject(Change change) =>
        (change.Kind, change.Value, change.Figure?.Kind, change.Figure?.Unit, change.Figure?.Scope, change.Figure?.What);
}
