using FeedWatch.Incidents.Known;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// Finds the incident that a report belongs to. A name decides where it leads somewhere; else the reports around that day do:
/// a name that nobody has heard may be another name of what is told already, or the name of what was told without one.
/// </summary>
internal static class Homes
{
    /// <summary>Two names that begin with so many letters alike are one.</summary>
    private const int ShortestStem = 5;

    /// <summary>"Perun", "Peruna": the ending is the sentence's.</summary>
    private const int LongestInflection = 2;

    /// <returns>The incident, or null where the report opens one.</returns>
    public static async Task<Cluster?> FindAsync(Board board, Clue clue)
    {
        var (keys, marks) = (clue.Keys, clue.Marks);
        if (keys.Network is { } network && board.LedBy(network) is { } named) return named;
        if (!keys.Listed && keys.All.Select(board.LedBy).FirstOrDefault(c => c is not null) is { } operation) return operation;

        if (!keys.IsNamed && KnownIncidents.Recited(marks) is { } recited && await OfNetworkAsync(board, recited.Network) is { } old) return old;
        if (await OfOtherNameAsync(board, clue) is { } other) return other;
        if (keys is { Network: { } name, Listed: false } && await OfLikeNameAsync(board, name) is { } likeNamed && (likeNamed.IsInflected || !Contradicts(likeNamed.Home, clue))) return likeNamed.Home;

        if (!keys.IsNamed) return await board.Memory.FindAsync(clue, board.Near);

        // What was told without a name may have been this; what was told under a name that is in a list was not, where this one is in it too.
        var same = marks.IsTakedown ? Likeness.Same : Likeness.SameFollowup;
        var falls = keys.Network is { } about && !KnownIncidents.HaveToldOf(about, clue.At);
        return await MostLikeAsync(board, falls ? clue with { Marks = marks with { IsTakedown = true } } : clue, rank => rank switch
        {
            NameRank.Nameless when falls => Likeness.Same,
            NameRank.Nameless => same,
            _ when keys.Listed => double.PositiveInfinity,
            NameRank.Unlisted => Math.Max(same, Likeness.SameNetwork),
            _ => Math.Max(same, Likeness.SameNetwork) + 0.5,
        });
    }

    // "Velta" is Veltaphone; a name that reports gave beside another is its other name, unless what they say contradicts.
    private static async Task<LikeNamed?> OfLikeNameAsync(Board board, string key)
    {
        var slug = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (slug.Length < ShortestStem) return null;
        var shorter = Enumerable.Range(ShortestStem, slug.Length - ShortestStem).Select(length => LinkKeys.OfNetwork(slug[..length])).Append(LinkKeys.OfMention(slug)).ToHashSet(StringComparer.Ordinal);
        await board.LookUpAsync(shorter);
        await board.LookUpLongerAsync(key);
        return board.LeadsLike(k => !Board.IsListed(k) && (shorter.Contains(k) || (k.Length > key.Length && k.StartsWith(key, StringComparison.Ordinal))))
            .OrderBy(LinkKeys.IsMention).ThenByDescending(k => k.Length).ThenBy(k => k, StringComparer.Ordinal)
            .Select(k => new LikeNamed(board.LedBy(k)!, IsInflected: !LinkKeys.IsMention(k) && Math.Abs(k.Length - key.Length) <= LongestInflection)).FirstOrDefault();
    }

    // What looks like the name of a new network may be a headline's first word: a name beside it that leads somewhere decides, for a
    // takedown only where the reports of these days speak of the same one. A new network must never vanish in an old incident.
    private static async Task<Cluster?> OfOtherNameAsync(Board board, Clue clue)
    {
        if (clue.Keys.Network is null || clue.Keys.Listed) return null;
        await board.LookUpAsync(clue.Others);
        return clue.Others.Select(board.LedBy).FirstOrDefault(c => c is not null && (!clue.Marks.IsTakedown || c.LikenessOf(clue) >= Likeness.Same));
    }

    private static async Task<Cluster?> OfNetworkAsync(Board board, string network)
    {
        var key = LinkKeys.OfNetwork(Contracts.RoutingKey.Slug(network));
        await board.LookUpAsync([key]);
        return board.LedBy(key);
    }

    /// <summary>Whether an incident has reports around that day that say something else altogether.</summary>
    private static bool Contradicts(Cluster incident, Clue clue) => incident.IsNear && incident.LikenessOf(clue) < Likeness.Strange;

    /// <summary>The incident that a report is most like; null where none is like it enough.</summary>
    private static async Task<Cluster?> MostLikeAsync(Board board, Clue clue, Func<NameRank, double> least)
    {
        var like = board.Near.Select(c => (Cluster: c, Likeness: c.LikenessOf(clue))).Where(c => c.Likeness >= Likeness.Same).ToList();
        await board.RankAsync(like.Select(c => c.Cluster)); // the store is not asked for the names of the hundreds that are not like it at all
        return like.Where(c => c.Likeness >= least(c.Cluster.Rank))
            .OrderByDescending(c => c.Likeness).ThenBy(c => c.Cluster.Since).ThenBy(c => c.Cluster.Number).Select(c => c.Cluster).FirstOrDefault();
    }

    /// <summary>Where a name leads that is like another.</summary>
    private sealed record LikeNamed(Cluster Home, bool IsInflected);
}
