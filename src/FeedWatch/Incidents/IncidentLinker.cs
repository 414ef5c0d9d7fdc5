using FeedWatch.Contracts;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>
/// Puts a report to the incident it belongs to, or opens one, and says what there is to tell: an incident is detected once,
/// its new facts wait for the update window, and every matching article is told to those who want them all.
/// </summary>
internal sealed class IncidentLinker(TimeProvider time)
{
    public async Task<IReadOnlyList<FeedWatchEvent>> LinkAsync(Session session, Report report)
    {
        var now = time.GetUtcNow();
        var keys = ReportKeys.Of(report);
        var known = await IncidentStore.FindAsync(session, keys);
        if (known is null)
        {
            var opened = Incident.OpenedBy(NameUuid.Of("incident", keys[0]), report, now) with { Sequence = 1 };
            await IncidentStore.SaveAsync(session, new StoredIncident(opened, null), now);
            await IncidentStore.AddReportAsync(session, opened.Id, keys, report, now);
            return [IncidentEvents.Detected(opened, report, now), IncidentEvents.Matched(opened, report, now)];
        }

        var (after, changes) = known.Incident.With(report, now);
        var pending = changes.Count == 0 ? known.Pending
            : known.Pending?.With(changes, report.Article) ?? new PendingUpdate(now, changes, report.Article);
        await IncidentStore.SaveAsync(session, new StoredIncident(after, pending), now);
        await IncidentStore.AddReportAsync(session, after.Id, keys, report, now);
        return [IncidentEvents.Matched(after, report, now)];
    }

    /// <summary>Closes the update windows that opened <paramref name="window"/> ago or earlier: one update for each incident.</summary>
    public async Task<IReadOnlyList<FeedWatchEvent>> CloseWindowsAsync(Session session, TimeSpan window)
    {
        var now = time.GetUtcNow();
        var events = new List<FeedWatchEvent>();
        foreach (var (incident, pending) in await IncidentStore.PendingAsync(session, now - window, now))
        {
            var told = incident with { Sequence = incident.Sequence + 1 };
            events.Add(IncidentEvents.Updated(told, pending!, now));
            await IncidentStore.SaveAsync(session, new StoredIncident(told, null), now);
        }

        return events;
    }
}
