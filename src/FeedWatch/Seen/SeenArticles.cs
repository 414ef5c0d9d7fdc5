using FeedWatch.Parsing;
using FeedWatch.Seen.Texts;
using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>Remembers every article that ever stood in a polled feed, so that none is told of twice. A set, not a date: dates lie.</summary>
internal sealed class SeenArticles(TimeProvider time)
{
    private const int IdsPerQuery = 500; // a hostile feed may list more entries than a statement takes parameters
    private const int ChurnFrom = 3;
    private const int DaysUntouched = 7; // the day of an article need not be more exact; a feed that blinks costs no writes

    /// <summary>Compares a feed with what stood in it last time, and asks after the rest only.</summary>
    public static async Task<LookAtFeed> FindNewAsync(Session session, Guid feed, IReadOnlyList<Article> articles)
    {
        var all = ArticleKey.OfFeed(articles, feed);
        var texts = all.ConvertAll(a => Fingerprint.ToTheLetter(a.Article));
        var stood = await Standing.ReadAsync(session, feed);
        if (stood.IsMarked && IsUnchanged(all, texts, stood)) return LookAtFeed.Unchanged;

        var dated = !IsStamped(all);
        var standing = new Dictionary<Guid, Mark>(all.Count);
        var (come, edited) = (new List<NewArticle>(), new List<NewArticle>());
        foreach (var (article, text) in all.Zip(texts))
        {
            var isKnown = stood.Articles.TryGetValue(article.Id, out var before);
            if (isKnown && stood.IsMarked && (before.Text == text || before.Text == Mark.PassedOver))
            {
                standing[article.Id] = before;
                continue;
            }

            var mark = new Mark(text, Fingerprint.OfText(article.Article, dated));
            standing[article.Id] = mark;
            if (!isKnown) come.Add(article);
            else if (stood.IsMarked && (mark.Print != before.Print || mark.Print == 0)) edited.Add(article);
        }

        var renamed = Renamed(come, standing, stood);
        var others = come.Count == renamed.Count ? [] : come.Except(renamed.Select(r => r.Article)).ToList();
        var known = await KnownAsync(session, feed, others);

        // A feed that names its entries anew at every fetch would fill the table with names that never come again.
        var churns = renamed.Count >= ChurnFrom && renamed.Count * 2 > all.Count;
        var gone = stood.Articles.Keys.Where(id => !standing.ContainsKey(id));
        return new LookAtFeed
        {
            New = [.. others.Except(known.Select(k => k.Article))],
            Edited = edited,
            Known = churns ? known : [.. renamed, .. known],
            Standing = standing,
            Touched = churns ? [] : [.. known.Select(k => k.As), .. gone],
        };
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
        foreach (var renamed in look.Known.Where(k => k.As != k.Article.Id)) await TakeAsync(session, renamed.Article);
        foreach (var id in look.Touched)
            await session.ExecuteAsync("update seen set day = @Day where id = @Id and day < @Day - @Untouched", new { Id = ArticleId.Bytes(id), Day = Today(), Untouched = DaysUntouched });
    }

    private static bool IsUnchanged(List<NewArticle> all, List<long> texts, Stood stood)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (!stood.Articles.TryGetValue(all[i].Id, out var mark) || (mark.Text != texts[i] && mark.Text != Mark.PassedOver)) return false;
        }

        return true;
    }

    // Some feeds give every entry the minute in which they were asked.
    private static bool IsStamped(List<NewArticle> all) =>
        all.Count > 1 && all.Select(a => a.Article.PublishedAt?.ToUnixTimeSeconds() / 60).Distinct().Count() == 1;

    /// <summary>Those that say what an entry said that has gone: the same entry under a new name. One that is still there is another article.</summary>
    private static List<KnownArticle> Renamed(List<NewArticle> come, Dictionary<Guid, Mark> standing, Stood stood)
    {
        var gone = new Dictionary<long, Guid>();
        if (come.Count == 0) return [];
        foreach (var (id, mark) in stood.Articles)
        {
            if (mark.Print != 0 && !standing.ContainsKey(id)) gone.TryAdd(mark.Print, id);
        }

        var renamed = new List<KnownArticle>();
        foreach (var article in come)
        {
            if (!gone.Remove(standing[article.Id].Print, out var former)) continue;
            renamed.Add(new KnownArticle(article, former));
            if (stood.Articles[former].Text == Mark.PassedOver) standing[article.Id] = standing[article.Id] with { Text = Mark.PassedOver };
        }

        return renamed;
    }

    private static async Task<List<KnownArticle>> KnownAsync(Session session, Guid feed, List<NewArticle> come)
    {
        var names = come.ConvertAll(a => (Article: a, Former: ArticleKey.Former(a, feed)));
        var known = new HashSet<Guid>();
        foreach (var some in names.SelectMany(n => new[] { n.Article.Id, n.Former }).Distinct().Select(ArticleId.Bytes).Chunk(IdsPerQuery))
            known.UnionWith((await session.QueryAsync<byte[]>($"select id from seen where id {session.Among("@Ids")}", new { Ids = some })).Select(ArticleId.Of));
        return
        [
            .. names.Where(n => known.Contains(n.Article.Id)).Select(n => new KnownArticle(n.Article, n.Article.Id)),
            .. names.Where(n => !known.Contains(n.Article.Id) && known.Contains(n.Former)).Select(n => new KnownArticle(n.Article, n.Former)),
        ];
    }

    private int Today() => ArticleId.Day(time.GetUtcNow());
}
