using FeedWatch.Storage;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// Finds the incident that a report without a name looks back to, months or years later: the one whose reports name the same
/// places, people, agencies and figures. What many incidents have in common says nothing, what only one has says much.
/// </summary>
internal static class Memory
{
    /// <summary>What more incidents than this have in common is not looked up.</summary>
    private const int MostCommon = 100;

    /// <summary>Candidates that are looked at more closely.</summary>
    private const int Closest = 10;

    /// <summary>Counted as if there were so many incidents at least: what one of three has in common with a report says little yet.</summary>
    private const double FewestIncidents = 20;

    /// <summary>What a follow-up must share at least, and how much more of it than with the next incident.</summary>
    private static readonly (double Least, double Margin) Followup = (4.0, 0.5);

    /// <summary>A takedown that nobody names is a new one, unless it shares very much with an old one.</summary>
    private static readonly (double Least, double Margin) Takedown = (10, 3);

    public static async Task<Guid?> FindAsync(Session session, Marks marks, string? language, IReadOnlyList<int> years, DateTimeOffset at)
    {
        var incidents = Math.Max(FewestIncidents, await session.FindAsync<int>("select count(*) from incidents"));
        var scores = new Dictionary<Guid, double>();
        var telling = marks.Agencies.Select(a => (Marks.Agency + a, 0.7)).Concat(marks.Figures.Where(IsLarge).Select(f => (Marks.Number + f, 1.2)))
            .Concat(marks.Names.Select(n => (Marks.Name + n, 0.6))).Concat(marks.Countries.Select(c => (Marks.Country + c, 0.8)))
            .Concat(years.Where(y => y < at.Year).Select(y => ($"{Marks.Year}{y}", 0.8))).Append((Marks.Language + language, 0.5));
        foreach (var (mark, weight) in telling)
        {
            var having = await session.QueryAsync<Shared>(
                "select incident_id as Incident, reports as Reports from incident_marks where mark = @Mark limit @Most",
                new { Mark = mark, Most = MostCommon + 1 });
            if (having.Count > MostCommon) continue;
            foreach (var shared in having)
                scores[shared.Incident] = scores.GetValueOrDefault(shared.Incident) + (weight * Math.Log((incidents + 1) / having.Count) * Share(shared.Reports));
        }

        var best = scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(Closest).Select(s => s.Key).ToArray();
        var earlier = (await session.QueryAsync<Guid>(
            $"select id from incidents where id {session.Among("@Best")} and first_at <= @At and retracted_at is null",
            new { Best = best, At = at.ToUnixTimeMilliseconds() })).OrderByDescending(i => scores[i]).ThenBy(i => i).ToList();
        var (least, margin) = marks.IsTakedown ? Takedown : Followup;
        return earlier.Count > 0 && scores[earlier[0]] >= least && (earlier.Count == 1 || scores[earlier[0]] >= scores[earlier[1]] + margin) ? earlier[0] : null;
    }

    // What one report names may be an accident; what three name belongs to the story.
    private static double Share(int reports) => Math.Min(1, 0.5 + (reports / 6.0));

    private static bool IsLarge(string figure) => figure[(figure.IndexOf('/', StringComparison.Ordinal) + 1)..].Length > 2;

    private sealed class Shared
    {
        public Guid Incident { get; init; }
        public int Reports { get; init; }
    }
}
