using FeedWatch.Contracts;
using FeedWatch.Incidents.Telling;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Correcting;

/// <summary>
/// Takes an incident back: chats are told, its texts alert nobody again, and its names are free for a real one.
/// The incident itself stays, marked, so that <c>incidents show</c> still says what became of it.
/// </summary>
internal static class Retraction
{
    /// <returns>The event to tell; null where there is no such incident, or it was taken back before.</returns>
    public static async Task<IncidentRetracted?> RetractAsync(Session session, Guid id, string reason, DateTimeOffset now)
    {
        await session.TakeTurnAsync(Turn.Linking);
        if (await IncidentStore.GetAsync(session, id) is not { } stored) return null;
        if (await session.ExecuteAsync(
            "update incidents set retracted_at = @At, retracted_why = @Why, pending = null, pending_since = null where id = @Id and retracted_at is null",
            new { Id = id, At = now.ToUnixTimeMilliseconds(), Why = reason }) == 0) return null;

        var reports = await IncidentStore.ReportsAsync(session, id);
        await RetractedTexts.AddAsync(session, id, reports.Select(r => r.Report.Article), now);
        foreach (var table in new[] { "incident_keys", "incident_marks" }) await session.ExecuteAsync($"delete from {table} where incident_id = @Id", new { Id = id });
        var told = await session.QueryAsync<Guid>("select event_id from outbox where subject = @Id order by position", new { Id = id });
        var last = stored.Incident with { Sequence = stored.Incident.Sequence + 1 };
        await IncidentStore.SaveAsync(session, stored with { Incident = last, Pending = null }, now);
        return IncidentEvents.Retracted(last, reason, told, reports[^1].Report.Article, now);
    }
}
