using FeedWatch.Contracts;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>What crashes have cost: of what was planted, what nobody heard of, and what somebody heard twice.</summary>
/// <param name="Lost">Articles of which no event tells, and incidents that were not announced.</param>
/// <param name="Repeated">Lines that tell what an earlier line has told, be it under another id.</param>
internal sealed record Toll(IReadOnlyList<string> Lost, IReadOnlyList<string> Repeated)
{
    public bool IsNone => Lost.Count + Repeated.Count == 0;

    public static Toll Of(HitFarm farm, IReadOnlyList<ToldEvent> told) => Of(farm, farm.Planted, told);

    /// <param name="farm">For its growing case.</param>
    /// <param name="planted">The articles to look for.</param>
    /// <param name="told">All that was told.</param>
    /// <param name="withCase">Whether the growing case must have been told too, up to its last figure.</param>
    public static Toll Of(HitFarm farm, IReadOnlyList<Uri> planted, IReadOnlyList<ToldEvent> told, bool withCase = true)
    {
        var lost = new List<string>();
        foreach (var type in new[] { EventTypes.ArticleMatched, EventTypes.IncidentDetected })
        {
            var links = told.Where(e => e.Type == type).Select(e => e.Link).ToHashSet();
            lost.AddRange(planted.Where(link => !links.Contains(link)).Select(link => $"{type} of {link}"));
        }

        if (withCase && !told.Any(e => e.TellsArrests(farm.Arrests))) lost.Add($"{EventTypes.IncidentUpdated} to {farm.Arrests} arrests");

        var twice = told.CountBy(e => e.Id).Where(c => c.Value > 1).Select(c => $"id {c.Key}, {c.Value} times");
        var renamed = told.DistinctBy(e => (e.Fact, e.Id)).CountBy(e => e.Fact).Where(c => c.Value > 1).Select(c => $"{c.Key} under {c.Value} ids");
        return new Toll(lost, [.. twice, .. renamed]);
    }

    public override string ToString() => $"lost {Lost.Count}, repeated {Repeated.Count}\n{string.Join('\n', Lost.Concat(Repeated))}";
}
