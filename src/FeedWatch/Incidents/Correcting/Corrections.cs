using FeedWatch.Incidents.Linking;

namespace FeedWatch.Incidents.Correcting;

/// <summary>What a report shows of earlier ones: that two incidents are one, or that a report without a name belongs elsewhere.</summary>
internal static class Corrections
{
    /// <summary>Reports around that day that were linked by likeness alone go where they now fit better.</summary>
    public static async Task ReconsiderAsync(Board board, Clue clue)
    {
        var home = board.HomeOf(clue.Article);
        foreach (var same in await SameAsync(board, home)) board.Merge(same, home);

        var better = board.Nameless.Where(n => n.Article != clue.Article && board.HomeOf(n.Article) is var there && there != home
            && home.LikenessOf(n) is var here && here >= Likeness.Same && here > there.LikenessOf(n)).ToList();
        foreach (var nameless in better) board.Move(nameless, home);
    }

    /// <summary>Incidents around that day to which no name leads and which are this one. Two that have names are two.</summary>
    private static async Task<IReadOnlyList<Cluster>> SameAsync(Board board, Cluster home)
    {
        var alike = board.Near.Where(c => c != home && c.Rank == NameRank.Nameless && c.Near.All(r => !r.Keys.IsNamed) && AreAlike(c, home)).ToList();
        await board.RankAsync(alike);
        return [.. alike.Where(c => c.Rank == NameRank.Nameless)];
    }

    /// <summary>Whether most reports of one incident speak of the same takedown as those of another.</summary>
    private static bool AreAlike(Cluster one, Cluster other) => one.Near.Count(r => other.LikenessOf(r) >= Likeness.SameIncident) * 2 > one.Near.Count;
}
