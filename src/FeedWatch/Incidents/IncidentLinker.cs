using FeedWatch.Contracts;
using FeedWatch.Incidents.Arranging;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Incidents.Linking;
using FeedWatch.Incidents.Telling;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>
/// Puts a report to the incident it belongs to, or opens one, and says what there is to tell: an incident is detected once, its
/// new facts wait for the update window, and every matching article is told to those who want them all. Later reports, and such as
/// come late, may show that two incidents are one, or that a report without a name was put to the wrong one.
/// </summary>
internal sealed class IncidentLinker(TimeProvider time)
{
    public async Task<Linked> LinkAsync(Session session, Report report)
    {
        await session.TakeTurnAsync(Turn.Linking);
        var now = time.GetUtcNow();
        if (await RetractedTexts.HasAsync(session, report.Article, now)) return Linked.Nothing;

        var clue = Clue.Of(report, report.TimeAt(now));
        var board = await Neighbourhood.AroundAsync(session, clue);
        await LinkAsync(board, [.. board.Again.Select(s => s.Clue).Where(c => c.Article != clue.Article).Append(clue).Order()]);
        var linked = await new Settlement(session, now).SettleAsync(board, report, clue);
        await IncidentStore.LearnAsync(session, report.Networks.Where(n => n.About && (!n.Listed || report.Article.Label == ArticleLabel.Takedown)).Select(n => n.Name), report.Article.Source, now);
        return linked;
    }

    /// <summary>Takes the new text of a report that the incident has already: only what it adds is news.</summary>
    /// <param name="session">An open transaction.</param>
    /// <param name="stored">The incident.</param>
    /// <param name="told">The article as it was told.</param>
    /// <param name="report">What it says now.</param>
    public async Task AmendAsync(Session session, StoredIncident stored, Guid told, Report report)
    {
        var now = time.GetUtcNow();
        await Links.AmendReportAsync(session, stored.Incident.Id, told, report);
        await AddAsync(session, stored, stored.Incident.WithEdit(report, now), report, now);
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

    // In the order of their dates, as if none had come late.
    private static async Task LinkAsync(Board board, IReadOnlyList<Clue> clues)
    {
        await board.LookUpAsync(clues.SelectMany(c => c.Keys.All.Concat(c.Keys.Beside.Select(LinkKeys.OfMention))));
        foreach (var clue in clues)
        {
            board.GoTo(clue);
            board.Put(clue, await Homes.FindAsync(board, clue) ?? board.Open(clue));
            await Corrections.ReconsiderAsync(board, clue);
        }
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
internal sealed record Linked(Guid? Incident, IReadOnlyList<FeedWatchEvent> Events, bool IsNews)
{
    public static Linked Nothing { get; } = new(null, [], IsNews: false);
}
