using FeedWatch.Contracts;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Incidents.Linking;
using FeedWatch.Incidents.Telling;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>
/// Puts a report to the incident it belongs to, or opens one, and says what there is to tell: an incident is detected once, its
/// new facts wait for the update window, and every matching article is told to those who want them all. Later reports may show
/// that two incidents are one, or that a report without a name was put to the wrong one.
/// </summary>
internal sealed class IncidentLinker(TimeProvider time)
{
    public async Task<Linked> LinkAsync(Session session, Report report)
    {
        await session.TakeTurnAsync(Turn.Linking);
        var now = time.GetUtcNow();
        if (await RetractedTexts.HasAsync(session, report.Article)) return Linked.Nothing;

        var at = report.TimeAt(now);
        var keys = LinkKeys.Of(report);
        var marks = Marks.Of(report);
        var home = await Homes.FindAsync(session, report, keys, marks, at) is { } id ? await IncidentStore.GetAsync(session, id) : null;
        var linked = home is null ? await OpenAsync(session, report, keys, now) : await JoinAsync(session, home, report, now);
        var incident = linked.Incident!.Value;
        await IncidentStore.AddKeysAsync(session, incident, [.. keys.All.Concat(keys.Beside.Select(LinkKeys.OfMention))]);
        await IncidentStore.AddReportAsync(session, incident, report, keys.IsNamed, marks, now);
        await IncidentStore.AddMarksAsync(session, incident, [.. marks.All, .. linked.IsOpening ? [$"{Marks.Year}{at.Year}"] : Array.Empty<string>(), Marks.Language + report.Article.Language]);
        await IncidentStore.LearnAsync(session, report.Networks.Where(n => n.About && (!n.Listed || report.Article.Label == ArticleLabel.Takedown)).Select(n => n.Name), report.Article.Source, now);

        var events = linked.Events.ToList();
        events.AddRange(await Corrections.ReconsiderAsync(session, incident, report, at, now));
        return linked with { Events = events };
    }

    /// <summary>Takes the new text of a report that the incident has already: only what it adds is news.</summary>
    public Task AmendAsync(Session session, StoredIncident stored, Report report)
    {
        var now = time.GetUtcNow();
        return AddAsync(session, stored, stored.Incident.WithEdit(report, now), report, now);
    }

    /// <summary>Closes the update windows that opened <paramref name="window"/> ago or earlier: one update for each incident that has news.</summary>
    public async Task<IReadOnlyList<FeedWatchEvent>> CloseWindowsAsync(Session session, TimeSpan window)
    {
        await session.TakeTurnAsync(Turn.Linking);
        var now = time.GetUtcNow();
        var events = new List<FeedWatchEvent>();
        foreach (var stored in await IncidentStore.PendingAsync(session, now - window, now))
        {
            var news = stored.Incident.News;
            var told = stored.Incident;
            if (news.Count > 0)
            {
                told = told with { Sequence = told.Sequence + 1 };
                events.Add(IncidentEvents.Updated(told, news, stored.Pending!.Article, now));
            }

            await IncidentStore.SaveAsync(session, stored with { Incident = told.AllTold(), Pending = null }, now);
        }

        return events;
    }

    private static async Task<Linked> OpenAsync(Session session, Report report, LinkKeys keys, DateTimeOffset now)
    {
        var opened = Incident.OpenedBy(await RetractedTexts.FreeIdAsync(session, keys.First), report, now) with { Sequence = 1 };
        await IncidentStore.SaveAsync(session, new StoredIncident(opened.AllTold(), null, now), now);
        return new Linked(opened.Id, [IncidentEvents.Detected(opened, report.Article, now), IncidentEvents.Matched(opened, report, now)], IsNews: true, IsOpening: true);
    }

    private static async Task<Linked> JoinAsync(Session session, StoredIncident home, Report report, DateTimeOffset now)
    {
        var after = home.Incident.With(report, now);
        return new Linked(after.Id, [IncidentEvents.Matched(after, report, now)], await AddAsync(session, home, after, report, now));
    }

    // What is new waits for the update window. True where something is.
    private static async Task<bool> AddAsync(Session session, StoredIncident before, Incident after, Report report, DateTimeOffset now)
    {
        var isNews = after.News.Count > before.Incident.News.Count;
        var pending = isNews ? new PendingUpdate(before.Pending?.Since ?? now, report.Article) : before.Pending;
        await IncidentStore.SaveAsync(session, before with { Incident = after, Pending = pending }, now);
        return isNews;
    }
}

/// <summary>What became of one report.</summary>
/// <param name="Incident">The incident it belongs to; null where it is a text that was retracted.</param>
/// <param name="Events">What there is to tell at once.</param>
/// <param name="IsNews">Whether it brought anything that chats have not heard.</param>
/// <param name="IsOpening">Whether it opened the incident.</param>
internal sealed record Linked(Guid? Incident, IReadOnlyList<FeedWatchEvent> Events, bool IsNews, bool IsOpening = false)
{
    public static Linked Nothing { get; } = new(null, [], IsNews: false);
}
