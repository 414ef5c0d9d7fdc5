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
/// stored, as one transaction: a report of a known network, of a new one, and of nobody by name, on a busy day and years later.
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
            var linker = new IncidentLinker(new StandingClock(Now.AddDays(1)));
            await LateAsync(database, linker);
            for (var i = incidents - 1; i >= 0; i--)
                await database.WriteAsync(session => linker.LinkAsync(session, SampleReport.Of($"Network {i}", i, Now.AddHours(-i)) with { Names = [$"place{i}", $"person{i}"] }), default);
            await FillAsync(database, incidents, articles);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{incidents:N0} incidents, {articles:N0} articles"));
            await TimeAsync("of a known network", database, linker, n => SampleReport.Of($"Network {n}", n, Now.AddSeconds(n + 1)));
            await TimeAsync("of a new network", database, linker, n => SampleReport.Of($"Newcomer {n}", n, Now.AddHours(1).AddSeconds(n)));
            await TimeAsync("takedown without a name, a month late", database, linker, n => SampleReport.Of(null, n, Now.AddDays(-n % 30)));
            await TimeAsync("follow-up without a name", database, linker, n => SampleReport.Of(null, n, Now.AddHours(2).AddSeconds(n), ArticleLabel.Followup) with { Names = [$"place{n}", $"person{n}"], Years = [2025] });
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

    // Old reports by the thousand: copies of those that are there, on other days and with ids of their own.
    private static Task<int> FillAsync(SqliteDatabase database, int incidents, int articles) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            with recursive copies (n) as (select 1 union all select n + 1 from copies where n < @Each)
            insert into incident_articles (incident_id, article_id, linked_at, reported_at, named, marks, report)
            select a.incident_id, substr(a.article_id, 1, 24) || printf('%012X', c.n), a.linked_at, a.reported_at - c.n * 86400000, a.named, a.marks, a.report
            from incident_articles a cross join copies c
            """,
            new { Each = Math.Max(1, (articles / incidents) - 1) }),
        default);

    private static async Task TimeAsync(string what, Database database, IncidentLinker linker, Func<int, Report> report, int reports = Reports)
    {
        var times = new double[reports];
        var computed = Environment.CpuUsage.TotalTime;
        for (var n = 0; n < reports; n++)
        {
            var next = report(n) with { };
            var began = Stopwatch.GetTimestamp();
            await database.WriteAsync(session => linker.LinkAsync(session, next), default);
            times[n] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        computed = Environment.CpuUsage.TotalTime - computed; // what other programs on the machine do not lengthen
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[reports / 2]:0.00} ms, 95 of 100 within {times[reports * 95 / 100]:0.00} ms, {computed.TotalMilliseconds / reports:0.00} ms of processor"));
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
