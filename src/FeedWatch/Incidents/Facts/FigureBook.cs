using FeedWatch.Contracts;

namespace FeedWatch.Incidents.Facts;

/// <summary>Every figure of an incident with all that was said of it. The same reports give the same book, in whatever order they come.</summary>
internal sealed record FigureBook
{
    private const int MostEntries = 120;
    private const string World = "world";

    /// <summary>Two countries may well arrest six people each, but not 8,000.</summary>
    private const decimal TooManyToBeChance = 200;

    public static FigureBook Empty { get; } = new();

    public IReadOnlyList<FigureEntry> Entries { get; init; } = [];

    public FigureBook With(IEnumerable<Figure> figures, Voice voice)
    {
        var entries = Entries.ToList();
        foreach (var figure in figures.Distinct())
        {
            var at = entries.FindIndex(e => e.Counts(figure));
            if (at >= 0) entries[at] = entries[at].With(figure.Value, voice);
            else if (entries.Count < MostEntries)
                entries.Add(new FigureEntry { Kind = figure.Kind, Unit = figure.Unit, Scope = figure.Scope, What = figure.What, Claims = [Claim.By(figure.Value, voice)] });
        }

        return new FigureBook { Entries = entries };
    }

    /// <summary>
    /// The entries that stand. One that says of nowhere what another says of a place adds nothing; and the same large number
    /// under two places is one of them misread, which stands for the world, else where more outlets put it.
    /// </summary>
    public IEnumerable<FigureEntry> Standing => Entries
        .Where(e => e.Scope.Length > 0 ? !Entries.Any(o => o != e && o.Counts(e) && IsMisread(e, o)) : !Entries.Any(o => o.Scope.Length > 0 && o.Counts(e) && Covers(o, e.Current)))
        .OrderBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.Scope, StringComparer.Ordinal).ThenBy(e => e.What, StringComparer.Ordinal).ThenBy(e => e.Unit, StringComparer.Ordinal);

    /// <summary>The current value of each.</summary>
    public IReadOnlyList<Figure> Current => [.. Standing.Select(e => e.ToFigure(e.Current))];

    private static bool IsMisread(FigureEntry entry, FigureEntry other) =>
        other.Scope.Length > 0 && entry.Current.Value >= TooManyToBeChance && entry.Current.Value == other.Current.Value && Rank(entry).CompareTo(Rank(other)) > 0;

    private static (bool, int, string) Rank(FigureEntry entry) => (entry.Scope != World, -entry.Current.Outlets.Count, entry.Scope);

    private static bool Covers(FigureEntry scoped, Claim unscoped) => scoped.Current.Value >= unscoped.Value || scoped.Claims.Any(c => c.Value == unscoped.Value);
}
