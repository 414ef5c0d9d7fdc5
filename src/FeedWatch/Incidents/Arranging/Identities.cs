using FeedWatch.Incidents.Correcting;
using FeedWatch.Incidents.Linking;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Arranging;

/// <summary>
/// Which incident each cluster of a board is. What chats were told of goes on under its id wherever most of it went; an incident of
/// which nothing is left ends in another; and only what nothing told was part of gets an id of its own.
/// </summary>
internal static class Identities
{
    /// <summary>Gives every cluster its incident. New ones are reserved in the store.</summary>
    public static async Task<Identified> SettleAsync(Session session, Board board, Clue clue, DateTimeOffset now)
    {
        var absorbed = board.Merged.ToDictionary(m => m.Absorbed, m => m.Into);
        var parts = board.Stored.GroupBy(s => s.Incident).Where(g => !absorbed.ContainsKey(g.Key))
            .Select(g => (Incident: g.Key, Since: g.First().Since, Reports: g.Count(), Parts: g.GroupBy(s => board.HomeOf(s.Clue.Article)).ToDictionary(p => p.Key, p => p.Count()))).ToList();
        var gone = new List<(Guid Incident, DateTimeOffset Since, IReadOnlyDictionary<Cluster, int> Parts)>();
        foreach (var (incident, since, reports, into) in parts.Where(p => p.Parts.Keys.All(c => c.Incident != p.Incident)))
            if (board.Emptied.Contains(incident) || await Links.HasNoMoreAsync(session, incident, reports)) gone.Add((incident, since, into));

        // A name that led to it says more than most of its reports.
        var heirs = gone.SelectMany(g => g.Parts.Select(p => (g.Incident, g.Since, Cluster: p.Key, Named: SharesName(board, g.Incident, p.Key), Reports: p.Value)))
            .OrderByDescending(h => h.Named).ThenByDescending(h => h.Reports).ThenBy(h => h.Since).ThenBy(h => h.Incident).ThenBy(h => h.Cluster.Number);
        var alive = new HashSet<Guid>();
        foreach (var heir in heirs)
        {
            if (heir.Cluster.Incident is not null || alive.Contains(heir.Incident)) continue;
            heir.Cluster.Incident = heir.Incident;
            alive.Add(heir.Incident);
        }

        foreach (var (incident, _, into) in gone.Where(g => !alive.Contains(g.Incident))) absorbed[incident] = into.OrderByDescending(p => p.Value).ThenBy(p => p.Key.Number).First().Key;

        var fresh = new HashSet<Guid>();
        foreach (var cluster in board.Stored.Select(s => s.Clue.Article).Append(clue.Article).Select(board.HomeOf).Distinct().Where(c => c.Incident is null))
        {
            cluster.Incident = await RetractedTexts.FreeIdAsync(session, cluster.Opening!.Keys.First);
            await Links.ReserveAsync(session, cluster.Incident.Value, cluster.Opening!, now);
            fresh.Add(cluster.Incident.Value);
        }

        var ends = absorbed.ToDictionary(a => a.Key, a => a.Value.Final.Incident!.Value);
        return new Identified(
            board.HomeOf(clue.Article).Incident!.Value,
            fresh,
            ends,
            [.. board.Stored.Select(s => new Moved(s.Clue, s.Incident, board.HomeOf(s.Clue.Article).Incident!.Value)).Where(m => m.From != m.To && ends.GetValueOrDefault(m.From) != m.To)]);
    }

    private static bool SharesName(Board board, Guid incident, Cluster cluster) =>
        board.Former.Any(f => f.Value.Incident == incident && !LinkKeys.IsMention(f.Key) && board.LedBy(f.Key) == cluster);
}

/// <param name="Home">The incident of the report at hand.</param>
/// <param name="Fresh">Incidents that nothing was told of.</param>
/// <param name="Ends">Incidents that end, each with the one that goes on in its place.</param>
/// <param name="Moved">Reports that lie elsewhere now for another reason.</param>
internal sealed record Identified(Guid Home, IReadOnlySet<Guid> Fresh, IReadOnlyDictionary<Guid, Guid> Ends, IReadOnlyList<Moved> Moved)
{
    /// <summary>Incidents that have other reports than before, beside the one at hand.</summary>
    public IReadOnlySet<Guid> Changed { get; } = Ends.Values.Concat(Moved.Select(m => m.From)).Concat(Moved.Select(m => m.To)).Where(i => !Ends.ContainsKey(i)).ToHashSet();

    /// <summary>The articles that an incident gained; null where it also lost some, or another one ended in it.</summary>
    public IReadOnlyCollection<Guid>? Grew(Guid incident) => Ends.Values.Contains(incident) || Moved.Any(m => m.From == incident)
        ? null
        : [.. Moved.Where(m => m.To == incident).Select(m => m.Clue.Article)];
}

internal sealed record Moved(Clue Clue, Guid From, Guid To);
