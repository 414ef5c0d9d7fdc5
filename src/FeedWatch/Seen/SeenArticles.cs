using FeedWatch.Parsing;
using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>Remembers every article that ever stood in a polled feed, so that none is told of twice. A set, not a date: dates lie.</summary>
internal sealed class SeenArticles(TimeProvider time)
{
    private const int IdsPerQuery = 500; // a hostile feed may list more entries than a statement takes parameters

    /// <summary>Those that were never seen before, in feed order; from now on they are. An entry that stands twice in the feed comes once.</summary>
    public async Task<IReadOnlyList<NewArticle>> TakeNewAsync(Session session, Guid feed, IReadOnlyList<Article> articles)
    {
        var keyed = articles.Select(a => new NewArticle(ArticleKey.Of(a, feed), a)).DistinctBy(a => a.Id).ToList();
        foreach (var some in keyed.Select(k => k.Id).Chunk(IdsPerQuery).ToList())
        {
            var known = (await session.QueryAsync<Guid>("select id from articles where id in @Ids", new { Ids = some })).ToHashSet();
            keyed.RemoveAll(k => known.Contains(k.Id));
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await session.ExecuteAsync(
            "insert into articles (id, feed_id, seen_at) values (@Id, @Feed, @Now) on conflict (id) do nothing",
            keyed.Select(k => new { k.Id, Feed = feed, Now = now }));
        return keyed;
    }
}

/// <param name="Id">UUIDv5 of what identifies the article.</param>
internal sealed record NewArticle(Guid Id, Article Article);
