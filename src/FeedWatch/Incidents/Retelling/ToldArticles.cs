using System.Buffers.Binary;
using FeedWatch.Seen;
using FeedWatch.Seen.Addresses;
using FeedWatch.Seen.Texts;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Retelling;

/// <summary>
/// Articles that matched, by every name under which they may come again: their ids (16 bytes), and the print of outlet and headline
/// (8 bytes), which a search engine and a changed address leave as they are.
/// </summary>
internal static class ToldArticles
{
    private static readonly TimeSpan SearchedApart = TimeSpan.FromDays(3);  // search engines date an article by when they found it
    private static readonly TimeSpan FeedsApart = TimeSpan.FromHours(1);    // a newspaper's "Live: the trial" of tomorrow is another one

    /// <returns>The id under which it was told; null where it was not.</returns>
    public static async Task<Guid?> FindAsync(Session session, Guid id) =>
        await session.FindAsync<byte[]>("select article from told where name = @Name", new { Name = ArticleId.Bytes(id) }) is { } told ? ArticleId.Of(told) : null;

    /// <param name="session">An open transaction.</param>
    /// <param name="article">One that matches.</param>
    /// <param name="standing">What stands in its feed: what stands beside it is another article, whatever its headline.</param>
    /// <returns>The id under which it was told; null where it was not.</returns>
    public static async Task<Guid?> FindAsync(Session session, NewArticle article, IReadOnlyDictionary<Guid, Mark>? standing)
    {
        if (await FindAsync(session, article.Id) is { } known) return known;
        if (Print(article) is not { } print) return null;
        var row = await session.FindAsync<Row>("select article, published, searched from told where name = @Print", new { Print = print });
        if (row is null) return null;

        var told = ArticleId.Of(row.Article);
        var searched = row.Searched != 0 || article.Outlet is not null;
        return standing?.ContainsKey(told) != true && AreNear(row.Published, Seconds(article), searched) ? told : null;
    }

    public static async Task AddAsync(Session session, NewArticle article, Guid told, DateTimeOffset now)
    {
        var values = new { Name = ArticleId.Bytes(article.Id), Print = Print(article), Article = ArticleId.Bytes(told), Day = ArticleId.Day(now), Published = Seconds(article), Searched = article.Outlet is null ? 0 : 1 };
        await session.ExecuteAsync("insert into told (name, article, day) values (@Name, @Article, @Day) on conflict (name) do update set day = excluded.day", values);
        if (values.Print is null) return;
        await session.ExecuteAsync(
            """
            insert into told (name, article, day, published, searched) values (@Print, @Article, @Day, @Published, @Searched)
            on conflict (name) do update set article = excluded.article, day = excluded.day, published = excluded.published, searched = excluded.searched
            """,
            values);
    }

    /// <summary>Removes at most <paramref name="most"/> names that were last used before then. Returns how many.</summary>
    public static Task<int> ForgetAsync(Session session, DateTimeOffset before, int most) =>
        session.ExecuteAsync("delete from told where name in (select name from told where day < @Day limit @Most)", new { Day = ArticleId.Day(before), Most = most });

    private static byte[]? Print(NewArticle article)
    {
        if (article.Article.Link is not { } link || Fingerprint.OfTitle(NewsSearch.SiteOf(article.Outlet, link), article.Article.Title) is not (not 0 and var print)) return null;
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, print);
        return bytes;
    }

    private static bool AreNear(long? one, long? other, bool searched) =>
        one is { } a && other is { } b ? Math.Abs(a - b) <= (searched ? SearchedApart : FeedsApart).TotalSeconds : searched;

    private static long? Seconds(NewArticle article) => article.Article.PublishedAt?.ToUnixTimeSeconds();

    private sealed class Row
    {
        public byte[] Article { get; init; } = [];
        public long? Published { get; init; }
        public long Searched { get; init; }
    }
}
