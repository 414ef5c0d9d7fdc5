using FeedWatch.Parsing;
using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>
/// What makes an article the same article, whichever feed or poll brings it: its canonical address;
/// where it has none, the feed with the entry's own id, else with its text. A date never counts: publishers bump it.
/// </summary>
internal static class ArticleKey
{
    public static Guid Of(Article article, Guid feed) => article switch
    {
        { Link: { } link } when link.PathAndQuery.Length > 1 => NameUuid.Of("article", CanonicalUrl.Of(link)),
        { Id.Length: > 0 } => NameUuid.Of("article", $"{feed}/{article.Id}"),
        _ => NameUuid.Of("article", $"{feed}/{article.Title}\n{article.Summary}\n{article.Content}"),
    };
}
