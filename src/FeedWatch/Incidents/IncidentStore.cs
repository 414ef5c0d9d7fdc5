using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Incidents.Linking;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>Incidents as they lie in the database.</summary>
internal static class IncidentStore
{
    private const string Columns = "id, facts, sequence, pending, opened_at as OpenedAt";

    /// <summary>Which incident each of the keys leads to, where it leads to one.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> FindAsync(Session session, IReadOnlyList<string> keys) =>
        (await session.QueryAsync<Key>($"select key as Name, incident_id as IncidentId from incident_keys where key {session.Among("@Keys")}", new { Keys = keys.ToArray() }))
            .ToDictionary(k => k.Name, k => k.IncidentId, StringComparer.Ordinal);

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

    public static Task AddKeysAsync(Session session, Guid incident, IReadOnlyList<string> keys) => session.ExecuteAsync(
        "insert into incident_keys (key, incident_id) values (@Key, @Incident) on conflict (key) do nothing",
        keys.Select(k => new { Key = k, Incident = incident }));

    public static Task AddReportAsync(Session session, Guid incident, Report report, bool named, Marks marks, DateTimeOffset now) => session.ExecuteAsync(
        """
        insert into incident_articles (incident_id, article_id, linked_at, reported_at, named, marks, report)
        values (@Incident, @Article, @Now, @At, @Named, @Marks, @Report) on conflict do nothing
        """,
        new
        {
            Incident = incident,
            Article = report.Article.Id,
            Now = now.ToUnixTimeMilliseconds(),
            At = report.TimeAt(now).ToUnixTimeMilliseconds(),
            Named = named ? 1 : 0,
            Marks = marks.ToString(),
            Report = JsonSerializer.Serialize(report, EventJson.Options),
        });

    public static Task AddMarksAsync(Session session, Guid incident, IEnumerable<string> marks) => session.ExecuteAsync(
        "insert into incident_marks (mark, incident_id, reports) values (@Mark, @Incident, 1) on conflict (mark, incident_id) do update set reports = incident_marks.reports + 1",
        marks.Select(m => new { Mark = m, Incident = incident }));

    public static Task MoveReportAsync(Session session, Guid article, Guid from, Guid to) => session.ExecuteAsync(
        "update incident_articles set incident_id = @To where incident_id = @From and article_id = @Article",
        new { Article = article, From = from, To = to });

    /// <summary>The reports of an incident in the order in which they were published, each with when that was, or when it came.</summary>
    public static async Task<IReadOnlyList<(Report Report, DateTimeOffset At)>> ReportsAsync(Session session, Guid incident) =>
        [.. (await session.QueryAsync<StoredReport>(
            "select report, reported_at as ReportedAt from incident_articles where incident_id = @Incident order by reported_at, article_id",
            new { Incident = incident })).Select(r => (JsonSerializer.Deserialize<Report>(r.Report, EventJson.Options)!, DateTimeOffset.FromUnixTimeMilliseconds(r.ReportedAt)))];

    /// <summary>From now on everything that led to one incident leads to the other.</summary>
    public static async Task AbsorbAsync(Session session, Guid absorbed, Guid into)
    {
        var ids = new { Absorbed = absorbed, Into = into };
        await session.ExecuteAsync("update incident_keys set incident_id = @Into where incident_id = @Absorbed", ids);
        foreach (var (table, column) in new[] { ("incident_articles", "article_id"), ("incident_marks", "mark") })
        {
            await session.ExecuteAsync(
                $"update {table} set incident_id = @Into where incident_id = @Absorbed and not exists (select 1 from {table} has where has.incident_id = @Into and has.{column} = {table}.{column})",
                ids);
        }

        await session.ExecuteAsync("update incidents set merged_into = @Into, pending = null, pending_since = null where id = @Absorbed or merged_into = @Absorbed", ids);
    }

    /// <summary>Names of networks that no list has and reports of two outlets introduced.</summary>
    public static async Task<IReadOnlyList<string>> LearntNamesAsync(Session session) =>
        await session.QueryAsync<string>("select name from learnt_names group by name having count(*) > 1");

    public static Task LearnAsync(Session session, IEnumerable<string> names, string outlet, DateTimeOffset now) => session.ExecuteAsync(
        "insert into learnt_names (name, outlet, at) values (@Name, @Outlet, @At) on conflict (name, outlet) do nothing",
        names.Select(n => new { Name = n, Outlet = outlet, At = now.ToUnixTimeMilliseconds() }));

    /// <summary>Removes at most <paramref name="most"/> incidents of which nothing was heard since, and has nothing left to tell. Returns how many.</summary>
    public static async Task<int> ForgetAsync(Session session, DateTimeOffset since, int most)
    {
        var ids = (await session.QueryAsync<Guid>(
            "select id from incidents where changed_at < @Since and pending_since is null limit @Most",
            new { Since = since.ToUnixTimeMilliseconds(), Most = most })).ToArray();
        foreach (var table in new[] { "incident_keys", "incident_articles", "incident_marks" }) await session.ExecuteAsync($"delete from {table} where incident_id {session.Among("@Ids")}", new { Ids = ids });
        return await session.ExecuteAsync($"delete from incidents where id {session.Among("@Ids")}", new { Ids = ids });
    }

    private static async Task<StoredIncident> ReadAsync(Session session, Row row)
    {
        var pending = row.Pending is null ? null : JsonSerializer.Deserialize<PendingUpdate>(row.Pending, EventJson.Options);
        var opened = DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt);
        if (row.Facts.Length > 0) return new StoredIncident(JsonSerializer.Deserialize<Incident>(row.Facts, EventJson.Options)!, pending, opened);

        // An earlier version wrote it: all that its reports say was told, but for what waits in its window.
        var incident = Incident.Of(row.Id, await ReportsAsync(session, row.Id)) with { Sequence = row.Sequence };
        return new StoredIncident(pending is null ? incident.AllTold() : incident, pending, opened);
    }

    private sealed class Key
    {
        public string Name { get; init; } = "";
        public Guid IncidentId { get; init; }
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Facts { get; init; } = "";
        public int Sequence { get; init; }
        public string? Pending { get; init; }
        public long OpenedAt { get; init; }
    }

    private sealed class StoredReport
    {
        public string Report { get; init; } = "";
        public long ReportedAt { get; init; }
    }
}
