using FeedWatch.Contracts;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Telling;

/// <summary>
/// When one poll of one feed brings more incident events than chats should get at once, they are folded into one summary
/// that lists them all. The events themselves still go over the bus.
/// </summary>
internal static class BurstFold
{
    public static IReadOnlyList<FeedWatchEvent> Fold(IReadOnlyList<FeedWatchEvent> events, int cap, string feed, DateTimeOffset now)
    {
        var incidents = events.OfType<IncidentEvent>().ToList();
        if (incidents.Count <= cap) return events;

        var summary = new BurstSummary
        {
            Id = NameUuid.Of("burst", string.Join('|', incidents.Select(e => e.Id))),
            Time = now,
            Severity = incidents.Max(e => e.Severity),
            Feed = feed,
            Entries = [.. incidents.Select(e => new BurstEntry { EventId = e.Id, IncidentId = e.IncidentId, Title = e.Title, Link = e.Article.Link })],
        };
        return [.. events.Select(e => e is IncidentEvent incident ? incident with { FoldedInto = summary.Id } : e), summary];
    }
}
