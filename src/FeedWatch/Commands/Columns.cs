namespace FeedWatch.Commands;

/// <summary>A table as people read it, and as <c>awk</c> and <c>less -S</c> can: no frames, no colours, two spaces between columns.</summary>
internal static class Columns
{
    /// <param name="heading">One word a column.</param>
    /// <param name="rows">As many cells each.</param>
    /// <param name="below">What follows a row, indented below it; null for nothing.</param>
    public static string Text(IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<string>> rows, Func<int, string?>? below = null)
    {
        var widths = heading.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        var lines = new List<string> { Line(heading, widths) };
        for (var i = 0; i < rows.Count; i++)
        {
            lines.Add(Line(rows[i], widths));
            if (below?.Invoke(i) is { } more) lines.Add($"{new string(' ', widths[0])}  └ {more}");
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Line(IReadOnlyList<string> cells, int[] widths) => string.Join("  ", cells.Select((c, i) => c.PadRight(widths[i]))).TrimEnd();
}
