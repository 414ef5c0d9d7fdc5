using FeedWatch.Storage;

namespace FeedWatch.Incidents.Linking;

/// <summary>The reports around a day, whatever incident they belong to: what a report without a name is compared with.</summary>
internal sealed class Nearby
{
    /// <summary>More reports than this around one day say no more.</summary>
    private const int Most = 500;

    private readonly IReadOnlyList<NearReport> reports;

    private Nearby(IReadOnlyList<NearReport> reports) => this.reports = reports;

    /// <summary>Reports that were linked by likeness alone.</summary>
    public IEnumerable<NearReport> Nameless => reports.Where(r => !r.IsNamed);

    public IEnumerable<Guid> Incidents => reports.Select(r => r.Incident).Distinct();

    public static async Task<Nearby> AroundAsync(Session session, DateTimeOffset at)
    {
        var rows = await session.QueryAsync<Row>(
            """
            select a.incident_id as Incident, a.article_id as Article, a.reported_at as At, a.named, a.marks, i.first_at as FirstAt
            from incident_articles a join incidents i on i.id = a.incident_id
            where a.reported_at between @From and @To and i.retracted_at is null order by a.reported_at, a.article_id limit @Most
            """,
            new { From = (at - Likeness.Reach).ToUnixTimeMilliseconds(), To = (at + Likeness.Reach).ToUnixTimeMilliseconds(), Most });
        return new Nearby([.. rows.Select(r => new NearReport(r.Incident, r.Article, DateTimeOffset.FromUnixTimeMilliseconds(r.At), r.Named != 0, Marks.Read(r.Marks), DateTimeOffset.FromUnixTimeMilliseconds(r.FirstAt)))]);
    }

    /// <summary>How much a report is like those of an incident; itself left out.</summary>
    public double LikenessOf(Guid article, Marks marks, DateTimeOffset at, Guid incident)
    {
        var others = reports.Where(r => r.Incident == incident && r.Article != article).ToList();
        return Likeness.Of(marks, [.. others.Select(r => (r.Marks, (r.At - at).Duration()))], others.Exists(r => (r.IncidentSince - at).Duration() <= Likeness.Reach));
    }

    /// <summary>Whether most reports of one incident speak of the same takedown as those of another.</summary>
    public bool AreAlike(Guid one, Guid other)
    {
        var votes = reports.Where(r => r.Incident == one).Select(r => LikenessOf(r.Article, r.Marks, r.At, other) >= Likeness.Same).ToList();
        return votes.Count > 0 && votes.Count(v => v) * 2 > votes.Count;
    }

    /// <summary>Whether an incident of these days is told of.</summary>
    public bool HasFreshTakedown(DateTimeOffset at) => reports.Any(r => r.Marks.IsTakedown && (r.IncidentSince - at).Duration() <= Likeness.Reach);

    /// <summary>Whether an incident has reports around that day that say something else altogether.</summary>
    public bool Contradicts(Guid article, Marks marks, DateTimeOffset at, Guid incident) =>
        reports.Any(r => r.Incident == incident) && LikenessOf(article, marks, at, incident) < Likeness.Strange;

    /// <summary>The incident that a report is most like; null where none is like it enough.</summary>
    /// <param name="article">The report's id.</param>
    /// <param name="marks">What it says.</param>
    /// <param name="at">When it was published.</param>
    /// <param name="least">How like it has to be at least, by incident; infinity for one that is out of the question.</param>
    public Guid? MostLike(Guid article, Marks marks, DateTimeOffset at, Func<Guid, double> least)
    {
        var best = Incidents.Select(i => (Incident: i, Likeness: LikenessOf(article, marks, at, i)))
            .Where(c => c.Likeness >= least(c.Incident)).Select(c => ((Guid? Incident, double Likeness))c)
            .OrderByDescending(c => c.Likeness).ThenBy(c => c.Incident).FirstOrDefault();
        return best.Incident;
    }

    private sealed class Row
    {
        public Guid Incident { get; init; }
        public Guid Article { get; init; }
        public long At { get; init; }
        public int Named { get; init; }
        public string Marks { get; init; } = "";
        public long FirstAt { get; init; }
    }
}

/// <param name="IsNamed">Whether it was linked by a name.</param>
/// <param name="IncidentSince">The first report of its incident.</param>
internal sealed record NearReport(Guid Incident, Guid Article, DateTimeOffset At, bool IsNamed, Marks Marks, DateTimeOffset IncidentSince);
