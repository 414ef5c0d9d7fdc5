using FeedWatch.Contracts;

namespace FeedWatch.Incidents;

/// <param name="Pending">An update that waits for the end of its window; null where there is nothing new to tell.</param>
/// <param name="OpenedAt">When this installation first heard of it.</param>
internal sealed record StoredIncident(Incident Incident, PendingUpdate? Pending, DateTimeOffset OpenedAt);

/// <param name="Since">When the first of its facts came.</param>
/// <param name="Article">The newest article that brought some.</param>
internal sealed record PendingUpdate(DateTimeOffset Since, ReportedArticle Article);
