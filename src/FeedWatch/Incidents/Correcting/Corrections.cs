using FeedWatch.Contracts;
using FeedWatch.Incidents.Linking;
using FeedWatch.Incidents.Telling;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Correcting;

/// <summary>What a later report shows of earlier ones: that two incidents are one, or that a report without a name belongs elsewhere.</summary>
internal static class Corrections
{
    /// <summary>Reports around that day that were linked by likeness alone go where they now fit better.</summary>
    public static async Task<IReadOnlyList<FeedWatchEvent>> ReconsiderAsync(Session session, Guid incident, Report report, DateTimeOffset at, DateTimeOffset now)
    {
        var events = new List<FeedWatchEvent>();
        var near = await Nearby.AroundAsync(session, at);
        foreach (var same in await Homes.SameAsync(session, near, incident))
        {
            if (await IncidentStore.GetAsync(session, same) is { } absorbed && await IncidentStore.GetAsync(session, incident) is { } into)
                events.Add(await MergeAsync(session, absorbed, into, "their reports tell the same agencies, countries and figures", report.Article, now));
        }

        if (events.Count > 0) near = await Nearby.AroundAsync(session, at);
        foreach (var nameless in near.Nameless.Where(r => r.Incident != incident && r.Article != report.Article.Id))
        {
            var here = near.LikenessOf(nameless.Article, nameless.Marks, nameless.At, incident);
            if (here < Likeness.Same || here <= near.LikenessOf(nameless.Article, nameless.Marks, nameless.At, nameless.Incident)) continue;
            if (await IncidentStore.GetAsync(session, nameless.Incident) is not { } origin || await IncidentStore.GetAsync(session, incident) is not { } to) continue;
            events.Add(origin.Incident.Reports == 1
                ? await MergeAsync(session, origin, to, "later reports tell the same agencies, countries and figures", report.Article, now)
                : await MoveAsync(session, nameless.Article, origin, to, report.Article, now));
        }

        return events;
    }

    private static async Task<FeedWatchEvent> MergeAsync(Session session, StoredIncident absorbed, StoredIncident into, string reason, ReportedArticle article, DateTimeOffset now)
    {
        await IncidentStore.AbsorbAsync(session, absorbed.Incident.Id, into.Incident.Id);
        var merged = await RenewAsync(session, into, now);

        // What either told need not be told again; what is left is told with the merger itself.
        merged = merged with { Sequence = merged.Sequence + 1, Told = [.. merged.Told.Union(absorbed.Incident.Told, StringComparer.Ordinal)] };
        await IncidentStore.SaveAsync(session, into with { Incident = merged, Pending = into.Pending ?? absorbed.Pending }, now);
        return IncidentEvents.Merged(merged, absorbed.Incident, reason, article, now);
    }

    private static async Task<FeedWatchEvent> MoveAsync(Session session, Guid report, StoredIncident origin, StoredIncident to, ReportedArticle article, DateTimeOffset now)
    {
        await IncidentStore.MoveReportAsync(session, report, origin.Incident.Id, to.Incident.Id);
        var rest = (await RenewAsync(session, origin, now)) with { Sequence = origin.Incident.Sequence + 1 };
        await IncidentStore.SaveAsync(session, origin with { Incident = rest }, now);
        var grown = await RenewAsync(session, to, now);
        await IncidentStore.SaveAsync(session, to with { Incident = grown, Pending = grown.News.Count > 0 ? to.Pending ?? new PendingUpdate(now, article) : to.Pending }, now);
        return IncidentEvents.Split(rest, grown, "a report of it fits the other one better", article, now);
    }

    private static async Task<Incident> RenewAsync(Session session, StoredIncident stored, DateTimeOffset now)
    {
        var reports = await IncidentStore.ReportsAsync(session, stored.Incident.Id);
        return Incident.Of(stored.Incident.Id, reports.Count > 0 ? reports : throw new InvalidOperationException($"Incident {stored.Incident.Id} has no report at {now:u}."))
            with { Sequence = stored.Incident.Sequence, Told = stored.Incident.Told };
    }
}
