using FeedWatch.Contracts;

namespace FeedWatch.Incidents;

/// <summary>
/// The current value of each figure. Figures of a takedown grow for hours as countries report; a smaller one is an older or a
/// narrower one, so it changes nothing. One report may give two values of a kind (sixteen countries took part, users in a
/// hundred): both stand, and a later value replaces the nearest one below it.
/// </summary>
internal static class FigureBook
{
    private const int MostFigures = 60;

    public static (IReadOnlyList<Figure> Current, IReadOnlyList<Change> Changes) Merge(IReadOnlyList<Figure> current, IReadOnlyList<Figure> reported)
    {
        var book = current.ToList();
        var changes = new List<Change>();
        foreach (var figure in reported.Distinct())
        {
            var known = current.Where(f => Counts(f) == Counts(figure)).ToList();
            if (known.Exists(f => f.Value == figure.Value)) continue;
            if (known.Where(f => f.Value < figure.Value).MaxBy(f => f.Value) is { } outgrown)
            {
                changes.Add(new Change { Kind = "figure", Figure = figure, Before = outgrown.Value });
                book.Remove(outgrown);
                book.Add(figure);
            }
            else if (known.Count == 0 && book.Count < MostFigures)
            {
                changes.Add(new Change { Kind = "figure", Figure = figure });
                book.Add(figure);
            }
        }

        return (book, changes);
    }

    /// <summary>What it counts, apart from how many.</summary>
    private static (string, string, string, string) Counts(Figure figure) => (figure.Kind, figure.Unit, figure.Scope, figure.What);
}
