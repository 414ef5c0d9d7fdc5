using FeedWatch.Parsing;
using FeedWatch.Seen.Addresses;
using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>
/// What makes an article the same article, whichever feed or poll brings it: its canonical address;
/// where it has none, the feed with the entry's own id, else with its text. A date never counts: publishers bump it.
/// </summary>
internal static class ArticleKey
{
    public static Guid Of(Article article, Guid feed) =>
        (article.OriginalLink ?? article.Link) is { } link && CanonicalUrl.Of(link) is var address && CanonicalUrl.NamesAnArticle(address) ? NameUuid.Of("article", address) : WithoutAddress(article, feed);

    /// <summary>The id that the version before gave it; mostly the same.</summary>
    public static Guid Former(Article article, Guid feed) =>
        article.Link is { } link && link.PathAndQuery.Length > 1 ? NameUuid.Of("article", FormerUrl.Of(link)) : WithoutAddress(article, feed);

    private static Guid WithoutAddress(Article article, Guid feed) => article.Id.Length > 0
        ? NameUuid.Of("article", $"{feed}/{article.Id}")
        : NameUuid.Of("article", $"{feed}/{article.Title}\n{article.Summary}\n{article.Content}");
}
