using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Reports;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// What tells one takedown from another where no name does: agencies, countries, figures; each of them once.
/// </summary>
internal sealed record Marks(IReadOnlyList<string> Agencies, IReadOnlyList<string> Countries, IReadOnlyList<string> Figures, IReadOnlyList<string> Names, bool IsTakedown)
{
    public const string Agency = "a:", Country = "c:", Number = "f:", Name = "n:", Year = "y:", Quarter = "q:";
    public const string Takedown = "takedown";

    // In the same order as they are read again: sums of their weights must come out the same to the last digit.
    public static Marks Of(Report report) => new(
        Ordered(report.Agencies.Select(RoutingKey.Slug)),
        Ordered(report.Acting.Concat(report.Countries)),
        Ordered(report.Figures.Concat(report.Denied).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Kind}/{f.Value:0.####}"))),
        Ordered(report.Names),
        report.Article.Label == ArticleLabel.Takedown);

    /// <summary>Each with its kind before it.</summary>
    public IEnumerable<string> All => Agencies.Select(a => Agency + a).Concat(Countries.Select(c => Country + c)).Concat(Figures.Select(f => Number + f)).Concat(Names.Select(n => Name + n));

    /// <summary>As the beginning of a clue's line.</summary>
    public override string ToString() => string.Join(
        '\t',
        All.Order(StringComparer.Ordinal).Concat(IsTakedown ? [Takedown] : []));

    private static List<string> Ordered(IEnumerable<string> words) => [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
