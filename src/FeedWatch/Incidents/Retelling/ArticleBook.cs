using FeedWatch.Contracts;
using FeedWatch.Reports;
using FeedWatch.Seen;
using FeedWatch.Sources;
using FeedWatch.Storage;

namespace FeedWatch.Incidents.Retelling;

/// <summary>
/// Tells a matching article once. When it comes again, edited, from another feed or under another address, its incident takes the new
/// facts, which wait for the update window like all others, and the further source; nothing else is told.
/// </summary>
internal sealed class ArticleBook(IncidentLinker linker, TimeProvider time)
{
    /// <param name="session">An open transaction.</param>
    /// <param name="article">One that matches.</param>
    /// <param name="report">What it says.</param>
    /// <param name="look">The feed that it stands in.</param>
    /// <param name="onlyIfTold">True for the edit of an article that is too old to be news.</param>
    public async Task<IReadOnlyList<FeedWatchEvent>> TellAsync(Session session, NewArticle article, Report report, LookAtFeed look, bool onlyIfTold = false)
    {
        await session.TakeTurnAsync(Turn.Linking);
        var now = time.GetUtcNow();
        var told = await ToldArticles.FindAsync(session, article, look.Standing);
        if (told is null && onlyIfTold) return [];
        await ToldArticles.AddAsync(session, article, told ?? article.Id, now);
        if (told is null) return (await linker.LinkAsync(session, report)).Events;

        if (await IncidentStore.OfArticleAsync(session, told.Value) is { } stored) await linker.AmendAsync(session, stored, told.Value, report);
        return [];
    }

    /// <summary>A known article came to stand in a feed, or has a new name there: where it was told, the feed is one more source of its incident.</summary>
    public async Task AddSourceAsync(Session session, KnownArticle known, Feed feed)
    {
        if (await ToldArticles.FindAsync(session, known.As) is not { } told) return;
        await session.TakeTurnAsync(Turn.Linking); // before the incident is read, or another node's facts are overwritten
        var now = time.GetUtcNow();
        await ToldArticles.AddAsync(session, known.Article, told, now);
        if (await IncidentStore.OfArticleAsync(session, told) is not { } stored) return;
        var article = known.Article.Article;
        var after = stored.Incident.WithSource(new Source
        {
            Name = known.Article.Outlet?.Name ?? feed.Name,
            Link = article.Link?.AbsoluteUri,
            Language = feed.Language,
            Time = article.PublishedAt ?? now,
        });
        if (after != stored.Incident) await IncidentStore.SaveAsync(session, stored with { Incident = after }, now);
    }
}
