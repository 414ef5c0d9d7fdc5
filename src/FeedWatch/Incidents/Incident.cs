using FeedWatch.Contracts;
using FeedWatch.Reports;

namespace FeedWatch.Incidents;

/// <summary>All that is known of one takedown. Stored as JSON; what changes is told as <see cref="Change"/>s.</summary>
internal sealed record Incident
{
    private const int MostSources = 50;
    private const int MostNames = 40;

    public required Guid Id { get; init; }

    /// <summary>Number of the last event told.</summary>
    public int Sequence { get; init; }

    public required string Title { get; init; }
    public required Severity Severity { get; init; }
    public required string SeverityReason { get; init; }
    public required IReadOnlyList<NetworkReference> Networks { get; init; }
    public required IReadOnlyList<string> Operations { get; init; }
    public required IReadOnlyList<string> Agencies { get; init; }
    public required IReadOnlyList<string> Countries { get; init; }
    public required IReadOnlyList<Figure> Figures { get; init; }
    public required IReadOnlyList<Source> Sources { get; init; }

    public static Incident OpenedBy(Guid id, Report report, DateTimeOffset now)
    {
        var (severity, reason) = SeverityRule.Of(report);
        return new Incident
        {
            Id = id,
            Title = report.Article.Title,
            Severity = severity,
            SeverityReason = reason,
            Networks = report.Networks,
            Operations = report.Operations,
            Agencies = report.Agencies,
            Countries = report.Countries,
            Figures = FigureBook.Merge([], report.Figures).Current,
            Sources = [SourceOf(report, now)],
        };
    }

    /// <summary>The incident with what this report adds, and the new facts in it.</summary>
    public (Incident After, IReadOnlyList<Change> Changes) With(Report report, DateTimeOffset now)
    {
        var (severity, reason) = SeverityRule.Of(report);
        var (figures, changes) = FigureBook.Merge(Figures, report.Figures);
        var networks = Networks.Concat(report.Networks).GroupBy(n => n.Slug).Select(g => g.First() with { About = g.Any(n => n.About) }).Take(MostNames).ToList();
        var operations = Union(Operations, report.Operations);
        var countries = Union(Countries, report.Countries);
        var after = this with
        {
            Severity = severity > Severity ? severity : Severity,
            SeverityReason = severity > Severity ? reason : SeverityReason,
            Networks = [.. networks.OrderByDescending(n => n.About)],
            Operations = operations,
            Agencies = Union(Agencies, report.Agencies),
            Countries = countries,
            Figures = figures,
            Sources = Sources.Count < MostSources ? [.. Sources, SourceOf(report, now)] : Sources,
        };

        changes = [.. changes, .. Added("operation", Operations, operations)];

        // That a country is named is only told along with harder news: many reports name one in passing.
        return (after, changes.Count == 0 ? changes : [.. changes, .. Added("country", Countries, countries)]);
    }

    /// <summary>The incident with one more feed that carries a report it has already; itself where that is known or there are enough.</summary>
    public Incident WithSource(Source source) =>
        Sources.Count >= MostSources || Sources.Any(s => s.Name == source.Name) ? this : this with { Sources = [.. Sources, source] };

    public static Source SourceOf(Report report, DateTimeOffset now) => new()
    {
        Name = report.Article.Source,
        Link = report.Article.Link,
        Language = report.Article.Language,
        Time = report.Article.PublishedAt ?? now,
    };

    private static IEnumerable<Change> Added(string kind, IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        after.Except(before, StringComparer.Ordinal).Select(value => new Change { Kind = kind, Value = value });

    private static List<string> Union(IReadOnlyList<string> known, IReadOnlyList<string> more) =>
        [.. known.Union(more, StringComparer.Ordinal).Take(MostNames)];
}
