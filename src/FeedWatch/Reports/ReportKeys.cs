using FeedWatch.Contracts;

namespace FeedWatch.Reports;

/// <summary>
/// The keys by which a report finds its incident: the network that it is about, the operations it names;
/// for a report that names neither, itself. The first key also fixes the id of an incident that it opens.
/// </summary>
internal static class ReportKeys
{
    public static IReadOnlyList<string> Of(Report report)
    {
        List<string> keys = [];
        if (report.Networks.FirstOrDefault(n => n.About) is { } network) keys.Add($"network:{network.Slug}");
        keys.AddRange(report.Operations.Select(o => $"operation:{RoutingKey.Slug(o)}"));
        return keys.Count > 0 ? keys : [$"article:{report.Article.Id}"];
    }
}
