using System.Diagnostics;
using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Incidents;
using FeedWatch.Reports;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;

namespace FeedWatch.Benchmarks;

/// <summary>
/// <c>-- link [INCIDENTS] [ARTICLES]</c>: what it costs to link one report where 10,000 incidents are open and a million articles are
/// stored, as one transaction: a report of a known network, of a new one, and of nobody by name, that came late or among named ones.
/// A takedown every six hours, each reported once a day for months: so far apart, and so little alike, that none is taken for another.
/// </summary>
internal static class LinkMeasure
{
    private const int Reports = 200;
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(int incidents, int articles)
    {
        var folder = Directory.CreateTempSubdirectory("feedwatch-link-");
        try
        {
            using var data = DataFolder.Open(folder.FullName);
            using var database = SqliteDatabase.Open(data);
            var linker = new IncidentLinker(new StandingClock(Now.AddDays(9)));
            await LateAsync(database, linker);
            var each = Math.Max(1, (articles / incidents) - 1);
            for (var i = incidents - 1; i >= 0; i--)
                await database.WriteAsync(session => linker.LinkAsync(session, Case($"Network {i:00000}", i, Now.AddDays(-each).AddHours(-6 * i)) with { Names = [$"place{i}", $"person{i}"] }), default);
            await FillAsync(database, each);
            await database.ReadAsync(CountAsync, default);
            await TimeAsync("of a known network", database, linker, n => Case($"Network {n:00000}", n, Now.AddSeconds(n + 1)));
            await TimeAsync("of a new network", database, linker, n => Case($"Newcomer {n:00000}", n, Now.AddHours(1).AddSeconds(n)));
            await TimeAsync("takedown without a name, a month late", database, linker, n => Case(null, n, Now.AddDays(-n % 30)));
            await TimeAsync(
                "follow-up without a name",
                database,
                linker,
                n => Case(null, n, Now.AddHours(2).AddMinutes(10 * n), ArticleLabel.Followup) with { Names = [$"place{n}", $"person{n}"], Years = [2025] },
                between: n => Case($"Network {n * 7 % 400:00000}", n * 7 % 400, Now.AddHours(2).AddMinutes(10 * n / 3.0).AddSeconds(-1)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Before anything else is there: a busy week of reports, every fourth without a name, that come in any order.
    private static async Task LateAsync(Database database, IncidentLinker linker)
    {
        foreach (var week in new[] { 30, 100, 250 })
        {
            var began = Now.AddDays(-2000 - week);
            var random = new Random(week);
            for (var n = 0; n < week; n++) await database.WriteAsync(session => linker.LinkAsync(session, One(n)), default);
            await TimeAsync(string.Create(CultureInfo.InvariantCulture, $"any hour of a week, {week} reports of it known"), database, linker, n => One(week + n), 40);

            Report One(int n) => SampleReport.Of(n % 4 == 0 ? null : $"Newcomer {week}/{n % 5}", (n % 5) + week, began.AddHours(random.NextDouble() * 168)) with { Names = [$"place{n % 9}", $"person{n % 7}"] };
            await database.WriteAsync(session => session.ExecuteAsync("delete from incident_keys; delete from incident_articles; delete from incident_marks; delete from incidents"), default);
        }
    }

    // One country each: those of the same days share none.
    private static Report Case(string? network, int n, DateTimeOffset at, ArticleLabel label = ArticleLabel.Takedown)
    {
        var report = SampleReport.Of(network, n, at, label);
        return report with { Countries = report.Acting };
    }

    // Further reports of each incident, one a day: copies of the first with ids of their own, counted as if they had been linked.
    private static Task<int> FillAsync(SqliteDatabase database, int each) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                """
                with recursive copies (n) as (select 1 union all select n + 1 from copies where n < @Each)
                insert into incident_articles (incident_id, article_id, linked_at, reported_at, named, marks, report)
                select a.incident_id, substr(a.article_id, 1, 24) || printf('%012X', c.n), a.linked_at, a.reported_at + c.n * 86400000, a.named, a.marks, a.report
                from incident_articles a cross join copies c
                """,
                new { Each = each });
            await session.ExecuteAsync("update incident_marks set reports = reports * (@Each + 1); delete from incident_marks where mark like 'q:%'", new { Each = each });
            return await session.ExecuteAsync("insert into incident_marks (mark, incident_id, reports) select 'q:' || (reported_at / 7889400000), incident_id, count(*) from incident_articles group by 1, 2");
        },
        default);

    private static async Task<int> CountAsync(Session session)
    {
        var (incidents, reports) = (await session.FindAsync<int>("select count(*) from incidents where merged_into is null"), await session.FindAsync<int>("select count(*) from incident_articles"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{incidents:N0} incidents, {reports:N0} reports"));
        return reports;
    }

    /// <param name="between">Three that are linked before each and not timed; else none.</param>
    private static async Task TimeAsync(string what, Database database, IncidentLinker linker, Func<int, Report> report, int reports = Reports, Func<int, Report>? between = null)
    {
        var times = new double[reports];
        var computed = TimeSpan.Zero; // what other programs on the machine do not lengthen
        for (var n = 0; n < reports; n++)
        {
            for (var other = 3 * n; between is not null && other < 3 * (n + 1); other++) await LinkAsync(between(other));
            var next = report(n);
            var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await LinkAsync(next);
            times[n] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            computed += Environment.CpuUsage.TotalTime - used;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[reports / 2]:0.00} ms, 95 of 100 within {times[reports * 95 / 100]:0.00} ms, {computed.TotalMilliseconds / reports:0.00} ms of processor"));

        Task LinkAsync(Report one) => database.WriteAsync(session => linker.LinkAsync(session, one), default);
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
