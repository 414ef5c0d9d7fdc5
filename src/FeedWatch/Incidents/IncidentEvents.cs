using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>Events from incidents. An id names what is told (incident, type and fact), never how often it was tried.</summary>
internal static class IncidentEvents
{
    public static IncidentDetected Detected(Incident incident, Report report, DateTimeOffset now) => new()
    {
        Id = NameUuid.Of(incident.Id, EventTypes.IncidentDetected),
        Time = now,
        IncidentId = incident.Id,
        Sequence = incident.Sequence,
        Title = incident.Title,
        Severity = incident.Severity,
        SeverityReason = incident.SeverityReason,
        Networks = incident.Networks,
        Operations = incident.Operations,
        Agencies = incident.Agencies,
        Countries = incident.Countries,
        Figures = incident.Figures,
        Article = report.Article,
        Sources = incident.Sources,
    };

    public static IncidentUpdated Updated(Incident incident, PendingUpdate pending, DateTimeOffset now) => new()
    {
        Id = NameUuid.Of(incident.Id, $"{EventTypes.IncidentUpdated}:{string.Join('|', pending.Changes.Select(Fact).Order(StringComparer.Ordinal))}"),
        Time = now,
        IncidentId = incident.Id,
        Sequence = incident.Sequence,
        Title = incident.Title,
        Severity = incident.Severity,
        SeverityReason = incident.SeverityReason,
        Networks = incident.Networks,
        Operations = incident.Operations,
        Agencies = incident.Agencies,
        Countries = incident.Countries,
        Figures = incident.Figures,
        Article = pending.Article,
        Sources = incident.Sources,
        Changes = pending.Changes,
    };

    public static ArticleMatched Matched(Incident incident, Report report, DateTimeOffset now) => new()
    {
        Id = NameUuid.Of(report.Article.Id, EventTypes.ArticleMatched),
        Time = now,
        IncidentId = incident.Id,
        Severity = SeverityRule.Of(report).Severity,
        Article = report.Article,
        Networks = report.Networks,
        Operations = report.Operations,
        Agencies = report.Agencies,
        Countries = report.Countries,
        Figures = report.Figures,
    };

    // What the fact is now, not what it was: another order of arrival must not make it another fact.
    private static string Fact(Change change) => change.Figure is { } f
        ? string.Create(CultureInfo.InvariantCulture, $"{f.Kind}/{f.Unit}/{f.Scope}/{f.What}={f.Value:0.############}")
        : $"{change.Kind}={change.Value}";
}
