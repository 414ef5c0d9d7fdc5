using FeedWatch.Parsing;
using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>Remembers every article that ever stood in a polled feed, so that none is told of twice. A set, not a date: dates lie.</summary>
internal sealed class SeenArticles(TimeProvider time)
{
    private const int IdsPerQuery = 500; // a hostile feed may list more entries than a statement takes parameters
    private const int DaysUntouched = 7; // the day of an article need not be more exact; a feed that blinks costs no writes

    /// <summary>Compares a feed with what stood in it last time, and asks after the rest only.</summary>
    public static async Task<LookAtFeed> FindNewAsync(Session session, Guid feed, IReadOnlyList<Article> articles)
    {
        var all = articles.Select(a => new NewArticle(ArticleKey.Of(a, feed), a)).DistinctBy(a => a.Id).ToList();
        var stood = await Standing.ReadAsync(session, feed);
        var come = all.Where(a => !stood.Contains(a.Id)).ToList();
        if (come.Count == 0) return new LookAtFeed([], null, []);

        var ids = come.Select(a => (a.Id, Former: ArticleKey.Former(a.Article, feed))).ToList();
        var known = new HashSet<Guid>();
        foreach (var some in ids.SelectMany(i => new[] { i.Id, i.Former }).Distinct().Select(ArticleId.Bytes).Chunk(IdsPerQuery))
            known.UnionWith((await session.QueryAsync<byte[]>("select id from seen where id in @Ids", new { Ids = some })).Select(ArticleId.Of));

        var standing = all.Select(a => a.Id).ToHashSet();
        var fresh = come.Zip(ids).Where(p => !known.Contains(p.Second.Id) && !known.Contains(p.Second.Former)).Select(p => p.First);
        return new LookAtFeed([.. fresh], standing, [.. known, .. stood.Where(id => !standing.Contains(id))]);
    }

    /// <summary>From now on it has been seen. False where another poll was faster: then the article is told by that one.</summary>
    public async Task<bool> TakeAsync(Session session, NewArticle article) =>
        await session.ExecuteAsync("insert into seen (id, day) values (@Id, @Day) on conflict (id) do nothing", new { Id = ArticleId.Bytes(article.Id), Day = Today() }) == 1;

    /// <summary>
    /// Writes down what stands in the feed, where something came: what stands anywhere is never forgotten, however old it is and
    /// however long the feed has answered "not modified".
    /// </summary>
    public async Task KeepAsync(Session session, Guid feed, LookAtFeed look)
    {
        if (look.Standing is null) return;
        await Standing.WriteAsync(session, feed, look.Standing);
        foreach (var id in look.Touched)
            await session.ExecuteAsync("update seen set day = @Day where id = @Id and day < @Day - @Untouched", new { Id = ArticleId.Bytes(id), Day = Today(), Untouched = DaysUntouched });
    }

    private int Today() => ArticleId.Day(time.GetUtcNow());
}

/// <param name="Id">UUIDv5 of what identifies the article.</param>
internal sealed record NewArticle(Guid Id, Article Article);

/// <param name="New">Articles that were never seen before, in feed order. An entry that stands twice in the feed comes once.</param>
/// <param name="Standing">All that stand in the feed; null where nothing came, so that there is nothing to write.</param>
/// <param name="Touched">Known ones that came to stand here or left: from now on their age counts anew.</param>
internal sealed record LookAtFeed(IReadOnlyList<NewArticle> New, IReadOnlySet<Guid>? Standing, IReadOnlyList<Guid> Touched);
