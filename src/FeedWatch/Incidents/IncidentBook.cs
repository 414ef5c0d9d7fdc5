using FeedWatch.Incidents.Background;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents;

/// <summary>Incidents as people look at them: with their reports, and with what became of those that were taken back.</summary>
internal static class IncidentBook
{
    public static async Task<IReadOnlyList<ToldIncident>> ListAsync(Session session)
    {
        var told = new List<ToldIncident>();
        foreach (var id in await session.QueryAsync<Guid>("select id from incidents where merged_into is null order by changed_at desc"))
            if (await GetAsync(session, id, withReports: false) is { } incident) told.Add(incident);
        return told;
    }

    /// <summary>Ids that begin so; one that was merged leads to the incident that goes on.</summary>
    public static async Task<IReadOnlyList<Guid>> NamedAsync(Session session, string beginning) =>
        [.. (await session.QueryAsync<Guid>(
            "select distinct coalesce(merged_into, id) from incidents where lower(cast(id as text)) like lower(@Beginning)",
            new { Beginning = beginning.Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal) + "%" })).Distinct()];

    public static async Task<ToldIncident?> GetAsync(Session session, Guid id, bool withReports = true)
    {
        if (await IncidentStore.GetAsync(session, id) is not { } stored) return null;
        var retraction = await session.FindAsync<Row>("select retracted_at as At, retracted_why as Why from incidents where id = @Id", new { Id = id });
        return new ToldIncident(
            stored.Incident,
            stored.OpenedAt,
            withReports ? await IncidentStore.ReportsAsync(session, id) : [],
            withReports ? [.. (await BackgroundShelf.OfIncidentAsync(session, id)).Select(b => b.Backgrounder)] : [],
            retraction?.At is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            retraction?.Why);
    }

    private sealed class Row
    {
        public long? At { get; init; }
        public string? Why { get; init; }
    }
}

/// <param name="Reports">In the order in which they were published, each with when that was.</param>
/// <param name="Background">Articles about its network that report nothing, in the same order.</param>
internal sealed record ToldIncident(
    Incident Incident,
    DateTimeOffset OpenedAt,
    IReadOnlyList<(Report Report, DateTimeOffset At)> Reports,
    IReadOnlyList<Backgrounder> Background,
    DateTimeOffset? RetractedAt,
    string? RetractedWhy);
