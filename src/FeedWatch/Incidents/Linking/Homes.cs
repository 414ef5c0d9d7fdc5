using FeedWatch.Contracts;
using FeedWatch.Incidents.Known;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Linking;

/// <summary>
/// Finds the incident that a report belongs to. A name decides where it leads somewhere; else the reports around that day do:
/// a name that nobody has heard may be another name of what is told already, or the name of what was told without one.
/// </summary>
internal static class Homes
{
    /// <summary>Two names that begin with so many letters alike are one.</summary>
    private const int ShortestStem = 5;

    private static readonly HashSet<string> Listed = KnownIncidents.All.Select(k => LinkKeys.OfNetwork(RoutingKey.Slug(k.Network))).ToHashSet(StringComparer.Ordinal);

    /// <returns>The incident, or null where the report opens one.</returns>
    public static async Task<Guid?> FindAsync(Session session, Report report, LinkKeys keys, Marks marks, DateTimeOffset at)
    {
        var known = await IncidentStore.FindAsync(session, keys.All);
        if (keys.Network is { } network && known.TryGetValue(network, out var named)) return named;
        if (!keys.Listed && keys.All.Where(known.ContainsKey).Select(k => (Guid?)known[k]).FirstOrDefault() is { } operation) return operation;

        var near = await Nearby.AroundAsync(session, at);
        var article = report.Article.Id;
        if (!keys.IsNamed && KnownIncidents.Recited(marks) is { } recited && await OfNetworkAsync(session, recited.Network) is { } old) return old;
        if (await OfOtherNameAsync(session, report, keys, near, marks, at) is { } other) return other;
        if (keys is { Network: { } name, Listed: false } && await OfLikeNameAsync(session, name) is { } likeNamed && !near.Contradicts(article, marks, at, likeNamed)) return likeNamed;

        // What was told without a name may have been this; what was told under a name that is in a list was not, where this one is in it too.
        var ranks = await RanksAsync(session, near);
        var same = marks.IsTakedown ? Likeness.Same : Likeness.SameFollowup;
        var like = near.MostLike(article, marks, at, incident => ranks.GetValueOrDefault(incident) switch
        {
            Rank.Nameless => same,
            _ when !keys.IsNamed => same,
            _ when keys.Listed => double.PositiveInfinity,
            Rank.Unlisted => Math.Max(same, Likeness.SameNetwork),
            _ => Math.Max(same, Likeness.SameNetwork) + 0.5,
        });
        return like ?? (keys.IsNamed || marks.IsTakedown && near.HasFreshTakedown(at) ? null : await Memory.FindAsync(session, marks, report.Article.Language, report.Years, at));
    }

    /// <summary>Incidents around that day to which no name leads and which are this one. Two that have names are two.</summary>
    public static async Task<IReadOnlyList<Guid>> SameAsync(Session session, Nearby near, Guid incident)
    {
        var ranks = await RanksAsync(session, near);
        return [.. near.Incidents.Where(i => i != incident && ranks.GetValueOrDefault(i) == Rank.Nameless && near.AreAlike(i, incident))];
    }

    // "Velta" is Veltaphone; a name that reports gave beside another is its other name, unless what they say contradicts.
    private static async Task<Guid?> OfLikeNameAsync(Session session, string key)
    {
        var slug = key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (slug.Length < ShortestStem) return null;
        var shorter = Enumerable.Range(ShortestStem, slug.Length - ShortestStem).Select(length => LinkKeys.OfNetwork(slug[..length])).Append(LinkKeys.OfMention(slug)).ToArray();
        var found = await session.QueryAsync<NamedKey>(
            $"select key as Name, incident_id as Incident from incident_keys where key {session.Among("@Shorter")} or (key > @Key and key < @Next)",
            new { Shorter = shorter, Key = key, Next = key + '~' });
        return found.Where(k => !Listed.Contains(k.Name)).OrderBy(k => k.Name.StartsWith("beside:", StringComparison.Ordinal)).ThenByDescending(k => k.Name.Length).Select(k => (Guid?)k.Incident).FirstOrDefault();
    }

    // What looks like the name of a new network may be a headline's first word: a name beside it that leads somewhere decides, for a
    // takedown only where the reports of these days speak of the same one. A new network must never vanish in an old incident.
    private static async Task<Guid?> OfOtherNameAsync(Session session, Report report, LinkKeys keys, Nearby near, Marks marks, DateTimeOffset at)
    {
        if (keys.Network is null || keys.Listed) return null;
        var names = report.Networks.Select(n => LinkKeys.OfNetwork(n.Slug)).Where(k => k != keys.Network).ToList();
        var known = await IncidentStore.FindAsync(session, names);
        foreach (var incident in names.Where(known.ContainsKey).Select(n => known[n]))
            if (!marks.IsTakedown || near.LikenessOf(report.Article.Id, marks, at, incident) >= Likeness.Same) return incident;
        return null;
    }

    private static async Task<Guid?> OfNetworkAsync(Session session, string network)
    {
        var key = LinkKeys.OfNetwork(RoutingKey.Slug(network));
        return (await IncidentStore.FindAsync(session, [key])).TryGetValue(key, out var id) ? id : null;
    }

    private static async Task<IReadOnlyDictionary<Guid, Rank>> RanksAsync(Session session, Nearby near)
    {
        var keys = await session.QueryAsync<NamedKey>($"select key as Name, incident_id as Incident from incident_keys where incident_id {session.Among("@Ids")} and key not like 'beside:%'", new { Ids = near.Incidents.ToArray() });
        return keys.GroupBy(k => k.Incident).ToDictionary(
            g => g.Key,
            g => g.Any(k => Listed.Contains(k.Name)) ? Rank.Listed : g.Any(k => !k.Name.StartsWith("article:", StringComparison.Ordinal)) ? Rank.Unlisted : Rank.Nameless);
    }

    private enum Rank
    {
        /// <summary>No name leads to it yet.</summary>
        Nameless,

        /// <summary>Its names are in no list.</summary>
        Unlisted,
        Listed,
    }

    private sealed class NamedKey
    {
        public string Name { get; init; } = "";
        public Guid Incident { get; init; }
    }
}
