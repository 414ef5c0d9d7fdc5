using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Incidents.Linking;
using FeedWatch.Incidents.Remembering;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Arranging;

/// <summary>Which report belongs to which incident, as it is written down: reports, names, and what incidents are remembered by.</summary>
internal static class Links
{
    /// <summary>An incident that has no report yet, so that some can be put to it.</summary>
    public static async Task ReserveAsync(Session session, Guid incident, Clue opening, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            "insert into incidents (id, facts, sequence, opened_at, first_at, changed_at) values (@Id, '', 0, @Now, @FirstAt, @Now)",
            new { Id = incident, Now = now.ToUnixTimeMilliseconds(), FirstAt = opening.At.ToUnixTimeMilliseconds() });
        await AddMarksAsync(session, incident, [Memory.YearOf(opening.At.Year)]);
    }

    public static async Task AddReportAsync(Session session, Guid incident, Report report, Clue clue, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            """
            insert into incident_articles (incident_id, article_id, linked_at, reported_at, named, marks, report)
            values (@Incident, @Article, @Now, @At, @Named, @Line, @Report) on conflict do nothing
            """,
            new
            {
                Incident = incident,
                clue.Article,
                Now = now.ToUnixTimeMilliseconds(),
                At = clue.At.ToUnixTimeMilliseconds(),
                Named = clue.Keys.IsNamed ? 1 : 0,
                Line = clue.ToString(),
                Report = JsonSerializer.Serialize(report, EventJson.Options),
            });
        await AddMarksAsync(session, incident, clue.Remembered);
    }

    /// <summary>
    /// A report says more since its article was edited. It stays where it is; a name that it did not give before, and that leads nowhere,
    /// leads there from now on.
    /// </summary>
    public static async Task AmendReportAsync(Session session, Guid incident, Guid article, Report later)
    {
        if (await IncidentStore.ReportsAsync(session, incident, [article]) is not [var (first, reported)]) return;
        var both = first.Also(later);
        var (was, clue) = (Clue.Of(first, reported), Clue.Of(both, reported));
        await session.ExecuteAsync(
            "update incident_articles set report = @Report, marks = @Line, named = @Named where incident_id = @Incident and article_id = @Article",
            new { Incident = incident, Article = article, Report = JsonSerializer.Serialize(both, EventJson.Options), Line = clue.ToString(), Named = clue.Keys.IsNamed ? 1 : 0 });
        await AddMarksAsync(session, incident, clue.Remembered.Except(was.Remembered));
        await session.ExecuteAsync(
            "insert into incident_keys (key, incident_id, at) values (@Key, @Incident, @At) on conflict (key) do nothing",
            clue.Keys.All.Select(k => new { Key = k, Incident = incident, At = reported.ToUnixTimeMilliseconds() }));
    }

    /// <summary>From now on these names lead there.</summary>
    public static Task LeadAsync(Session session, IEnumerable<(string Key, Guid Incident, DateTimeOffset At)> keys) => session.ExecuteAsync(
        "insert into incident_keys (key, incident_id, at) values (@Key, @Incident, @At) on conflict (key) do update set incident_id = excluded.incident_id, at = excluded.at",
        keys.Select(k => new { k.Key, k.Incident, At = k.At.ToUnixTimeMilliseconds() }));

    public static Task AddMarksAsync(Session session, Guid incident, IEnumerable<string> marks) => session.ExecuteAsync(
        "insert into incident_marks (mark, incident_id, reports) values (@Mark, @Incident, 1) on conflict (mark, incident_id) do update set reports = incident_marks.reports + 1",
        marks.Select(m => new { Mark = m, Incident = incident }));

    public static async Task MoveAsync(Session session, Clue clue, Guid from, Guid to)
    {
        await session.ExecuteAsync("update incident_articles set incident_id = @To where incident_id = @From and article_id = @Article", new { clue.Article, From = from, To = to });
        await session.ExecuteAsync("update incident_marks set reports = reports - 1 where mark = @Mark and incident_id = @From", clue.Remembered.Select(m => new { Mark = m, From = from }));
        await session.ExecuteAsync("delete from incident_marks where incident_id = @From and reports < 1", new { From = from });
        await AddMarksAsync(session, to, clue.Remembered);
    }

    /// <summary>From now on everything that led to one incident leads to the other.</summary>
    public static async Task AbsorbAsync(Session session, Guid absorbed, Guid into)
    {
        var ids = new { Absorbed = absorbed, Into = into };
        await session.ExecuteAsync("update incident_keys set incident_id = @Into where incident_id = @Absorbed", ids);
        await session.ExecuteAsync(
            "update incident_articles set incident_id = @Into where incident_id = @Absorbed and not exists (select 1 from incident_articles has where has.incident_id = @Into and has.article_id = incident_articles.article_id)",
            ids);
        await session.ExecuteAsync(
            """
            insert into incident_marks (mark, incident_id, reports) select mark, @Into, reports from incident_marks where incident_id = @Absorbed
            on conflict (mark, incident_id) do update set reports = incident_marks.reports + excluded.reports
            """,
            ids);
        await session.ExecuteAsync("delete from incident_marks where incident_id = @Absorbed", ids);
        await session.ExecuteAsync("update incidents set merged_into = @Into, pending = null, pending_since = null where id = @Absorbed or merged_into = @Absorbed", ids);
    }

    /// <summary>Whether an incident has no more reports than so many.</summary>
    public static async Task<bool> HasNoMoreAsync(Session session, Guid incident, int reports) =>
        await session.FindAsync<int>("select count(*) from (select 1 from incident_articles where incident_id = @Incident limit @Most) as first", new { Incident = incident, Most = reports + 1 }) <= reports;
}
