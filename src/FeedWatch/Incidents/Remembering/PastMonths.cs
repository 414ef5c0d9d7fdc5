using System.Globalization;
using FeedWatch.Detection;

namespace FeedWatch.Incidents.Remembering;

/// <summary>When what a report looks back to happened: "five years after" says it to half a year, "in June" to the month.</summary>
/// <param name="First">A month, counted from the beginning of the calendar.</param>
/// <param name="Last">The last one that is meant, the same or later.</param>
internal readonly record struct PastMonths(int First, int Last)
{
    private const int InYear = 12;

    /// <summary>Whoever counts in years does not count the months: four years and eight months are four years to many,</summary>
    private const int LongYears = 9;

    /// <summary>and three and a half are four to few.</summary>
    private const int NearYears = 5;

    /// <summary>From here on months are counted roughly.</summary>
    private const int ManyMonths = 6;

    private const int Narrow = 4;

    /// <summary>"A year ago" was not eighteen months ago.</summary>
    private const int NearOneYear = 4;

    /// <summary>Days to either side of so many weeks ago.</summary>
    private const int NearWeeks = 10;

    /// <summary>Whether it says the time to some months.</summary>
    public bool IsNarrow => Last - First <= Narrow;

    /// <summary>The years that it touches.</summary>
    public IEnumerable<int> Years => Enumerable.Range(First / InYear, (Last / InYear) - (First / InYear) + 1);

    /// <param name="time">As the text says it.</param>
    /// <param name="at">When the text was published.</param>
    public static PastMonths Of(PastTime time, DateTimeOffset at)
    {
        var now = MonthOf(at);
        return time switch
        {
            { Unit: PastUnit.Years, Value: 1 } => Around(now - InYear, NearOneYear),
            { Unit: PastUnit.Years } => new PastMonths(now - (InYear * time.Value) - LongYears, now - (InYear * time.Value) + NearYears),
            { Unit: PastUnit.LastYear } => new PastMonths((at.Year - 1) * InYear, (at.Year * InYear) - 1),
            { Unit: PastUnit.Months } => Around(now - time.Value, time.Value < ManyMonths ? 1 : 2),
            { Unit: PastUnit.Weeks } => new PastMonths(MonthOf(at.AddDays(-(7 * time.Value) - NearWeeks)), MonthOf(at.AddDays(-(7 * time.Value) + NearWeeks))),
            _ => Around(now - ((at.Month - time.Value + InYear) % InYear), 0),
        };
    }

    /// <summary>One that <see cref="ToString"/> wrote.</summary>
    public static PastMonths Read(ReadOnlySpan<char> text)
    {
        var dash = text.IndexOf('-');
        return new PastMonths(int.Parse(text[..dash], CultureInfo.InvariantCulture), int.Parse(text[(dash + 1)..], CultureInfo.InvariantCulture));
    }

    public bool Has(DateTimeOffset at) => MonthOf(at) is var month && month >= First && month <= Last;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    private static PastMonths Around(int month, int near) => new(month - near, month + near);

    private static int MonthOf(DateTimeOffset at) => (at.Year * InYear) + at.Month - 1;
}
