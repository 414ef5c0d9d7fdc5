using FeedWatch.Contracts;
using FeedWatch.Incidents.Known;
using FeedWatch.Incidents.Remembering;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// The incidents as they stood when the report at hand was published: those of the store without what reports did to them that are
/// linked again, and what these did since. Nothing is written.
/// </summary>
internal sealed class Board
{
    /// <summary>More reports than this around one day say no more.</summary>
    public const int MostNear = 250;

    private static readonly HashSet<string> Listed = KnownIncidents.All.Select(k => LinkKeys.OfNetwork(RoutingKey.Slug(k.Network))).ToHashSet(StringComparer.Ordinal);

    private readonly Session session;
    private readonly DateTimeOffset from;
    private readonly HashSet<Guid> emptied;
    private readonly Dictionary<Guid, Cluster> ofIncident = [];
    private readonly Dictionary<Guid, (Clue Clue, Cluster Home)> placed = [];
    private readonly Dictionary<string, Lead> leads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredLead> former = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly List<Clue> window = [];
    private readonly List<Cluster> clusters = [];

    /// <param name="session">An open transaction.</param>
    /// <param name="near">Reports around the first one that is linked, where they lie.</param>
    /// <param name="again">Reports that are linked again, where they lie now.</param>
    /// <param name="from">The time of the first of these; null where there are none.</param>
    public Board(Session session, IReadOnlyList<StoredClue> near, IReadOnlyList<StoredClue> again, DateTimeOffset? from)
    {
        this.session = session;
        this.from = from ?? DateTimeOffset.MaxValue;
        Stored = [.. near, .. again];
        Again = again;
        emptied = again.Where(s => s.Since >= this.from).Select(s => s.Incident).ToHashSet();
        Memory = new Memory(session, this.from, OfIncident, emptied.Contains);
        foreach (var stored in near)
        {
            var cluster = OfIncident(stored.Incident);
            cluster.Since = stored.Since;
            window.Add(stored.Clue);
            cluster.Add(stored.Clue);
            placed[stored.Clue.Article] = (stored.Clue, cluster);
        }

        foreach (var stored in again.Where(s => !emptied.Contains(s.Incident))) Memory.Count(stored.Clue, OfIncident(stored.Incident), -1);
    }

    /// <summary>Whether a name is that of a network in a list.</summary>
    public static bool IsListed(string key) => Listed.Contains(key);

    /// <summary>Reports of the store that are on the board, where they lie there.</summary>
    public IReadOnlyList<StoredClue> Stored { get; }

    /// <summary>Those that are linked again.</summary>
    public IReadOnlyList<StoredClue> Again { get; }

    /// <summary>What incidents are remembered by.</summary>
    public Memory Memory { get; }

    /// <summary>Incidents that had no other reports than those that are linked again.</summary>
    public IReadOnlySet<Guid> Emptied => emptied;

    /// <summary>Names as they lead in the store, because of reports that are linked again.</summary>
    public IReadOnlyDictionary<string, StoredLead> Former => former;

    /// <summary>Names as they lead now, where a report that was linked here gave them first.</summary>
    public IEnumerable<(string Key, Cluster To, DateTimeOffset At)> Given => leads.Where(l => l.Value.IsGiven).Select(l => (l.Key, l.Value.To.Final, l.Value.At));

    /// <summary>Incidents of the store that were merged into others here.</summary>
    public IEnumerable<(Guid Absorbed, Cluster Into)> Merged => ofIncident.Where(c => c.Value.Final != c.Value).Select(c => (c.Key, c.Value.Final));

    /// <summary>Incidents around the day at hand, the one with the earliest report first.</summary>
    public IEnumerable<Cluster> Near => window.Select(c => HomeOf(c.Article)).Distinct();

    /// <summary>Reports around the day at hand that were linked by likeness alone.</summary>
    public IEnumerable<Clue> Nameless => window.Where(c => !c.Keys.IsNamed);

    public bool Has(Func<Clue, bool> near) => window.Exists(c => near(c));

    public Cluster HomeOf(Guid article) => placed[article].Home.Final;

    /// <summary>Where a name leads, of those that were looked up.</summary>
    public Cluster? LedBy(string key) => leads.TryGetValue(key, out var lead) ? lead.To.Final : null;

    /// <summary>Whether a name that was looked up led somewhere before then.</summary>
    public bool IsGivenBefore(string key, DateTimeOffset at) => leads.TryGetValue(key, out var lead) && lead.At < at;

    /// <summary>Names that lead somewhere and are like one.</summary>
    public IEnumerable<string> LeadsLike(Func<string, bool> like) => leads.Keys.Where(like);

    /// <summary>Asks the store for names, if it was not asked before.</summary>
    public async Task LookUpAsync(IEnumerable<string> keys)
    {
        var unasked = keys.Where(asked.Add).ToArray();
        if (unasked.Length > 0) Take(await session.QueryAsync<StoredLead>($"{StoredLead.Select} where k.key {session.Among("@Keys")}", new { Keys = unasked }));
    }

