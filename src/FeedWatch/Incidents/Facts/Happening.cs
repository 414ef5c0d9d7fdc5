using System.Globalization;
using FeedWatch.Detection;

namespace FeedWatch.Incidents.Facts;

/// <summary>An operator's arrest, a ruling: something that reports of the same days tell again, and that may come again later.</summary>
internal sealed record Happening
{
    /// <summary>Reports no further apart than this tell the same one.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromDays(10);

    private const int Most = 60;

    /// <summary>In the order in which they befall an operator: who was convicted today has been arrested.</summary>
    private static readonly string[] Fates = ["arrested", "charged", "convicted"];

    public required string Kind { get; init; }
    public required string What { get; init; }
    public required DateTimeOffset First { get; init; }
    public required DateTimeOffset Last { get; init; }

    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Kind}={What}@{First.UtcDateTime:yyyy-MM-dd}");

    /// <summary>Whether it was told, be it under the day of another report, or in what follows from it.</summary>
    public bool IsIn(IReadOnlySet<string> told) => told.Any(k => Tellings.Any(telling => k.StartsWith(telling, StringComparison.Ordinal))
        && DateTimeOffset.TryParse(k.AsSpan(k.LastIndexOf('@') + 1), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
        && day >= First - Span && day <= Last + Span);

    // "An operator was arrested" is no news in the days after "an operator was charged".
    private IEnumerable<string> Tellings =>
        Kind == Deed.Operator && Array.IndexOf(Fates, What) is >= 0 and var at ? Fates[at..].Select(fate => $"{Kind}={fate}@") : [$"{Kind}={What}@"];

    /// <summary>The happenings with what one more report tells of.</summary>
    public static IReadOnlyList<Happening> With(IReadOnlyList<Happening> known, string kind, string what, DateTimeOffset at)
    {
        var same = known.Where(h => h.Kind == kind && h.What == what && at >= h.First - Span && at <= h.Last + Span).ToList();
        var all = new Happening
        {
            Kind = kind,
            What = what,
            First = same.Select(h => h.First).Append(at).Min(),
            Last = same.Select(h => h.Last).Append(at).Max(),
        };
        return [.. known.Except(same).Append(all).OrderBy(h => h.First).ThenBy(h => h.Key, StringComparer.Ordinal).TakeLast(Most)];
    }
}
