using System.Globalization;
using Dapper;
using FeedWatch.Incidents.Linking;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Remembering;

/// <summary>
/// Finds the incident that a report without a name belongs to, hours or years after it began: among those of these days, and those whose
/// reports name the same places, people, agencies, figures and years. What many incidents have in common says nothing, what only one
/// has says much.
/// </summary>
/// <param name="session">An open transaction.</param>
/// <param name="before">Incidents that opened then or later are only those that opened on the board.</param>
/// <param name="ofIncident">An incident of the store on the board.</param>
/// <param name="isEmptied">Whether an incident of the store is not to be counted.</param>
internal sealed class Memory(Session session, DateTimeOffset before, Func<Guid, Cluster> ofIncident, Func<Guid, bool> isEmptied)
{
    /// <summary>What more incidents than this have in common is not looked up.</summary>
    private const int MostCommon = 100;

    /// <summary>Marks that the store is asked for at a time.</summary>
    private const int AtOnce = 100;

    /// <summary>Candidates that are looked at more closely.</summary>
    private const int Closest = 12;

    /// <summary>Counted as if there were so many incidents at least: what one of three has in common with a report says little yet.</summary>
    private const double FewestIncidents = 20;

    /// <summary>What an article that is no report must share with an incident: two or three things that few others name.</summary>
    private const double LeastShared = 3;

    /// <summary>What a takedown must share with one of these days in other countries.</summary>
    private const double LeastOfTakedown = 1;

    /// <summary>So probable an incident must be to take a takedown for a part of it: a new network must never vanish in an old one.</summary>
    private const double SureOfTakedown = 0.6;

    /// <summary>The same for an article that is no report: better nowhere than beside the wrong incident.</summary>
    private const double SureOfAside = 0.8;

    private readonly Dictionary<string, Dictionary<Cluster, int>> stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<Cluster, int>> since = new(StringComparer.Ordinal);
    private readonly HashSet<string> common = new(StringComparer.Ordinal);
    private readonly Dictionary<Cluster, Liveliness> lively = [];
    private readonly HashSet<Guid> dated = [];
    private readonly List<Cluster> opened = [];
    private int? incidents;

    /// <param name="clue">A report without a name, which lies nowhere yet.</param>
    /// <param name="near">Incidents that have reports around that day.</param>
    /// <param name="mustShare">Whether the day alone does not do, and none is found sooner than the wrong one.</param>
    /// <returns>Null where it is likelier to be of an incident that nothing is known of.</returns>
    public async Task<Cluster?> FindAsync(Clue clue, IEnumerable<Cluster> near, bool mustShare = false)
    {
        var shared = await SharedAsync(clue);
        if (!mustShare) foreach (var cluster in near) shared.TryAdd(cluster, default);

        // Another takedown of these days, in other countries, must share more than the day with this one.
        if (clue.Marks.IsTakedown) foreach (var other in shared.Keys.Where(c => c.IsNear && shared[c].Weight < LeastOfTakedown && Likeness.AreElsewhere(clue.Marks, c)).ToList()) shared.Remove(other);
        var isAnywhere = clue.Marks.Countries.Any(c => common.Contains(Marks.Country + c));
        List<(Cluster Incident, double Score)> closest =
        [
            .. shared.Where(s => !mustShare || s.Value.Weight >= LeastShared).Select(s => (Incident: s.Key, Score: s.Value.Weight + Weights.Nearby(clue, s.Key, s.Value.HasCountry || isAnywhere)))
                .OrderByDescending(c => c.Score).ThenBy(c => c.Incident.Number).Take(Closest),
        ];
        await DateAsync([.. closest.Select(c => c.Incident)], clue.At);
        return Weights.Likeliest(clue,
        [
            .. closest.Where(c => c.Incident.Since <= clue.At).Select(c => (c.Incident, Score: c.Score + Weights.Aged(clue, c.Incident, LivelinessOf(c.Incident))))
                .OrderBy(c => c.Incident.Since).ThenBy(c => c.Incident.Number),
        ],
        mustShare ? SureOfAside : clue.Marks.IsTakedown ? SureOfTakedown : 0);
    }

    /// <summary>A report comes to an incident, or leaves it.</summary>
    public void Count(Clue clue, Cluster cluster, int by)
    {
        foreach (var mark in clue.Marks.All) Count(mark, cluster, by);
        KeptOf(cluster).Add(Liveliness.MarkOf(clue.At), by);
    }

    public void Opened(Cluster cluster, Clue opening)
    {
        opened.Add(cluster);
        Count(YearOf(opening.At.Year), cluster, 1);
    }

    public void Closed(Cluster cluster, Clue opening)
    {
        opened.Remove(cluster);
        Count(YearOf(opening.At.Year), cluster, -1);
    }

    /// <summary>By the year in which it opened an incident is remembered, too.</summary>
    public static string YearOf(int year) => string.Create(CultureInfo.InvariantCulture, $"{Marks.Year}{year}");

    private void Count(string mark, Cluster cluster, int by)
    {
        if (!since.TryGetValue(mark, out var counts)) counts = since[mark] = [];
        counts[cluster] = counts.GetValueOrDefault(cluster) + by;
    }

