using FeedWatch.Parsing;
using FeedWatch.Seen.Addresses;
using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>
/// What makes an article the same article, whichever feed or poll brings it: its canonical address; where it has none, the feed with
/// the entry's own id, else with its text; where only a search engine knows the address, outlet and headline. A date never counts:
/// publishers bump it.
/// </summary>
internal static class ArticleKey
{
    /// <summary>All of a feed, each once, in its order.</summary>
    public static List<NewArticle> OfFeed(IReadOnlyList<Article> articles, Guid feed)
    {
        var all = new List<NewArticle>(articles.Count);
        var ids = new HashSet<Guid>(articles.Count);
        foreach (var entry in articles)
        {
            var (article, outlet) = NewsSearch.Read(entry);
            all.Add(new NewArticle(Of(article, feed, outlet), article, outlet));
            ids.Add(all[^1].Id);
        }

        return ids.Count == all.Count ? all : [.. all.GroupBy(a => a.Id).SelectMany(Apart).DistinctBy(a => a.Id)];
    }

    public static Guid Of(Article article, Guid feed, Outlet? outlet = null)
    {
        if (NewsSearch.NameOf(article, outlet) is { } name) return NameUuid.Of("article", name);
        return (article.OriginalLink ?? article.Link) is { } link && CanonicalUrl.Of(link) is var address && CanonicalUrl.NamesAnArticle(address)
            ? NameUuid.Of("article", address)
            : WithoutAddress(article, feed);
    }

    /// <summary>The id that the version before gave it; mostly the same.</summary>
    public static Guid Former(NewArticle found, Guid feed)
    {
        var article = found.Article;
        if (Of(article, feed, found.Outlet) != found.Id) return found.Id; // one of several under one address: it had no id of its own
        return article.Link is { } link && link.PathAndQuery.Length > 1 ? NameUuid.Of("article", FormerUrl.Of(link)) : WithoutAddress(article, feed);
    }

    // Bulletins and advisories may all link to one page. Entries that differ in both guid and headline are articles of their own.
    private static IEnumerable<NewArticle> Apart(IGrouping<Guid, NewArticle> sameAddress)
    {
        var entries = sameAddress.DistinctBy(a => a.Article.Title).ToList();
        return entries.Count > 1 && entries.TrueForAll(a => a.Article.Id.Length > 0) && entries.DistinctBy(a => a.Article.Id).Count() == entries.Count
            ? entries.Select(a => a with { Id = NameUuid.Of(a.Id, a.Article.Id) })
            : sameAddress.Take(1);
    }

    private static Guid WithoutAddress(Article article, Guid feed) => article.Id.Length > 0
        ? NameUuid.Of("article", $"{feed}/{article.Id}")
        : NameUuid.Of("article", $"{feed}/{article.Title}\n{article.Summary}\n{article.Content}");
}
