using FeedWatch.Contracts;

namespace FeedWatch.Incidents;

/// <summary>
/// The current value of each figure. Figures of a takedown grow for hours as countries report; a smaller one is an older or
/// a narrower one, so it changes nothing.
/// </summary>
internal static class FigureBook
{
    private const int MostFigures = 60;

    public static (IReadOnlyList<Figure> Current, IReadOnlyList<Change> Changes) Merge(IReadOnlyList<Figure> current, IReadOnlyList<Figure> reported)
    {
        var book = current.ToList();
        var changes = new List<Change>();
        foreach (var figure in reported.OrderByDescending(f => f.Value).DistinctBy(Key).OrderBy(f => IndexOf(reported, f)))
        {
            var at = book.FindIndex(f => Key(f) == Key(figure));
            if (at < 0 && book.Count < MostFigures)
            {
                book.Add(figure);
                changes.Add(new Change { Kind = "figure", Figure = figure });
            }
            else if (at >= 0 && figure.Value > book[at].Value)
            {
                changes.Add(new Change { Kind = "figure", Figure = figure, Before = book[at].Value });
                book[at] = figure;
            }
        }

        return (book, changes);
    }

    private static (string, string, string, string) Key(Figure figure) => (figure.Kind, figure.Unit, figure.Scope, figure.What);

    private static int IndexOf(IReadOnlyList<Figure> figures, Figure figure)
    {
        for (var i = 0; i < figures.Count; i++)
        {
            if (Key(figures[i]) == Key(figure)) return i;
        }

        return figures.Count;
    }
}
