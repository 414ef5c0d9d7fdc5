using FeedWatch.Contracts;
using FeedWatch.Storage;

namespace FeedWatch.Polling.Troubles;

/// <summary>What FeedWatch can see of what it is to watch, and what was told of that.</summary>
internal sealed class Outlook
{
    private const string Seen =
        """
        select id, name, url, language, country, failure, succeeded_at, case when exists (
            select 1 from feed_trouble t where t.feed_id = feeds.id
                and (t.kind = 'gone' or (t.kind = 'failing' and t.since <= @Before and t.tries >= @Fewest))) then 1 else 0 end as blind
        from feeds where enabled = 1
        """;

    private readonly Dictionary<(string Kind, string Value), Part> parts;

    private readonly IReadOnlyList<ToldLoss> told;

    private Outlook(IReadOnlyList<WatchedFeedRow> feeds, IReadOnlyList<ToldLoss> told)
    {
        this.told = told;
        parts = new[]
        {
            feeds.GroupBy(_ => (CoverageKinds.All, "")),
            feeds.Where(f => !string.IsNullOrEmpty(f.Language)).GroupBy(f => (CoverageKinds.Language, f.Language!)),
            feeds.Where(f => !string.IsNullOrEmpty(f.Country)).GroupBy(f => (CoverageKinds.Country, f.Country!)),
        }.SelectMany(g => g).ToDictionary(g => g.Key, g => new Part(g.Key.Item1, g.Key.Item2, [.. g.OrderBy(f => f.Name, StringComparer.Ordinal)]));
    }

    /// <summary>Whether there may be anything to tell. Nearly always there is not, and then not every feed is read.</summary>
    /// <param name="before">A feed that was read since then is no trouble.</param>
    public static async Task<bool> IsCloudedAsync(Session session, DateTimeOffset before) => await session.FindAsync<int>(
        $"""
        select case when exists (select 1 from coverage_lost)
            or exists (select 1 from feed_trouble t join feeds f on f.id = t.feed_id where f.enabled = 0)
            or exists (select 1 from ({Seen}) a group by language having min(blind) = 1)
            or exists (select 1 from ({Seen}) b group by country having min(blind) = 1) then 1 else 0 end
        """,
        Limits(before)) > 0;

    public static async Task<Outlook> LookAsync(Session session, DateTimeOffset before) => new(
        await session.QueryAsync<WatchedFeedRow>(Seen, Limits(before)),
        await session.QueryAsync<ToldLoss>("select kind, value, told_at as ToldAt, event_id as EventId from coverage_lost order by kind, value"));

    private static object Limits(DateTimeOffset before) => new { Before = before.ToUnixTimeMilliseconds(), Fewest = FeedNews.FewestFailures };

    public static async Task<WatchedFeed> FeedAsync(Session session, Guid id) =>
        (await session.FindAsync<WatchedFeedRow>("select id, name, url, language, country from feeds where id = @Id", new { Id = id }))!.Watched;

    /// <summary>Whether any feed is to cover it.</summary>
    public bool IsWanted(string kind, string value) => parts.ContainsKey((kind, value));

    /// <summary>What was told as lost and is not any more.</summary>
    public IEnumerable<ToldLoss> Over() => told.Where(t => !IsBlind(t.Kind, t.Value));

    /// <summary>What is lost and was not told. Who is blind everywhere is told that alone.</summary>
    public IEnumerable<Part> ToTell()
    {
        var all = IsBlind(CoverageKinds.All, "");
        return parts.Values.Where(p => p.IsBlind && (!all || p.Kind == CoverageKinds.All) && !told.Any(t => t.Kind == p.Kind && t.Value == p.Value));
    }

    private bool IsBlind(string kind, string value) => parts.TryGetValue((kind, value), out var part) && part.IsBlind;
}

/// <summary>A country, a language, or everything.</summary>
/// <param name="Value">Empty for everything.</param>
internal sealed record Part(string Kind, string Value, IReadOnlyList<WatchedFeedRow> Feeds)
{
    public bool IsBlind => Feeds.All(f => f.Blind > 0);

    /// <summary>When the last of its feeds was read; null where none ever was.</summary>
    public DateTimeOffset? ReadAt => Feeds.Max(f => f.Succeeded_At) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public string Reason
    {
        get
        {
            var reasons = Feeds.Select(f => f.Failure ?? "it is gone").GroupBy(r => r, StringComparer.Ordinal).OrderByDescending(r => r.Count()).ThenBy(r => r.Key, StringComparer.Ordinal).ToList();
            return reasons.Count == 1 ? reasons[0].Key : $"for example {reasons[0].Key}";
        }
    }
}

/// <summary>One loss that people were told of.</summary>
internal sealed class ToldLoss
{
    public string Kind { get; init; } = "";
    public string Value { get; init; } = "";
    public long ToldAt { get; init; }
    public Guid EventId { get; init; }
}

/// <summary>A feed that is to be polled.</summary>
internal sealed class WatchedFeedRow
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Url { get; init; } = "";
    public string? Language { get; init; }
    public string? Country { get; init; }
    public string? Failure { get; init; }
    public long? Succeeded_At { get; init; }
    public int Blind { get; init; }

    public WatchedFeed Watched => new() { Id = Id, Name = Name, Url = Url, Language = Language, Country = Country };
}
