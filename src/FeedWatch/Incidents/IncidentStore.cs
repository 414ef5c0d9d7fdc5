using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>Incidents as they lie in the database.</summary>
internal static class IncidentStore
{
    private const string Columns = "id, facts, sequence, pending, opened_at as OpenedAt";

    /// <summary>So long after a report that gave it a network's name needs no explaining.</summary>
    private static readonly TimeSpan InNews = TimeSpan.FromDays(30);

    public static async Task<StoredIncident?> GetAsync(Session session, Guid id) =>
        await session.FindAsync<Row>($"select {Columns} from incidents where id = @Id and merged_into is null", new { Id = id }) is { } row ? await ReadAsync(session, row) : null;

    /// <summary>The incident that an article was put to; null where it is forgotten or was taken back.</summary>
    public static async Task<StoredIncident?> OfArticleAsync(Session session, Guid article) =>
        await session.FindAsync<Guid?>(
            "select a.incident_id from incident_articles a join incidents i on i.id = a.incident_id where a.article_id = @Article and i.retracted_at is null limit 1",
            new { Article = article }) is { } id ? await GetAsync(session, id) : null;

    /// <summary>Those whose first untold fact came at <paramref name="since"/> or earlier; or later than <paramref name="now"/>, since the clock was set back then.</summary>
    public static async Task<IReadOnlyList<StoredIncident>> PendingAsync(Session session, DateTimeOffset since, DateTimeOffset now)
    {
        var rows = await session.QueryAsync<Row>(
            $"select {Columns} from incidents where pending_since <= @Since or pending_since > @Now order by pending_since",
            new { Since = since.ToUnixTimeMilliseconds(), Now = now.ToUnixTimeMilliseconds() });
        var pending = new List<StoredIncident>(rows.Count);
        foreach (var row in rows) pending.Add(await ReadAsync(session, row));
        return pending;
    }

    public static Task SaveAsync(Session session, StoredIncident stored, DateTimeOffset now) => session.ExecuteAsync(
        """
        insert into incidents (id, facts, sequence, opened_at, first_at, changed_at, pending_since, pending)
        values (@Id, @Facts, @Sequence, @Now, @FirstAt, @Now, @PendingSince, @Pending)
        on conflict (id) do update set facts = excluded.facts, sequence = excluded.sequence, first_at = excluded.first_at, changed_at = excluded.changed_at,
            pending_since = excluded.pending_since, pending = excluded.pending
        """,
        new
        {
            stored.Incident.Id,
            Facts = JsonSerializer.Serialize(stored.Incident, EventJson.Options),
            stored.Incident.Sequence,
            Now = now.ToUnixTimeMilliseconds(),
            FirstAt = stored.Incident.FirstReport.ToUnixTimeMilliseconds(),
            PendingSince = stored.Pending?.Since.ToUnixTimeMilliseconds(),
            Pending = stored.Pending is null ? null : JsonSerializer.Serialize(stored.Pending, EventJson.Options),
        });

    /// <summary>The reports of an incident in the order in which they were published, each with when that was, or when it came.</summary>
    public static Task<IReadOnlyList<(Report Report, DateTimeOffset At)>> ReportsAsync(Session session, Guid incident) => ReportsAsync(session, "", new { Incident = incident });

    /// <summary>Some of them in the same order; an article that is none of its own is left out.</summary>
    public static Task<IReadOnlyList<(Report Report, DateTimeOffset At)>> ReportsAsync(Session session, Guid incident, IReadOnlyCollection<Guid> articles) =>
        ReportsAsync(session, $"and article_id {session.Among("@Articles")}", new { Incident = incident, Articles = articles.ToArray() });

    /// <summary>Names of networks that reports gave: two outlets at any time, or one these weeks.</summary>
    public static async Task<IReadOnlyList<KnownName>> LearntNamesAsync(Session session, DateTimeOffset now)
    {
        var since = (now - InNews).ToUnixTimeMilliseconds();
        return [.. (await session.QueryAsync<LearntName>("select name as Name, count(*) as Outlets, max(at) as LastAt from learnt_names group by name having count(*) > 1 or max(at) >= @Since", new { Since = since }))
            .Select(n => new KnownName(n.Name, n.Outlets > 1, n.LastAt >= since))];
    }

    public static Task LearnAsync(Session session, IEnumerable<string> names, string outlet, DateTimeOffset now) => session.ExecuteAsync(
        "insert into learnt_names (name, outlet, at) values (@Name, @Outlet, @At) on conflict (name, outlet) do update set at = excluded.at",
        names.Select(n => new { Name = n, Outlet = outlet, At = now.ToUnixTimeMilliseconds() }));

    /// <summary>Removes at most <paramref name="most"/> names that one outlet alone used, and not since then. Returns how many.</summary>
    public static Task<int> ForgetNamesAsync(Session session, DateTimeOffset since, int most) => session.ExecuteAsync(
        """
        delete from learnt_names where name in
            (select name from learnt_names group by name having count(*) = 1 and max(at) < @Since limit @Most)
        """,
        new { Since = since.ToUnixTimeMilliseconds(), Most = most });

    /// <summary>Removes at most <paramref name="most"/> incidents of which nothing was heard since, and has nothing left to tell. Returns how many.</summary>
    public static async Task<int> ForgetAsync(Session session, DateTimeOffset since, int most)
    {
        var ids = (await session.QueryAsync<Guid>(
            "select id from incidents where changed_at < @Since and pending_since is null limit @Most",
            new { Since = since.ToUnixTimeMilliseconds(), Most = most })).ToArray();
        foreach (var table in new[] { "incident_keys", "incident_articles", "incident_marks" }) await session.ExecuteAsync($"delete from {table} where incident_id {session.Among("@Ids")}", new { Ids = ids });
        return await session.ExecuteAsync($"delete from incidents where id {session.Among("@Ids")}", new { Ids = ids });
    }

    private static async Task<IReadOnlyList<(Report Report, DateTimeOffset At)>> ReportsAsync(Session session, string condition, object values) =>
        [.. (await session.QueryAsync<StoredReport>($"select report, reported_at as ReportedAt from incident_articles where incident_id = @Incident {condition} order by reported_at, article_id", values))
            .Select(r => (JsonSerializer.Deserialize<Report>(r.Report, EventJson.Options)!, DateTimeOffset.FromUnixTimeMilliseconds(r.ReportedAt)))];

    private static async Task<StoredIncident> ReadAsync(Session session, Row row)
    {
        var pending = row.Pending is null ? null : JsonSerializer.Deserialize<PendingUpdate>(row.Pending, EventJson.Options);
        var opened = DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt);
        if (row.Facts.Length > 0) return new StoredIncident(JsonSerializer.Deserialize<Incident>(row.Facts, EventJson.Options)!, pending, opened);

        // An earlier version wrote it: all that its reports say was told, but for what waits in its window.
        var incident = Incident.Of(row.Id, await ReportsAsync(session, row.Id)) with { Sequence = row.Sequence };
        return new StoredIncident(pending is null ? incident.AllTold() : incident, pending, opened);
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Facts { get; init; } = "";
        public int Sequence { get; init; }
        public string? Pending { get; init; }
        public long OpenedAt { get; init; }
    }

    private sealed class LearntName
    {
        public string Name { get; init; } = "";
        public int Outlets { get; init; }
        public long LastAt { get; init; }
    }

    private sealed class StoredReport
    {
        public string Report { get; init; } = "";
        public long ReportedAt { get; init; }
    }
}
