using FeedWatch.Storage;

namespace FeedWatch.Polling.Digests;

/// <summary>How many new articles were examined and how many of them matched, by quarters of an hour: digests end at such times in every zone.</summary>
internal static class Tally
{
    private const long Quarter = 15 * 60 * 1000;

    public static async Task AddAsync(Session session, int articles, int matched, DateTimeOffset now)
    {
        if (articles == 0) return;
        await session.ExecuteAsync(
            """
            insert into tally (quarter, articles, matched) values (@Quarter, @Articles, @Matched)
            on conflict (quarter) do update set articles = tally.articles + excluded.articles, matched = tally.matched + excluded.matched
            """,
            new { Quarter = now.ToUnixTimeMilliseconds() / Quarter, Articles = articles, Matched = matched });
    }

    public static async Task<(int Articles, int Matched)> BetweenAsync(Session session, DateTimeOffset from, DateTimeOffset to)
    {
        var sum = await session.FindAsync<Row>(
            "select cast(coalesce(sum(articles), 0) as bigint) as Articles, cast(coalesce(sum(matched), 0) as bigint) as Matched from tally where quarter >= @From and quarter < @To",
            new { From = from.ToUnixTimeMilliseconds() / Quarter, To = to.ToUnixTimeMilliseconds() / Quarter });
        return ((int)sum!.Articles, (int)sum.Matched);
    }

    public static Task ForgetAsync(Session session, DateTimeOffset before) =>
        session.ExecuteAsync("delete from tally where quarter < @Before", new { Before = before.ToUnixTimeMilliseconds() / Quarter });

    private sealed class Row
    {
        public long Articles { get; init; }
        public long Matched { get; init; }
    }
}
