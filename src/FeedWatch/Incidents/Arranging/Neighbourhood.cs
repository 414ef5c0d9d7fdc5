using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Incidents.Linking;
using FeedWatch.Reports;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Arranging;

/// <summary>
/// The reports of the store that one more report may concern. Where some were published after it, they and those of the days before it
/// are linked again as if all had come in the order of their dates, so that the order of arrival makes no difference.
/// </summary>
internal static class Neighbourhood
{
    /// <summary>
    /// So many reports are linked again at most, which costs some milliseconds. Where more lie behind the late one it is linked among
    /// them as they stand.
    /// </summary>
    public const int Most = 300;

    public static async Task<Board> AroundAsync(Session session, Clue clue)
    {
        var isLast = await CountAsync(session, clue.At) == 0;
        if (await IsDecidedAsync(session, clue, isLast) is { } decided) return decided;
        if (isLast) return new Board(session, await BeforeAsync(session, clue.At, clue.At - Likeness.Reach, Board.MostNear), [], null);
        if (await CountAsync(session, clue.At - Likeness.Reach) > Most) return await AsItStandsAsync(session, clue);
        var around = await AfterAsync(session, clue.At - Likeness.Reach, Most);
        if (clue.Keys.Listed && around.All(s => s.Clue.Keys.Listed)) return await AsItStandsAsync(session, clue);

        var first = around.Select(s => s.Clue.At).Append(clue.At).Min();
        List<StoredClue> again = [.. await BeforeGapAsync(session, first, Most - around.Count), .. around];
        var from = again.Select(s => s.Clue.At).Append(clue.At).Min();
        return new Board(session, await BeforeAsync(session, from, from - Likeness.Reach, Board.MostNear), again, from);
    }

    /// <summary>The reports around that day where they lie now; none is linked again.</summary>
    public static async Task<Board> AsItStandsAsync(Session session, Clue clue)
    {
        var before = await BeforeAsync(session, clue.At, clue.At - Likeness.Reach, Board.MostNear / 2);
        var after = (await AfterAsync(session, clue.At, Board.MostNear / 2)).Where(s => s.Clue.At <= clue.At + Likeness.Reach);
        return new Board(session, [.. before, .. after], [], null);
    }

    // A name that led somewhere when it was published decides alone, unless there are reports that it may draw to itself, or a name
    // that came up later and might have been taken for another one of its network.
    private static async Task<Board?> IsDecidedAsync(Session session, Clue clue, bool isLast)
    {
        var board = new Board(session, [], [], null);
        await board.LookUpAsync(clue.Keys.All);
        if (!clue.Keys.All.Any(k => board.IsGivenBefore(k, clue.At))) return null;
        var from = new { From = (clue.At - Likeness.Reach).ToUnixTimeMilliseconds(), At = clue.At.ToUnixTimeMilliseconds() };
        if (await session.FindAsync<int>("select count(*) from (select 1 from incident_articles where named = 0 and reported_at >= @From limit 1) as nameless", from) > 0) return null;
        return isLast || await session.FindAsync<int>("select count(*) from (select 1 from incident_keys where at >= @At limit 1) as later", from) == 0 ? board : null;
    }

    private static Task<int> CountAsync(Session session, DateTimeOffset from) => session.FindAsync<int>(
        "select count(*) from (select 1 from incident_articles where reported_at >= @From limit @Most) as later",
        new { From = from.ToUnixTimeMilliseconds(), Most = Most + 1 });

    // As long as no two reports lie further apart than reports are compared over, the earlier may have been linked by the later.
    private static async Task<IReadOnlyList<StoredClue>> BeforeGapAsync(Session session, DateTimeOffset at, int most)
    {
        var rows = await BeforeAsync(session, at, DateTimeOffset.UnixEpoch, most);
        var (first, next) = (rows.Count, at);
        while (first > 0 && rows[first - 1].Clue.At >= next - Likeness.Reach) next = rows[--first].Clue.At;
        var near = rows.Skip(first).ToList();

        // The last one that fits may have others beside it at the same moment.
        return first > 0 || rows.Count < most ? near : [.. near.Where(s => s.Clue.At > near[0].Clue.At)];
    }

    private static Task<IReadOnlyList<StoredClue>> AfterAsync(Session session, DateTimeOffset from, int most) =>
        RowsAsync(session, "a.reported_at >= @From", "a.reported_at, a.article_id", new { From = from.ToUnixTimeMilliseconds(), Most = most });

    private static Task<IReadOnlyList<StoredClue>> BeforeAsync(Session session, DateTimeOffset to, DateTimeOffset from, int most) => RowsAsync(
        session,
        "a.reported_at >= @From and a.reported_at < @To",
        "a.reported_at desc, a.article_id desc",
        new { From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds(), Most = most });

    private static async Task<IReadOnlyList<StoredClue>> RowsAsync(Session session, string condition, string order, object values)
    {
        var rows = await session.QueryAsync<Row>(
            $"""
            select a.incident_id as Incident, a.article_id as Article, a.reported_at as At, a.marks as Line, i.first_at as FirstAt
            from incident_articles a join incidents i on i.id = a.incident_id
            where {condition} and i.retracted_at is null order by {order} limit @Most
            """,
            values);
        if (rows.Count == 0) return [];
        var clues = rows.Select(r => (Row: r, At: DateTimeOffset.FromUnixTimeMilliseconds(r.At))).Select(r => (r.Row, r.At, Clue: Clue.Read(r.Row.Article, r.At, r.Row.Line))).ToList();
        var reports = await ReadAsync(session, [.. clues.Where(c => c.Clue is null).Select(c => c.Row)]);
        return
        [
            .. clues.Select(c => new StoredClue(c.Clue ?? Clue.Of(reports[c.Row.Article], c.At), c.Row.Incident, DateTimeOffset.FromUnixTimeMilliseconds(c.Row.FirstAt))).OrderBy(s => s.Clue),
        ];
    }

    // What earlier versions stored has no line that says enough.
    private static async Task<IReadOnlyDictionary<Guid, Report>> ReadAsync(Session session, IReadOnlyList<Row> rows) => rows.Count == 0
        ? new Dictionary<Guid, Report>()
        : (await session.QueryAsync<string>(
            $"select report from incident_articles where incident_id {session.Among("@Incidents")} and article_id {session.Among("@Articles")}",
            new { Incidents = rows.Select(r => r.Incident).Distinct().ToArray(), Articles = rows.Select(r => r.Article).Distinct().ToArray() }))
            .Select(r => JsonSerializer.Deserialize<Report>(r, EventJson.Options)!).DistinctBy(r => r.Article.Id).ToDictionary(r => r.Article.Id);

    private sealed class Row
    {
        public Guid Incident { get; init; }
        public Guid Article { get; init; }
        public long At { get; init; }
        public string Line { get; init; } = "";
        public long FirstAt { get; init; }
    }
}
