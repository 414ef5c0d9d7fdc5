using System.Text.Json.Serialization;
using FeedWatch.Contracts;
using FeedWatch.Incidents.Facts;
using FeedWatch.Incidents.Known;
using FeedWatch.Reports;

namespace FeedWatch.Incidents;

/// <summary>
/// All that is known of one takedown. Stored as JSON. The same reports make the same incident, in whatever order they come;
/// what of it chats have heard stands beside it, and the difference is the news.
/// </summary>
internal sealed record Incident
{
    private const int MostSources = 50;
    private const int MostNames = 40;
    private const int MostTold = 2000;

    public required Guid Id { get; init; }

    /// <summary>Number of the last event told.</summary>
    public int Sequence { get; init; }

    public required Headline Headline { get; init; }
    public required Severity Severity { get; init; }
    public required string SeverityReason { get; init; }

    /// <summary>The report that gives the reason was published then.</summary>
    public DateTimeOffset SeverityAt { get; init; }
    public required IReadOnlyList<NetworkReference> Networks { get; init; }
    public required IReadOnlyList<string> Operations { get; init; }
    public required IReadOnlyList<string> Agencies { get; init; }

    /// <summary>Countries that reports name.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>Countries whose police or courts act.</summary>
    public required IReadOnlyList<string> Acting { get; init; }

    /// <summary>Countries that reports name as places.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    public required FigureBook Book { get; init; }
    public required IReadOnlyList<Happening> Happenings { get; init; }
    public required IReadOnlyList<Source> Sources { get; init; }
    public required DateTimeOffset FirstReport { get; init; }
    public required DateTimeOffset LastReport { get; init; }

    /// <summary>Reports so far, repeats included.</summary>
    public required int Reports { get; init; }

    /// <summary>Keys of the facts that were told.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    [JsonIgnore]
    public string Title => Headline.Title;

    [JsonIgnore]
    public IReadOnlyList<Figure> Figures => Book.Current;

    /// <summary>When its network's takedown first became public, where that was known before.</summary>
    [JsonIgnore]
    public DateOnly? KnownSince => Networks.Where(n => n is { About: true, Listed: true }).Select(n => KnownIncidents.SinceOf(n.Name)).FirstOrDefault(d => d is not null);

    /// <summary>The networks as people are told of them: what a report names beside this one is named, but the incident is not about it.</summary>
    [JsonIgnore]
    public IReadOnlyList<NetworkReference> NamedNetworks => [.. Networks.Select(n => n.About && IsReminder(n) ? n with { About = false } : n).OrderByDescending(n => n.About)];

    /// <summary>What chats have not heard yet.</summary>
    [JsonIgnore]
    public IReadOnlyList<Fact> News
    {
        get
        {
            var told = Told.ToHashSet(StringComparer.Ordinal);
            return
            [
                .. Book.Standing.Where(e => e.IsNews).SelectMany(e => e.Waves.Select(c => (Entry: e, Claim: c, IsWave: true)).Append((Entry: e, Claim: e.Current, IsWave: false)))
                    .Select(f => (Fact: Fact.Of(f.Entry.ToFigure(f.Claim), f.IsWave), Elsewhere: Book.Tellings(f.Entry, f.Claim)))
                    .Where(f => !f.Fact.IsIn(told) && !f.Elsewhere.Any(same => told.Contains(Fact.Of(same, isWave: false).Key)))
                    .Select(f => f.Fact),
                .. Happenings.Where(h => !h.IsIn(told)).Select(Fact.Of),
                .. Acting.Select(c => Fact.Of("country", c)).Concat(Operations.Select(o => Fact.Of("operation", o)))
                    .Concat(Networks.Where(n => n.About && !IsReminder(n)).Select(n => Fact.Of("network", n.Name))).Where(f => !f.IsIn(told)),
            ];
        }
    }

    /// <summary>Made anew from its reports, of which there is one at least.</summary>
    public static Incident Of(Guid id, IReadOnlyList<(Report Report, DateTimeOffset At)> reports) =>
        reports.Skip(1).Aggregate(OpenedBy(id, reports[0].Report, reports[0].At), (incident, next) => incident.With(next.Report, next.At));

