using FeedWatch.Contracts;
using FeedWatch.Incidents.Known;
using FeedWatch.Reports;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// The keys by which a report finds its incident: the network that it is about, else the operations it names; for a report that
/// names neither, itself. The first key also fixes the id of an incident that it opens.
/// </summary>
/// <param name="Network">The network's key; null where the report names none.</param>
/// <param name="Listed">Whether the network is in a list.</param>
/// <param name="Operations">Keys of operations that may be this network's.</param>
/// <param name="Beside">Slugs of other names that the report gives beside the first, where neither is in a list.</param>
/// <param name="Own">The report's own key, by which nothing is found: it only fixes the id of an incident that a nameless report opens.</param>
internal sealed record LinkKeys(string? Network, bool Listed, IReadOnlyList<string> Operations, IReadOnlyList<string> Beside, string Own)
{
    public bool IsNamed => Network is not null || Operations.Count > 0;

    public string First => Network ?? (Operations.Count > 0 ? Operations[0] : Own);

    /// <summary>The names by which later reports shall find the incident, the network's first.</summary>
    public IReadOnlyList<string> All => [.. new[] { Network }.OfType<string>().Concat(Operations)];

    public static string OfNetwork(string slug) => $"network:{LatinLetters.Of(slug)}";

    /// <summary>A name that reports give beside another: it may be what the network is called by its customers, or the next one in the row.</summary>
    public static string OfMention(string slug) => $"beside:{LatinLetters.Of(slug)}";

    public static bool IsMention(string key) => key.StartsWith("beside:", StringComparison.Ordinal);

    public static string OfArticle(Guid article) => $"article:{article}";

    public static LinkKeys Of(Report report)
    {
        var about = report.Networks.Where(n => n.About).ToList();
        var network = about.Count > 0 ? about[0] : null;
        var owners = report.Operations.Select(KnownIncidents.OwnerOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        network = about.Find(n => owners.Contains(n.Name)) ?? network;
        var operations = new List<string>();
        foreach (var operation in report.Operations)
        {
            var owner = KnownIncidents.OwnerOf(operation);
            if (owner is null) operations.Add($"operation:{RoutingKey.Slug(operation)}");

            // "After Operation Venetic" in a report about another network is a reminder; where no network is named it tells which.
            else network ??= new NetworkReference { Name = owner, Slug = RoutingKey.Slug(owner), Listed = true, About = true };
        }

        return new LinkKeys(
            network is null ? null : OfNetwork(network.Slug),
            network is { Listed: true },
            operations,
            network is { Listed: false } ? [.. report.Networks.Where(n => !n.Listed && n.Slug != network.Slug).Select(n => n.Slug)] : [],
            OfArticle(report.Article.Id));
    }
}
