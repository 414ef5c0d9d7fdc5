using FeedWatch.Contracts;
using FeedWatch.Detecting;
using FeedWatch.Detection;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Background;
using FeedWatch.Reports;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;

namespace FeedWatch.Commands.Replaying;

/// <summary>
/// Archived articles through today's detector and linker, on a clock that goes by their dates. Everything is kept in a folder
/// of its own, which is thrown away unless it was asked for; the service's own store is not touched.
/// </summary>
internal sealed class ReplayRun : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly DataFolder held;
    private readonly Database database;
    private readonly ReplayClock clock;
    private readonly IncidentLinker linker;
    private readonly TimeSpan window;
    private readonly HashSet<Guid> seen = [];
    private TakedownDetector detector;

    private readonly bool keeps;

    private ReplayRun(TakedownDetector detector, TimeSpan window, DirectoryInfo folder, bool keeps)
    {
        (this.detector, this.window, this.folder, this.keeps) = (detector, window, folder, keeps);
        held = DataFolder.Open(folder.FullName);
        database = SqliteDatabase.Open(held);
        clock = new ReplayClock();
        linker = new IncidentLinker(clock);
    }

    /// <summary>What became of each article, in the order in which they were told.</summary>
    public List<ReplayedArticle> Articles { get; } = [];

    /// <summary>Every event, in order.</summary>
    public List<FeedWatchEvent> Events { get; } = [];

    /// <param name="detector">Today's.</param>
    /// <param name="window">How long new facts gather before they are told.</param>
    /// <param name="keep">An empty or new folder that keeps the outcome for <c>incidents show --data</c>; null for none.</param>
    /// <exception cref="BadInputException">The folder holds a store already.</exception>
    public static ReplayRun Begin(TakedownDetector detector, TimeSpan window, string? keep = null)
    {
        if (keep is null) return new ReplayRun(detector, window, DataFolder.Passing("replay"), keeps: false);
        if (File.Exists(Path.Combine(keep, SqliteDatabase.FileName))) throw new BadInputException($"{keep} holds a store already; name a new folder with --keep.");
        return new ReplayRun(detector, window, Directory.CreateDirectory(keep), keeps: true);
    }

    public async Task TellAsync(ReplayItem item, CancellationToken cancellationToken)
    {
        await CloseWindowsAsync(item.At, cancellationToken);
        clock.Set(item.At);
        var article = item.ToArticle();
        var verdict = detector.Examine(item.Text);
        if (!verdict.Alert)
        {
            if (Backgrounder.Of(article, item.Feed, item.Text, verdict, item.At) is { } backgrounder)
                await database.WriteAsync(async session => { await BackgroundShelf.AddAsync(session, backgrounder, item.At); return true; }, cancellationToken);
            Articles.Add(new ReplayedArticle(item, verdict.Label, null, article.Id, IsNews: false, IsAlert: false));
            return;
        }

        if (!seen.Add(article.Id))
        {
            Articles.Add(new ReplayedArticle(item, verdict.Label, Articles.First(a => a.Article == article.Id).Incident, article.Id, IsNews: false, IsAlert: true));
            return;
        }

        var official = OfficialSites.Have(item.Link) || detector.IsAgency(item.Source);
        var report = Report.From(article, item.Feed, item.Text, verdict, official);
        var linked = await database.WriteAsync(session => linker.LinkAsync(session, report), cancellationToken);
        Events.AddRange(linked.Events);
        Articles.Add(new ReplayedArticle(item, verdict.Label, linked.Incident, article.Id, linked.IsNews, IsAlert: true));
        await LearnAsync(cancellationToken);
    }

    /// <summary>Closes the last windows, and says where each article stands in the end.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await CloseWindowsAsync(clock.GetUtcNow() + window + window, cancellationToken);
        var homes = (await database.ReadAsync(session => session.QueryAsync<Home>("select article_id as Article, incident_id as Incident from incident_articles"), cancellationToken))
            .ToDictionary(h => h.Article, h => h.Incident);
        var background = await database.ReadAsync(BackgroundShelf.HomesAsync, cancellationToken);
        for (var i = 0; i < Articles.Count; i++)
        {
            var (told, article) = (Articles[i].IsAlert, Articles[i].Article);
            if ((told ? homes : background).TryGetValue(article, out var home)) Articles[i] = Articles[i] with { Incident = home };
        }
    }

    public async Task<IReadOnlyList<Incident>> IncidentsAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        async session =>
        {
            var incidents = new List<Incident>();
            foreach (var id in Articles.Where(a => a.IsAlert).Select(a => a.Incident).OfType<Guid>().Distinct())
                if (await IncidentStore.GetAsync(session, id) is { } stored) incidents.Add(stored.Incident);
            return incidents;
        },
        cancellationToken);

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        held.Dispose();
        if (!keeps) folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    // Windows that end before the next article comes are closed at their own time.
    private async Task CloseWindowsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (true)
        {
            var since = await database.ReadAsync(session => session.FindAsync<long?>("select min(pending_since) from incidents"), cancellationToken);
            if (since is null || DateTimeOffset.FromUnixTimeMilliseconds(since.Value) + window is var end && end > before) return;
            clock.Set(end);
            Events.AddRange(await database.WriteAsync(session => linker.CloseWindowsAsync(session, window), cancellationToken));
        }
    }

    private async Task LearnAsync(CancellationToken cancellationToken)
    {
        detector = detector.Knowing(await database.ReadAsync(session => IncidentStore.LearntNamesAsync(session, clock.GetUtcNow()), cancellationToken));
    }

    private sealed class Home
    {
        public Guid Article { get; init; }
        public Guid Incident { get; init; }
    }
}

/// <summary>What became of one article.</summary>
/// <param name="Incident">Null where it belongs to none.</param>
/// <param name="Article">Its id.</param>
/// <param name="IsNews">Whether it opened an incident or brought a new fact.</param>
/// <param name="IsAlert">False for background, which is told to nobody though it may belong to an incident.</param>
internal sealed record ReplayedArticle(ReplayItem Item, Label Label, Guid? Incident, Guid Article, bool IsNews, bool IsAlert)
{
    /// <summary>False for background, and for an alert whose text was retracted.</summary>
    public bool IsTold => IsAlert && Incident is not null;
}

/// <summary>A clock that stands at the time of the article at hand. It may go back: an archive need not be in order.</summary>
internal sealed class ReplayClock : TimeProvider
{
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => now;

    public void Set(DateTimeOffset time) => now = time;
}
