using System.Globalization;
using FeedWatch.Incidents.Linking;

namespace FeedWatch.Incidents.Remembering;

/// <summary>How much was written about an incident when: the more of late, the likelier the next report is of it.</summary>
internal sealed class Liveliness
{
    /// <summary>A quarter of a year, in milliseconds.</summary>
    private const long Quarter = 7_889_400_000;

    /// <summary>Quarters after which a report counts for 1/e.</summary>
    private const double Fading = 4;

    private const int After = 12;

    private readonly SortedDictionary<int, int> quarters = [];

    public int Reports => quarters.Values.Sum();

    /// <summary>The mark that says in which quarter since 1970 a report was published.</summary>
    public static string MarkOf(DateTimeOffset at) => MarkOf(QuarterOf(at));

    /// <summary>Those from a first report to some years after another: reports that came late may be linked again together with later ones.</summary>
    public static IEnumerable<string> MarksFrom(DateTimeOffset first, DateTimeOffset at) => Enumerable.Range(QuarterOf(first), Math.Max(0, QuarterOf(at) + After - QuarterOf(first))).Select(MarkOf);

    public void Add(string mark, int reports) => Add(int.Parse(mark.AsSpan(Marks.Quarter.Length), CultureInfo.InvariantCulture), reports);

    public void Add(Liveliness other)
    {
        foreach (var (quarter, reports) in other.quarters) Add(quarter, reports);
    }

    /// <summary>Its reports up to then, each counted the less the older it is.</summary>
    public double At(DateTimeOffset at)
    {
        var now = QuarterOf(at);
        return quarters.Where(q => q.Key <= now).Sum(q => q.Value * Math.Exp((q.Key - now) / Fading));
    }

    private static string MarkOf(int quarter) => string.Create(CultureInfo.InvariantCulture, $"{Marks.Quarter}{quarter}");

    private static int QuarterOf(DateTimeOffset at) => (int)(at.ToUnixTimeMilliseconds() / Quarter);

    private void Add(int quarter, int reports) => quarters[quarter] = quarters.GetValueOrDefault(quarter) + reports;
}