    /// <summary>Asks the store for names that begin with one.</summary>
    public async Task LookUpLongerAsync(string key)
    {
        if (asked.Add(key + '…')) Take(await session.QueryAsync<StoredLead>($"{StoredLead.Select} where k.key > @Key and k.key < @Next", new { Key = key, Next = key + '~' }));
    }

    /// <summary>Learns what kind of names lead to some of the incidents.</summary>
    public async Task RankAsync(IEnumerable<Cluster> clusters)
    {
        var unranked = clusters.Where(c => !c.IsRanked && c.Incident is not null).ToList();
        if (unranked.Count == 0) return;
        var rows = await session.QueryAsync<StoredLead>(
            $"select key as Name, incident_id as Incident, at as At from incident_keys where incident_id {session.Among("@Ids")} and key not like 'beside:%'",
            new { Ids = unranked.Select(c => c.Incident!.Value).ToArray() });
        foreach (var row in rows.Where(IsOld)) OfIncident(row.Incident).Raise(RankOf(row.Name));
        foreach (var cluster in unranked) cluster.IsRanked = true;
    }

    public Cluster OfIncident(Guid incident)
    {
        if (ofIncident.TryGetValue(incident, out var known)) return known;
        var cluster = ofIncident[incident] = Make();
        cluster.Incident = incident;
        return cluster;
    }

    public Cluster Open(Clue opening)
    {
        var cluster = Make();
        cluster.Opening = opening;
        Memory.Opened(cluster, opening);
        return cluster;
    }

    /// <summary>Reports that are too old to matter to this one are left behind.</summary>
    public void GoTo(Clue clue)
    {
        var old = Math.Max(window.FindIndex(c => c.At >= clue.At - Likeness.Reach) is var first and >= 0 ? first : window.Count, window.Count - MostNear);
        foreach (var gone in window.Take(old)) HomeOf(gone.Article).Remove(gone);
        window.RemoveRange(0, Math.Max(0, old));
    }

    /// <summary>Puts the report to an incident, with the names by which others shall find it.</summary>
    public void Put(Clue clue, Cluster home)
    {
        placed[clue.Article] = (clue, home);
        window.Add(clue);
        home.Add(clue);
        Memory.Count(clue, home, 1);
        foreach (var key in clue.Keys.All.Concat(clue.Keys.Beside.Select(LinkKeys.OfMention)))
        {
            if (leads.TryAdd(key, new Lead(home, clue.At, IsGiven: true)) && !LinkKeys.IsMention(key)) home.Raise(RankOf(key));
        }
    }

    public void Move(Clue clue, Cluster to)
    {
        var origin = HomeOf(clue.Article);
        origin.Remove(clue);
        Memory.Count(clue, origin, -1);
        placed[clue.Article] = (clue, to);
        to.Add(clue);
        Memory.Count(clue, to, 1);
        if (origin.Opening?.Article != clue.Article) return;
        origin.Opening = placed.Values.Where(p => p.Home.Final == origin).Select(p => p.Clue).Min();
        origin.Since = origin.Opening?.At ?? DateTimeOffset.MaxValue;
        if (origin.Opening is null) Memory.Closed(origin, clue);
    }

    public void Merge(Cluster absorbed, Cluster into)
    {
        // What chats were told of goes on.
        if (into.Incident is null && absorbed.Incident is { } told)
        {
            into.Incident = told;
            ofIncident[told] = into;
        }

        absorbed.MergeInto(into);
    }

    private static NameRank RankOf(string key) => IsListed(key) ? NameRank.Listed : NameRank.Unlisted;

    private Cluster Make()
    {
        var cluster = new Cluster(clusters.Count);
        clusters.Add(cluster);
        return cluster;
    }

    private bool IsOld(StoredLead row) => row.GivenAt < from && !emptied.Contains(row.Incident);

    private void Take(IReadOnlyList<StoredLead> rows)
    {
        foreach (var row in rows)
        {
            if (!IsOld(row))
            {
                former[row.Name] = row;
                continue;
            }

            var cluster = OfIncident(row.Incident);
            if (row.Since < cluster.Since) cluster.Since = row.Since;
            leads.TryAdd(row.Name, new Lead(cluster, row.GivenAt, IsGiven: false));
        }
    }

    private readonly record struct Lead(Cluster To, DateTimeOffset At, bool IsGiven);
}

/// <summary>Where a name leads in the store.</summary>
internal sealed class StoredLead
{
    public const string Select = "select k.key as Name, k.incident_id as Incident, k.at as At, i.first_at as FirstAt from incident_keys k join incidents i on i.id = k.incident_id";

    public string Name { get; init; } = "";
    public Guid Incident { get; init; }
    public long At { get; init; }
    public long FirstAt { get; init; }

    /// <summary>The first report that gave it.</summary>
    public DateTimeOffset GivenAt => DateTimeOffset.FromUnixTimeMilliseconds(At);

    /// <summary>The first report of the incident.</summary>
    public DateTimeOffset Since => DateTimeOffset.FromUnixTimeMilliseconds(FirstAt);
}

/// <summary>A report as it lies in the store.</summary>
/// <param name="Since">The first report of its incident.</param>
internal sealed record StoredClue(Clue Clue, Guid Incident, DateTimeOffset Since);
