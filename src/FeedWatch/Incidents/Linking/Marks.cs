using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Reports;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// What tells one takedown from another where no name does: agencies, countries, figures. Kept beside each report as one short
/// line, so that the reports of a busy day are compared without reading them again.
/// </summary>
internal sealed record Marks(IReadOnlySet<string> Agencies, IReadOnlySet<string> Countries, IReadOnlySet<string> Figures, IReadOnlySet<string> Names, bool IsTakedown)
{
    public const string Agency = "a:", Country = "c:", Number = "f:", Name = "n:", Year = "y:", Language = "l:";
    private const string Takedown = "takedown";

    public static Marks Of(Report report) => new(
        report.Agencies.Select(RoutingKey.Slug).ToHashSet(StringComparer.Ordinal),
        report.Acting.Union(report.Countries, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal),
        report.Figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Kind}/{f.Value:0.####}")).ToHashSet(StringComparer.Ordinal),
        report.Names.ToHashSet(StringComparer.Ordinal),
        report.Article.Label == ArticleLabel.Takedown);

    public static Marks Read(string line)
    {
        var words = line.Split('\t', StringSplitOptions.RemoveEmptyEntries);
        return new Marks(Those(words, Agency), Those(words, Country), Those(words, Number), Those(words, Name), words.Contains(Takedown));
    }

    /// <summary>Each with its kind before it.</summary>
    public IEnumerable<string> All => Agencies.Select(a => Agency + a).Concat(Countries.Select(c => Country + c)).Concat(Figures.Select(f => Number + f)).Concat(Names.Select(n => Name + n));

    /// <summary>As one line that <see cref="Read"/> reads.</summary>
    public override string ToString() => string.Join(
        '\t',
        All.Order(StringComparer.Ordinal).Concat(IsTakedown ? [Takedown] : []));

    private static HashSet<string> Those(string[] words, string kind) =>
        words.Where(w => w.StartsWith(kind, StringComparison.Ordinal)).Select(w => w[kind.Length..]).ToHashSet(StringComparer.Ordinal);
}
