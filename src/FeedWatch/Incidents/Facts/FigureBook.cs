using FeedWatch.Contracts;
using FeedWatch.Reports;

namespace FeedWatch.Incidents.Facts;

/// <summary>Every figure of an incident with all that was said of it. The same reports give the same book, in whatever order they come.</summary>
internal sealed record FigureBook
{
    private const int MostEntries = 120;
    private const int MostDenials = 60;

    // What says more of the same people.
    private static readonly Dictionary<string, string[]> Same = new(StringComparer.Ordinal) { ["suspects"] = ["arrests", "charges", "convictions"], ["charges"] = ["convictions"] };

    public static FigureBook Empty { get; } = new();

    public IReadOnlyList<FigureEntry> Entries { get; init; } = [];

    /// <summary>Values that were taken back.</summary>
    public IReadOnlyList<Denial> Denials { get; init; } = [];

    public FigureBook With(Report report, Voice voice)
    {
        var entries = Entries.ToList();
        foreach (var figure in report.Figures.Distinct())
        {
            var (isRough, isHearsay) = (report.Rough.Contains(figure), report.Hearsay.Contains(figure));

            // Who takes a value back gives the right one with authority.
            var said = report.Denied.Any(d => (d.Kind, d.Unit) == (figure.Kind, figure.Unit)) ? voice with { Official = true } : voice;
            var at = entries.FindIndex(e => e.Counts(figure));
            if (at >= 0) entries[at] = entries[at].With(figure.Value, said, isRough, isHearsay);
            else if (entries.Count < MostEntries)
                entries.Add(new FigureEntry { Kind = figure.Kind, Unit = figure.Unit, Scope = figure.Scope, What = figure.What, Claims = [Claim.By(figure.Value, said, isRough, isHearsay)] });
        }

        if (report.Denied.Count == 0) return new FigureBook { Entries = entries, Denials = Denials };
        var denials = Denials.Concat(report.Denied.Select(f => DenialBy(report, f, voice))).GroupBy(d => d with { Last = default }).Select(g => g.MaxBy(d => d.Last)!);
        return new FigureBook { Entries = entries, Denials = [.. denials.OrderBy(d => d.Last).ThenBy(d => d.Kind, StringComparer.Ordinal).ThenBy(d => d.Unit, StringComparer.Ordinal).ThenBy(d => d.Value).ThenBy(d => d.Right).ThenBy(d => d.Scope, StringComparer.Ordinal).TakeLast(MostDenials)] };
    }

    /// <summary>
    /// The entries that stand. One that says of nowhere what another says of a place adds nothing; and the same large number
    /// under two places is one of them misread, which stands for the world, else where more outlets put it.
    /// As many suspects as were arrested, charged or convicted are those, and as many accused as were convicted.
    /// </summary>
    public IEnumerable<FigureEntry> Standing
    {
        get
        {
            var entries = Believed();
            return entries
                .Where(e => e.Scope.Length > 0 ? !entries.Any(o => o != e && o.Counts(e) && IsMisread(e, o)) : !entries.Any(o => o.Scope.Length > 0 && o.Counts(e) && Covers(o, e.Current)))
                .Where(e => !Same.TryGetValue(e.Kind, out var more) || !entries.Any(o => more.Contains(o.Kind) && o.Claims.Any(c => c.Value == e.Current.Value && c.IsInDaysOf(e.Current))))
                .Where(e => !e.IsTrifling && !entries.Any(o => o.Counts(e) && e.IsLessThanPart(o)))
                .OrderBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.Scope, StringComparer.Ordinal).ThenBy(e => e.What, StringComparer.Ordinal).ThenBy(e => e.Unit, StringComparer.Ordinal);
        }
    }

    /// <summary>The current value of each.</summary>
    public IReadOnlyList<Figure> Current => [.. Standing.Select(e => e.ToFigure(e.Current))];

    /// <summary>The same figure as others told it in those days: of the world, of another country.</summary>
    public IEnumerable<Figure> Tellings(FigureEntry entry, Claim claim) =>
        from other in Entries
        where other.Scope != entry.Scope && other.Counts(entry)
        from told in other.Claims
        where told.Value == claim.Value && SameFigure.Is(entry.Kind, claim.Value, entry.Scope, other.Scope, claim.IsInDaysOf(told))
        select other.ToFigure(told);

    // What a later report says was wrong is no longer said.
    private List<FigureEntry> Believed()
    {
        IReadOnlyList<FigureEntry> left = Denials.Count == 0
            ? Entries
            : [.. Entries.Select(e => e with { Claims = [.. e.Claims.Where(c => !Denials.Any(d => d.IsOf(e, c)))] }).Where(e => e.Claims.Count > 0)];
        left = Denials.Aggregate(left, Mended);
        return [.. left.Select(e => e.Beside(left)).OfType<FigureEntry>()];
    }

    private static Denial DenialBy(Report report, Figure wrong, Voice voice)
    {
        var right = report.Figures.Where(f => (f.Kind, f.Unit) == (wrong.Kind, wrong.Unit)).Distinct().ToList() is [var only] ? only : null;
        return new Denial(wrong.Kind, wrong.Unit, wrong.Value, right?.Value, right?.Scope, voice.At);
    }

    // "47, not 49", which a paper puts to its own country: the right value is of where the only wrong one was.
    private IReadOnlyList<FigureEntry> Mended(IReadOnlyList<FigureEntry> entries, Denial denial)
    {
        if (Entries.Where(e => e.Claims.Any(c => denial.IsOf(e, c))).ToList() is not [var wrong] || wrong.Scope == denial.Scope
            || entries.FirstOrDefault(e => e.Counts(wrong) && e.Scope == denial.Scope) is not { } put || put.Claims.FirstOrDefault(c => c.Value == denial.Right) is not { } claim)
            return entries;
        var there = entries.FirstOrDefault(e => e.Counts(wrong) && e.Scope == wrong.Scope) ?? wrong with { Claims = [] };
        var joint = there.Claims.FirstOrDefault(c => c.Value == claim.Value) is { } same ? same.And(claim) : claim;
        return
        [
            .. entries.Where(e => e != put && e != there),
            .. put.Claims.Count > 1 ? [put with { Claims = [.. put.Claims.Where(c => c != claim)] }] : Array.Empty<FigureEntry>(),
            there with { Claims = [.. there.Claims.Where(c => c.Value != claim.Value).Append(joint).OrderBy(c => c.Value)] },
        ];
    }

    private static bool IsMisread(FigureEntry entry, FigureEntry other) =>
        other.Scope.Length > 0 && entry.Current.Value == other.Current.Value && SameFigure.Is(entry.Kind, entry.Current.Value, entry.Scope, other.Scope, entry.Current.IsInDaysOf(other.Current)) && Rank(entry).CompareTo(Rank(other)) > 0;

    private static (bool, int, string) Rank(FigureEntry entry) => (entry.Scope != SameFigure.World, -entry.Current.Outlets.Count, entry.Scope);

    private static bool Covers(FigureEntry scoped, Claim unscoped) => scoped.Current.Value >= unscoped.Value || scoped.Claims.Any(c => c.Value == unscoped.Value);
}