    public static Incident OpenedBy(Guid id, Report report, DateTimeOffset now) => new Incident
    {
        Id = id,
        Headline = Headline.Of(report, now),
        Severity = Severity.Info,
        SeverityReason = "",
        Networks = [],
        Operations = [],
        Agencies = [],
        Countries = [],
        Acting = [],
        Book = FigureBook.Empty,
        Happenings = [],
        Sources = [],
        FirstReport = report.TimeAt(now),
        LastReport = report.TimeAt(now),
        Reports = 0,
    }.With(report, now);

    /// <summary>The incident with what this report adds.</summary>
    public Incident With(Report report, DateTimeOffset now)
    {
        var at = report.TimeAt(now);
        var (severity, reason) = SeverityRule.Of(report);
        var isReason = Reports == 0 || severity > Severity || (severity == Severity && (at, reason).CompareTo((SeverityAt, SeverityReason)) < 0);
        var headline = Headline.Of(report, now);
        return this with
        {
            Headline = headline.CompareTo(Headline) < 0 ? headline : Headline,
            Severity = isReason ? severity : Severity,
            SeverityReason = isReason ? reason : SeverityReason,
            SeverityAt = isReason ? at : SeverityAt,
            Networks = Joined(Networks, report.Networks),
            Operations = Union(Operations, report.Operations),
            Agencies = Union(Agencies, report.Agencies),
            Countries = Union(Countries, report.Countries),
            Acting = Union(Acting, report.Acting),
            Places = Union(Places, report.Places),
            Book = Book.With(report, new Voice(report.Article.Source, at, report.Official)),
            Happenings = report.Deeds.Aggregate(Happenings, (known, deed) => Happening.With(known, deed.Kind, deed.What, at)),
            Sources = Sources.Count < MostSources ? [.. Sources, SourceOf(report, at)] : Sources,
            FirstReport = at < FirstReport ? at : FirstReport,
            LastReport = at > LastReport ? at : LastReport,
            Reports = Reports + 1,
        };
    }

    /// <summary>The incident once everything in it is told; the first time, that names every place that a report does.</summary>
    public Incident AllTold() => this with { Told = [.. Told.Concat(News.Select(f => f.Key)).Concat(Told.Count == 0 ? Places.Select(c => Fact.Of("country", c).Key) : []).Distinct(StringComparer.Ordinal).TakeLast(MostTold)] };

    /// <summary>The incident with one more feed that carries a report it has already; itself where that is known or there are enough.</summary>
    public Incident WithSource(Source source) =>
        Sources.Count >= MostSources || Sources.Any(s => s.Name == source.Name) ? this : this with { Sources = [.. Sources, source] };

    /// <summary>The incident with what the new text of a report adds that it has already.</summary>
    public Incident WithEdit(Report report, DateTimeOffset now) =>
        With(report, now) with { Reports = Reports, Sources = WithSource(SourceOf(report, report.TimeAt(now))).Sources };

    // Two names that are both in a list are two networks: the second is a reminder, no news of this one.
    private bool IsReminder(NetworkReference network) => network.Listed && Networks.First(n => n.About && n.Listed) != network;

    // Most reports name what others named: then nothing is made anew, or an incident of a thousand reports takes long to make.
    private static IReadOnlyList<NetworkReference> Joined(IReadOnlyList<NetworkReference> known, IReadOnlyList<NetworkReference> more) =>
        more.All(m => known.Any(k => k.Slug == m.Slug && (k.About || !m.About)))
            ? known
            : [.. known.Concat(more).GroupBy(n => n.Slug).Select(g => g.First() with { About = g.Any(n => n.About) }).Take(MostNames).OrderByDescending(n => n.About)];

    private static IReadOnlyList<string> Union(IReadOnlyList<string> known, IReadOnlyList<string> more) =>
        more.All(known.Contains) ? known : [.. known.Union(more, StringComparer.Ordinal).Take(MostNames)];

    private static Source SourceOf(Report report, DateTimeOffset at) => new()
    {
        Name = report.Article.Source,
        Link = report.Article.Link,
        Language = report.Article.Language,
        Time = at,
    };
}
