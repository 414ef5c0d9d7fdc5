using FeedWatch.Contracts;
using FeedWatch.Incidents.Linking;
using FeedWatch.Incidents.Telling;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Arranging;

/// <summary>
/// Writes down what came of linking a report, and says what there is to tell: a new incident is detected; what earlier reports turn out
/// to belong to is told as a merger or a split; and new facts wait for the update window.
/// </summary>
internal sealed class Settlement(Session session, DateTimeOffset now)
{
    internal const string Alike = "their reports tell the same agencies, countries and figures";
    internal const string Better = "reports of it fit the other one better";

    private readonly Dictionary<Guid, StoredIncident> before = [];
    private readonly Dictionary<Guid, StoredIncident> after = [];

    public async Task<Linked> SettleAsync(Board board, Report report, Clue clue)
    {
        var found = await Identities.SettleAsync(session, board, clue, now);
        var isOpening = found.Fresh.Contains(found.Home);
        foreach (var id in found.Changed.Concat(found.Ends.Keys).Append(found.Home).Except(found.Fresh))
            before[id] = await IncidentStore.GetAsync(session, id) ?? throw new InvalidOperationException($"Incident {id} is gone.");
        await WriteAsync(board, found, report, clue);
        foreach (var id in found.Changed.Append(found.Home)) after[id] = await MadeAsync(id, found, report);

        var home = after[found.Home];
        var isNews = isOpening || home.Incident.News.Count > News(found).Count;
        var events = new List<FeedWatchEvent>();
        if (isOpening)
        {
            var opened = home.Incident with { Sequence = 1 };
            after[found.Home] = home with { Incident = opened.AllTold(), Pending = null };
            events.Add(IncidentEvents.Detected(opened, report.Article, now));
        }
        else if (isNews)
        {
            after[found.Home] = home with { Pending = new PendingUpdate(home.Pending?.Since ?? now, report.Article) };
        }

        events.Add(IncidentEvents.Matched(home.Incident, report, now));
        foreach (var (absorbed, into) in found.Ends) events.Add(IncidentEvents.Merged(Next(into), before[absorbed].Incident, Alike, report.Article, now));
        foreach (var (from, to) in found.Moved.Where(m => !found.Ends.ContainsKey(m.From)).Select(m => (m.From, m.To)).Distinct())
            events.Add(IncidentEvents.Split(Next(from), after[to].Incident, Better, report.Article, now));
        foreach (var stored in after.Values) await IncidentStore.SaveAsync(session, stored, now);
        return new Linked(found.Home, events, isNews);
    }

    private async Task WriteAsync(Board board, Identified found, Report report, Clue clue)
    {
        foreach (var moved in found.Moved) await Links.MoveAsync(session, moved.Clue, moved.From, moved.To);
        foreach (var (absorbed, into) in found.Ends) await Links.AbsorbAsync(session, absorbed, into);
        await Links.AddReportAsync(session, found.Home, report, clue, now);
        await Links.LeadAsync(
            session,
            board.Given.Select(g => (g.Key, Incident: g.To.Incident!.Value, g.At))
                .Where(g => !board.Former.TryGetValue(g.Key, out var was) || (was.Incident, was.GivenAt) != (g.Incident, g.At)));
    }

    private async Task<StoredIncident> MadeAsync(Guid id, Identified found, Report report)
    {
        var known = before.GetValueOrDefault(id);
        if (!found.Changed.Contains(id))
            return known is null ? new StoredIncident(Incident.OpenedBy(id, report, now), null, now) : known with { Incident = known.Incident.With(report, now) };

        // What either of two told need not be told again, nor what was told of a report where it lay before.
        var ended = found.Ends.Where(e => e.Value == id).Select(e => before[e.Key]).ToList();
        var origins = known is null ? found.Moved.Where(m => m.To == id).Select(m => before[m.From]).Distinct() : ended.Prepend(known);
        var incident = (known is not null && found.Grew(id) is { } gained ? await GrownAsync(known.Incident, gained, report) : Incident.Of(id, await IncidentStore.ReportsAsync(session, id))) with
        {
            Sequence = known?.Incident.Sequence ?? 0,
            Told = [.. origins.SelectMany(o => o.Incident.Told).Distinct(StringComparer.Ordinal)],
        };
        var pending = known?.Pending ?? ended.Select(e => e.Pending).FirstOrDefault(p => p is not null);
        if (incident.News.Count > 0 && found.Moved.Any(m => m.To == id)) pending ??= new PendingUpdate(now, report.Article);
        return new StoredIncident(incident, pending, known?.OpenedAt ?? now);
    }

    // An incident that only gained reports takes these in; it may have a thousand others.
    private async Task<Incident> GrownAsync(Incident known, IReadOnlyCollection<Guid> gained, Report report)
    {
        var reports = await IncidentStore.ReportsAsync(session, known.Id, gained.Contains(report.Article.Id) ? gained : [.. gained, report.Article.Id]);
        return reports.Aggregate(known, (incident, next) => incident.With(next.Report, next.At));
    }

    // What the incident had to tell before this report came, had it been what it is now.
    private IReadOnlyList<Facts.Fact> News(Identified found) => (before[found.Home].Incident with { Told = after[found.Home].Incident.Told }).News;

    private Incident Next(Guid id)
    {
        var next = after[id].Incident with { Sequence = after[id].Incident.Sequence + 1 };
        after[id] = after[id] with { Incident = next };
        return next;
    }
}