    // What the report has in common with each incident, the rarer the more.
    private async Task<Dictionary<Cluster, (double Weight, bool HasCountry)>> SharedAsync(Clue clue)
    {
        List<(string Mark, double Weight)> telling = [.. Weights.Telling(clue)];
        await LoadAsync([.. telling.Select(t => t.Mark).Where(m => !stored.ContainsKey(m)).Distinct()]);
        incidents ??= await CountAsync();
        var all = Math.Max(FewestIncidents, incidents.Value + opened.Count(c => c.Final == c));

        var scores = new Dictionary<Cluster, (double Weight, bool HasCountry)>();
        foreach (var (mark, weight) in telling)
        {
            if (common.Contains(mark)) continue;
            var having = HavingOf(mark);
            foreach (var (cluster, reports) in having)
            {
                var (sum, hasCountry) = scores.GetValueOrDefault(cluster);
                scores[cluster] = (sum + (weight * Math.Log((all + 1) / having.Count) * Share(reports)), hasCountry || mark.StartsWith(Marks.Country, StringComparison.Ordinal));
            }
        }

        return scores;
    }

    // The floating sums must not depend on the order in which rows come.
    private List<KeyValuePair<Cluster, int>> HavingOf(string mark)
    {
        var counts = new Dictionary<Cluster, int>();
        foreach (var source in new[] { stored, since })
        {
            if (!source.TryGetValue(mark, out var some)) continue;
            foreach (var (cluster, reports) in some) counts[cluster.Final] = counts.GetValueOrDefault(cluster.Final) + reports;
        }

        return [.. counts.Where(c => c.Value > 0)];
    }

    private async Task LoadAsync(IReadOnlyList<string> marks)
    {
        foreach (var some in marks.Chunk(AtOnce))
        {
            // How many have it is counted where it lies; the thousands of incidents that have what all have are not read.
            foreach (var row in await AskAsync(some, (m, n) => $"select @m{n} as Mark, count(*) as Reports from (select 1 from incident_marks where mark = @m{n} limit {MostCommon + 1}) as s{n}"))
            {
                stored[row.Mark] = [];
                if (row.Reports > MostCommon) common.Add(row.Mark);
            }

            foreach (var row in await AskAsync([.. some.Where(m => !common.Contains(m))], (m, n) => $"select mark as Mark, incident_id as Incident, reports as Reports from incident_marks where mark = @m{n}"))
                if (!isEmptied(row.Incident)) stored[row.Mark][ofIncident(row.Incident)] = row.Reports;
        }
    }

    // All of them but few: how many there are in all is known at once, while those that fulfil a condition are gone through one by one.
    private Task<int> CountAsync() => session.FindAsync<int>(
        """
        select (select count(*) from incidents)
            - (select count(*) from incidents where merged_into is not null)
            - (select count(*) from incidents where merged_into is null and first_at >= @Before)
        """,
        new { Before = before.ToUnixTimeMilliseconds() });

    private async Task<IReadOnlyList<Shared>> AskAsync(string[] marks, Func<string, int, string> select)
    {
        if (marks.Length == 0) return [];
        var values = new DynamicParameters();
        for (var n = 0; n < marks.Length; n++) values.Add($"m{n}", marks[n]);
        return await session.QueryAsync<Shared>(string.Join(" union all ", marks.Select(select)), values);
    }

    // When they began, and how much was written about them when.
    private async Task DateAsync(IReadOnlyList<Cluster> clusters, DateTimeOffset at)
    {
        var unknown = clusters.Where(c => c.Incident is not null && c.Since == DateTimeOffset.MaxValue).Select(c => c.Incident!.Value).ToArray();
        if (unknown.Length > 0)
        {
            foreach (var row in await session.QueryAsync<Dated>($"select id, first_at as FirstAt from incidents where id {session.Among("@Ids")}", new { Ids = unknown }))
                ofIncident(row.Id).Since = DateTimeOffset.FromUnixTimeMilliseconds(row.FirstAt);
        }

        var uncounted = clusters.Where(c => c.Incident is { } id && !isEmptied(id) && dated.Add(id)).Select(c => c.Incident!.Value).ToArray();
        if (uncounted.Length == 0) return;
        var quarters = Liveliness.MarksFrom(clusters.Min(c => c.Since), at).ToArray(); // named one by one: a range of them would be looked through for all incidents
        foreach (var row in await session.QueryAsync<Shared>(
            $"select mark as Mark, incident_id as Incident, reports as Reports from incident_marks where mark {session.Among("@Quarters")} and incident_id {session.Among("@Ids")}",
            new { Quarters = quarters, Ids = uncounted })) KeptOf(ofIncident(row.Incident)).Add(row.Mark, row.Reports);
    }

    private Liveliness KeptOf(Cluster cluster) => lively.TryGetValue(cluster, out var kept) ? kept : lively[cluster] = new Liveliness();

    private Liveliness LivelinessOf(Cluster cluster)
    {
        var whole = new Liveliness();
        foreach (var (part, kept) in lively.Where(l => l.Key.Final == cluster)) whole.Add(kept);
        return whole;
    }

    // What one report names may be an accident; what three name belongs to the story.
    private static double Share(int reports) => Math.Min(1, 0.5 + (reports / 6.0));

    private sealed class Shared
    {
        public string Mark { get; init; } = "";
        public Guid Incident { get; init; }
        public int Reports { get; init; }
    }

    private sealed class Dated
    {
        public Guid Id { get; init; }
        public long FirstAt { get; init; }
    }
}
