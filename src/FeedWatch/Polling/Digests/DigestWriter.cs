using System.Text.Json;
using FeedWatch.Chat.Holding;
using FeedWatch.Contracts;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Background;
using FeedWatch.Incidents.Telling;
using FeedWatch.Publishing;
using FeedWatch.Reports;
using FeedWatch.Sources.Planning;
using FeedWatch.Storage;

namespace FeedWatch.Polling.Digests;

/// <summary>Writes down what happened in a period: incidents that were told, that more outlets reported or that were taken back, and how well FeedWatch could see.</summary>
internal static class DigestWriter
{
    public static async Task<Digest> WriteAsync(Session session, DigestOptions options, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var told = (await Outbox.ToldAsync(session, from, to)).OfType<IncidentEvent>().ToLookup(e => e.IncidentId);
        var reports = await ReportsAsync(session, from, to);
        var incidents = new List<DigestIncident>();
        foreach (var id in told.Select(t => t.Key).Union(reports.Select(r => r.Key)))
        {
            if (await IncidentBook.GetAsync(session, id, withReports: false) is not { } incident) continue; // it was merged into another, which tells of it
            if (incident.RetractedAt is { } taken && taken < from) continue;
            var background = (await BackgroundShelf.OfIncidentAsync(session, id)).Where(b => b.CameAt < to).Select(b => (b.Backgrounder.Source, b.CameAt));
            incidents.Add(Line(incident, [.. told[id]], [.. reports[id]], [.. background], from, to));
        }

        return new Digest
        {
            Id = NameUuid.Of("digest", $"{options.EffectiveName}|{from.ToUnixTimeMilliseconds()}|{to.ToUnixTimeMilliseconds()}"),
            Time = now,
            Name = options.EffectiveName,
            Period = options.PeriodName,
            From = from,
            To = to,
            Severity = incidents.Where(i => !i.Retracted).Select(i => i.Severity).DefaultIfEmpty(Severity.Info).Max(),
            Incidents = [.. incidents.OrderBy(i => i.Retracted).ThenByDescending(i => i.Severity).ThenByDescending(i => i.New).ThenByDescending(i => i.Articles).ThenBy(i => i.IncidentId)],
            Coverage = await CoverageAsync(session, from, to, now),
        };
    }

    private static DigestIncident Line(ToldIncident told, IReadOnlyList<IncidentEvent> events, IReadOnlyList<OneReport> reports, IReadOnlyList<(string Outlet, DateTimeOffset CameAt)> background, DateTimeOffset from, DateTimeOffset to)
    {
        var within = reports.Where(r => r.LinkedAt >= from).ToList();
        var all = reports.Select(r => (Outlet: r.Report.Article.Source, CameAt: r.LinkedAt)).Concat(background).ToList();
        var outlets = all.Where(a => a.CameAt >= from).Select(a => a.Outlet).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var before = all.Where(a => a.CameAt < from).Select(a => a.Outlet).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new DigestIncident
        {
            IncidentId = told.Incident.Id,
            Title = told.Incident.Title,
            Severity = told.Incident.Severity,
            New = told.OpenedAt >= from && told.OpenedAt < to,
            Retracted = told.RetractedAt is not null,
            Networks = [.. told.Incident.NamedNetworks.Where(n => n.About)],
            Countries = told.Incident.Countries,
            Figures = told.Incident.Figures,
            Changes = ChangeList.Joined(events.OfType<IncidentUpdated>().Select(e => e.Changes)),
            Articles = all.Count(a => a.CameAt >= from),
            Outlets = outlets.Count,
            MoreOutlets = outlets.Except(before, StringComparer.OrdinalIgnoreCase).Count(),
            Link = within.OrderByDescending(r => r.Report.Article.Score).Select(r => r.Report.Article.Link).FirstOrDefault(l => l is not null)
                ?? told.Incident.Sources.Select(s => s.Link).FirstOrDefault(l => l is not null),
        };
    }

    /// <summary>By incident, those from before the period too, of incidents that have one in it.</summary>
    private static async Task<ILookup<Guid, OneReport>> ReportsAsync(Session session, DateTimeOffset from, DateTimeOffset to) =>
        (await session.QueryAsync<Row>(
            """
            select incident_id as Incident, linked_at as LinkedAt, report from incident_articles
            where linked_at < @To and incident_id in (select incident_id from incident_articles where linked_at >= @From and linked_at < @To)
            """,
            new { From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds() }))
        .ToLookup(r => r.Incident, r => new OneReport(JsonSerializer.Deserialize<Report>(r.Report, EventJson.Options)!, DateTimeOffset.FromUnixTimeMilliseconds(r.LinkedAt)));

    private static async Task<Coverage> CoverageAsync(Session session, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var feeds = await FeedHealth.LookAsync(session, now);
        var (articles, matched) = await Tally.BetweenAsync(session, from, to);
        return new Coverage
        {
            Feeds = feeds.Enabled,
            Failing = feeds.Failing.Count,
            FailingFeeds = [.. feeds.Failing.Take(20)],
            Silent = feeds.Silent,
            Articles = articles,
            Matched = matched,
        };
    }

    private sealed record OneReport(Report Report, DateTimeOffset LinkedAt);

    private sealed class Row
    {
        public Guid Incident { get; init; }
        public long LinkedAt { get; init; }
        public string Report { get; init; } = "";
    }
}
