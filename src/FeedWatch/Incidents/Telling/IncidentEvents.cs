using FeedWatch.Contracts;
using FeedWatch.Incidents.Facts;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Telling;

/// <summary>Events from incidents. An id names what is told (incident, type and fact), never how often it was tried.</summary>
internal static class IncidentEvents
{
    public static IncidentDetected Detected(Incident incident, ReportedArticle article, DateTimeOffset now) => new()
    {
        Id = NameUuid.Of(incident.Id, EventTypes.IncidentDetected),
        Time = now,
        IncidentId = incident.Id,
        Sequence = incident.Sequence,
        Title = incident.Title,
        Severity = incident.Severity,
        SeverityReason = incident.SeverityReason,
        KnownSince = incident.KnownSince,
        Networks = incident.NamedNetworks,
        Operations = incident.Operations,
        Agencies = incident.Agencies,
        Countries = incident.Countries,
        Figures = incident.Figures,
        Sources = incident.Sources,
        Article = article,
    };

    public static IncidentUpdated Updated(Incident incident, IReadOnlyList<Fact> news, ReportedArticle article, DateTimeOffset now)
    {
        var changes = news.Select(f => f.Since(incident.Told)).ToList();
        var (severity, reason) = UpdateSeverity.Of(incident, changes, article.PublishedAt ?? now);
        return new()
        {
            Id = NameUuid.Of(incident.Id, $"{EventTypes.IncidentUpdated}:{string.Join('|', news.Select(f => f.Key).Order(StringComparer.Ordinal))}"),
            Time = now,
            IncidentId = incident.Id,
            Sequence = incident.Sequence,
            Title = incident.Title,
            Severity = severity,
            SeverityReason = reason,
            KnownSince = incident.KnownSince,
            Networks = incident.NamedNetworks,
            Operations = incident.Operations,
            Agencies = incident.Agencies,
            Countries = incident.Countries,
            Figures = incident.Figures,
            Sources = incident.Sources,
            Article = article,
            Changes = changes,
        };
    }

    public static IncidentMerged Merged(Incident incident, Incident absorbed, string reason, ReportedArticle article, DateTimeOffset now) => new()
    {
        Id = NameUuid.Of(incident.Id, $"{EventTypes.IncidentMerged}:{absorbed.Id}"),
        Time = now,
        IncidentId = incident.Id,
        Sequence = incident.Sequence,
        Title = incident.Title,
        Severity = incident.Severity,
        SeverityReason = incident.SeverityReason,
        KnownSince = incident.KnownSince,
        Networks = incident.NamedNetworks,
        Operations = incident.Operations,
        Agencies = incident.Agencies,
        Countries = incident.Countries,
        Figures = incident.Figures,
        Sources = incident.Sources,
        Article = article,
        Absorbed = [Related(absorbed)],
        Reason = reason,
    };

    public static IncidentSplit Split(Incident incident, Incident splitOff, string reason, ReportedArticle article, DateTimeOffset now) => new()
    {
        Id = NameUuid.Of(incident.Id, $"{EventTypes.IncidentSplit}:{splitOff.Id}:{article.Id}"),
        Time = now,
        IncidentId = incident.Id,
        Sequence = incident.Sequence,
        Title = incident.Title,
        Severity = incident.Severity,
        SeverityReason = incident.SeverityReason,
        KnownSince = incident.KnownSince,
        Networks = incident.NamedNetworks,
        Operations = incident.Operations,
        Agencies = incident.Agencies,
        Countries = incident.Countries,
        Figures = incident.Figures,
        Sources = incident.Sources,
        Article = article,
        SplitOff = [Related(splitOff)],
        Reason = reason,
    };

    public static IncidentRetracted Retracted(Incident incident, string reason, IReadOnlyList<Guid> told, ReportedArticle article, DateTimeOffset now) => new()
    {
        Id = NameUuid.Of(incident.Id, EventTypes.IncidentRetracted),
        Time = now,
        IncidentId = incident.Id,
        Sequence = incident.Sequence,
        Title = incident.Title,
        Severity = incident.Severity,
        SeverityReason = incident.SeverityReason,
        KnownSince = incident.KnownSince,
        Networks = incident.NamedNetworks,
        Operations = incident.Operations,
        Agencies = incident.Agencies,
        Countries = incident.Countries,
        Figures = incident.Figures,
        Sources = incident.Sources,
        Article = article,
        Reason = reason,
        RetractedEvents = told,
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

    private static RelatedIncident Related(Incident incident) => new()
    {
        IncidentId = incident.Id,
        Title = incident.Title,
        Networks = incident.NamedNetworks,
    };
}
