namespace FeedWatch.Chat.Posts;

/// <summary>Makes a post as short as a chat wants it, whatever the chat counts.</summary>
internal static class Fit
{
    private static readonly Line More = new(LineKind.Small, new Piece("…"));

    /// <summary>All lines where they fit; else those that have a share, and from the beginning as many of the others as there is room for.</summary>
    /// <param name="most">The room for all.</param>
    /// <param name="lines">In the order of their weight.</param>
    /// <param name="cost">Of one line, with its markup and what parts it from the next.</param>
    public static IReadOnlyList<Line> Into(int most, IReadOnlyList<Line> lines, Func<Line, int> cost)
    {
        if (lines.Sum(cost) <= most) return lines;

        var fitted = lines.Select(l => l.Share > 0 ? Cut(l, (int)(most * l.Share), cost) : l).ToList();
        var room = most - cost(More) - fitted.Where(l => l is { Share: > 0 }).Sum(l => cost(l!));
        for (var i = 0; i < fitted.Count; i++)
        {
            if (fitted[i] is not { Share: 0 } line) continue;
            if (cost(line) <= room)
            {
                room -= cost(line);
                continue;
            }

            fitted[i] = Cut(line, room, cost) ?? More;
            for (var rest = i + 1; rest < fitted.Count; rest++)
            {
                if (fitted[rest] is { Share: 0 }) fitted[rest] = null;
            }

            break;
        }

        return [.. fitted.OfType<Line>()];
    }

    /// <summary>The line, cut between characters where it is too long; null where not even one fits.</summary>
    public static Line? Cut(Line line, int most, Func<Line, int> cost)
    {
        if (cost(line) <= most) return line;

        var (fits, tooLong) = (0, line.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (cost(line.Cut(middle)) <= most) fits = middle;
            else tooLong = middle;
        }

        return fits == 0 ? null : line.Cut(fits);
    }
}
