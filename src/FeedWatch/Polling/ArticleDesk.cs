using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Incidents;
using FeedWatch.Parsing;
using FeedWatch.Publishing;
using FeedWatch.Reports;
using FeedWatch.Seen;
using FeedWatch.Sources;
using FeedWatch.Storage;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling;

/// <summary>What happens to the articles of one poll, inside its transaction: new to us? a takedown? which incident? into the outbox.</summary>
internal sealed class ArticleDesk(SeenArticles seen, TakedownDetector detector, IncidentLinker linker, Outbox outbox, IOptions<AlertOptions> alerts, TimeProvider time)
{
    public async Task<IReadOnlyList<FeedWatchEvent>> TakeAsync(Session session, Feed feed, IReadOnlyList<Article> articles)
    {
        var events = new List<FeedWatchEvent>();
        var fresh = await seen.TakeNewAsync(session, feed.Id, articles);

        // Feeds list the newest first; an incident is opened by the report that came first.
        foreach (var article in fresh.Reverse())
        {
            if (feed.SucceededAt is null && IsOld(article.Article)) continue;
            var text = new ArticleText(article.Article.Title, article.Article.Summary, article.Article.Content);
            var verdict = detector.Examine(text);
            if (verdict.Alert) events.AddRange(await linker.LinkAsync(session, Report.From(article, feed, text, verdict)));
        }

        var told = BurstFold.Fold(events, alerts.Value.BurstCap, feed.Name, time.GetUtcNow());
        await outbox.AddAsync(session, told);
        return told;
    }

    // Only at a feed's first poll: later on, what is new to us is news, dated or not, or three days of downtime would lose it.
    private bool IsOld(Article article) => article.PublishedAt is not { } published || published < time.GetUtcNow() - alerts.Value.MaxAge;
}
