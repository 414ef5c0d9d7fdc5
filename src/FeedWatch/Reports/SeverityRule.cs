using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Reports;

/// <summary>How much a report matters, and why in a few words.</summary>
internal static class SeverityRule
{
    /// <summary>From so many arrests on, a follow-up is a wave and not a case.</summary>
    private const int MassArrests = 10;

    public static (Severity Severity, string Reason) Of(Report report)
    {
        if (report.Article.Label == ArticleLabel.Takedown) return (Severity.Breaking, "reports the takedown itself");

        var arrests = report.Figures.Where(f => f.Kind == "arrests").Select(f => f.Value).DefaultIfEmpty().Max();
        return arrests >= MassArrests
            ? (Severity.Major, string.Create(CultureInfo.InvariantCulture, $"a follow-up with {arrests:N0} arrests"))
            : (Severity.Minor, "a follow-up");
    }
}
