using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Reports;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// What tells one takedown from another where no name does: agencies, countries, figures; each of them once.
/// </summary>
/// <param name="Names">Stems of the places, people and firms that the report names; where it does not say what it is, of the network too.</param>
/// <param name="Called">Stems of the networks that it is about.</param>
internal sealed record Marks(IReadOnlyList<string> Agencies, IReadOnlyList<string> Countries, IReadOnlyList<string> Figures, IReadOnlyList<string> Names, IReadOnlyList<string> Called, bool IsTakedown)
{
    public const string Agency = "a:", Country = "c:", Number = "f:", Name = "n:", Call = "d:", Year = "y:", Quarter = "q:";
    public const string Takedown = "takedown";

    // In the same order as they are read again: sums of their weights must come out the same to the last digit.
    public static Marks Of(Report report) => new(
        Ordered(report.Agencies.Select(RoutingKey.Slug)),
        Ordered(report.Acting.Concat(report.Countries)),
        Ordered(report.Figures.Concat(report.Denied).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Kind}/{f.Value:0.####}"))),
        Ordered(report.Names),
        Ordered(report.Networks.Where(n => n.About).Select(n => ProperNames.OfNetwork(n.Name)).OfType<string>()),
        report.Article.Label == ArticleLabel.Takedown);

    /// <summary>Each with its kind before it.</summary>
    public IEnumerable<string> All => Agencies.Select(a => Agency + a).Concat(Countries.Select(c => Country + c)).Concat(Figures.Select(f => Number + f)).Concat(Names.Select(n => Name + n)).Concat(Called.Select(n => Call + n));

    /// <summary>As the beginning of a clue's line.</summary>
    public override string ToString() => string.Join(
        '\t',
        All.Order(StringComparer.Ordinal).Concat(IsTakedown ? [Takedown] : []));

    private static List<string> Ordered(IEnumerable<string> words) => [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
