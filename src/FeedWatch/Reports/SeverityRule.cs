using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Detection;

namespace FeedWatch.Reports;

/// <summary>How much a report matters, and why in a few words.</summary>
internal static class SeverityRule
{
    /// <summary>From so many arrests on, a follow-up is a wave and not a case.</summary>
    public const int MassArrests = 10;

    public static (Severity Severity, string Reason) Of(Report report)
    {
        if (report.Article.Label == ArticleLabel.Takedown) return (Severity.Breaking, "reports the takedown itself");

        var arrests = report.Figures.Where(f => f.Kind == "arrests").Select(f => f.Value).DefaultIfEmpty().Max();
        if (arrests >= MassArrests) return (Severity.Major, string.Create(CultureInfo.InvariantCulture, $"a follow-up with {arrests:N0} arrests"));
        if (report.Deeds.FirstOrDefault(d => d.Kind == Deed.Operator) is { } fate) return (Severity.Major, $"a follow-up: an operator was {fate.What}");
        return (Severity.Minor, report.Deeds.Any(d => d.Kind == Deed.Ruling) ? "a follow-up: a court has ruled" : "a follow-up");
    }
}
