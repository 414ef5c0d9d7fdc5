using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Benchmarks;

/// <summary>Reports as the detector makes them, by the thousand.</summary>
internal static class SampleReport
{
    private static readonly string[] Countries = ["NL", "BE", "FR", "DE", "GB", "SE", "ES", "IT", "PL", "AU", "US", "CA"];

    /// <param name="network">The network that it names; null where it names none.</param>
    /// <param name="n">Where its countries, outlet and figure come from.</param>
    /// <param name="at">When it was published.</param>
    /// <param name="label">What it tells of.</param>
    /// <param name="article">Its article, where there is one.</param>
    public static Report Of(string? network, int n, DateTimeOffset at, ArticleLabel label = ArticleLabel.Takedown, Guid? article = null) => new()
    {
        Article = new ReportedArticle
        {
            Id = article ?? NameUuid.Of("benchmark", string.Create(CultureInfo.InvariantCulture, $"{network}/{n}/{label}/{at.Ticks}")),
            Title = $"Police take down encrypted phones, case {n}",
            Summary = "Police have dismantled an encrypted phone network used by criminals and arrested its owners.",
            Link = null,
            Source = $"Outlet {n % 90}",
            Language = "en",
            PublishedAt = at,
            Label = label,
            Score = 0.9,
            Evidence = [],
        },
        Networks = network is null ? [] : [new NetworkReference { Name = network, Slug = RoutingKey.Slug(network), Listed = false, About = true }],
        Operations = [],
        Agencies = ["Europol"],
        Countries = [Countries[n % Countries.Length], Countries[(n / 7) % Countries.Length]],
        Acting = [Countries[n % Countries.Length]],
        Figures = [new Figure { Kind = "arrests", Value = 10 + (n % 400), Unit = "", Scope = "world", What = "" }],
    };
}
