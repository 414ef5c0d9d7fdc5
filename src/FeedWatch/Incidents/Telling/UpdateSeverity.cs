using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Reports;

namespace FeedWatch.Incidents.Telling;

/// <summary>
/// How much an update matters. In the first days it matters as much as its incident; later by what is new alone, or a verdict
/// years after a takedown would be as loud as the takedown.
/// </summary>
internal static class UpdateSeverity
{
    private static readonly TimeSpan FirstDays = TimeSpan.FromDays(4);

    /// <param name="incident">With everything new in it.</param>
    /// <param name="changes">What is new.</param>
    /// <param name="at">When the article that brings it was published.</param>
    public static (Severity Severity, string Reason) Of(Incident incident, IReadOnlyList<Change> changes, DateTimeOffset at)
    {
        if (at - incident.FirstReport <= FirstDays) return (incident.Severity, incident.SeverityReason);
        if (changes.FirstOrDefault(c => c.Kind == Deed.Operator) is { } fate) return (Severity.Major, $"an operator was {fate.Value}");

        var more = changes.Where(c => c.Figure?.Kind == "arrests").Select(c => c.Figure!.Value - (c.Before ?? 0)).DefaultIfEmpty().Max();
        if (more >= SeverityRule.MassArrests) return (Severity.Major, string.Create(CultureInfo.InvariantCulture, $"{more:N0} more arrests"));
        return (Severity.Minor, changes.FirstOrDefault(c => c.Kind == Deed.Ruling) is { } ruling ? $"a ruling{(ruling.Value is { Length: > 0 } court ? $" of {court}" : "")}" : "new facts of an older takedown");
    }
}
