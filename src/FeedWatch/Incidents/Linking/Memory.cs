using System.Globalization;
using Dapper;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// Finds the incident that a report without a name looks back to, months or years later: the one whose reports name the same
/// places, people, agencies and figures. What many incidents have in common says nothing, what only one has says much.
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
    private const int Closest = 10;

    /// <summary>Counted as if there were so many incidents at least: what one of three has in common with a report says little yet.</summary>
    private const double FewestIncidents = 20;

    /// <summary>What a follow-up must share at least, and how much more of it than with the next incident. It tells of something that was, so the likeliest will do: what it opens otherwise is told as a takedown that is none.</summary>
    private static readonly (double Least, double Margin) Followup = (2.0, 0);

    /// <summary>A takedown that nobody names is a new one, unless it shares very much with an old one.</summary>
    private static readonly (double Least, double Margin) Takedown = (10, 3);

    /// <summary>Where every noun is capital, half of what is read as names are none.</summary>
    private const string German = "de";

    private readonly Dictionary<string, Dictionary<Cluster, int>> stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<Cluster, int>> since = new(StringComparer.Ordinal);
    private readonly List<Cluster> opened = [];
    private int? incidents;

    public async Task<Cluster?> FindAsync(Clue clue)
    {
        var marks = clue.Marks;
        List<(string Mark, double Weight)> telling = [.. marks.Agencies.Select(a => (Marks.Agency + a, 0.7)).Concat(marks.Figures.Where(IsLarge).Select(f => (Marks.Number + f, 1.2)))
            .Concat(marks.Names.Select(n => (Marks.Name + n, clue.Language == German ? 0.3 : 0.6))).Concat(marks.Countries.Select(c => (Marks.Country + c, 0.8)))
            .Concat(clue.Years.Where(y => y < clue.At.Year).Select(y => (YearOf(y), 0.8))).Append((Marks.Language + clue.Language, 0.5))];
        await LoadAsync([.. telling.Select(t => t.Mark).Where(m => !stored.ContainsKey(m)).Distinct()]);
        incidents ??= await session.FindAsync<int>("select count(*) from incidents where merged_into is null and first_at < @Before", new { Before = before.ToUnixTimeMilliseconds() });
        var all = Math.Max(FewestIncidents, incidents.Value + opened.Count(c => c.Final == c));

        var scores = new Dictionary<Cluster, double>();
        foreach (var (mark, weight) in telling)
        {
            var having = HavingOf(mark);
            if (having.Count > MostCommon) continue;
            foreach (var (cluster, reports) in having) scores[cluster] = scores.GetValueOrDefault(cluster) + (weight * Math.Log((all + 1) / having.Count) * Share(reports));
        }

        var best = scores.OrderByDescending(s => s.Value).Take(Closest).Select(s => s.Key).ToList();
        await DateAsync(best);
        var earlier = best.Where(c => c.Since <= clue.At).OrderByDescending(c => scores[c]).ThenBy(c => c.Since).ThenBy(c => c.Number).ToList();
        var (least, margin) = marks.IsTakedown ? Takedown : Followup;
        return earlier.Count > 0 && scores[earlier[0]] >= least && (earlier.Count == 1 || scores[earlier[0]] >= scores[earlier[1]] + margin) ? earlier[0] : null;
    }

    /// <summary>A report comes to an incident, or leaves it.</summary>
    public void Count(Clue clue, Cluster cluster, int by)
    {
        foreach (var mark in clue.Remembered) Count(mark, cluster, by);
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
            var values = new DynamicParameters();
            var each = some.Select((mark, n) =>
            {
                stored[mark] = [];
                values.Add($"m{n}", mark);
                return $"select * from (select mark as Mark, incident_id as Incident, reports as Reports from incident_marks where mark = @m{n} limit {MostCommon + 1}) as s{n}";
            });
            foreach (var row in await session.QueryAsync<Shared>(string.Join(" union all ", each), values))
                if (!isEmptied(row.Incident)) stored[row.Mark][ofIncident(row.Incident)] = row.Reports;
        }
    }

    private async Task DateAsync(IEnumerable<Cluster> clusters)
    {
        var unknown = clusters.Where(c => c.Incident is not null && c.Since == DateTimeOffset.MaxValue).Select(c => c.Incident!.Value).ToArray();
        if (unknown.Length == 0) return;
        foreach (var row in await session.QueryAsync<Dated>($"select id, first_at as FirstAt from incidents where id {session.Among("@Ids")}", new { Ids = unknown }))
            ofIncident(row.Id).Since = DateTimeOffset.FromUnixTimeMilliseconds(row.FirstAt);
    }

    // What one report names may be an accident; what three name belongs to the story.
    private static double Share(int reports) => Math.Min(1, 0.5 + (reports / 6.0));

    private static bool IsLarge(string figure) => figure[(figure.IndexOf('/', StringComparison.Ordinal) + 1)..].Length > 2;

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
