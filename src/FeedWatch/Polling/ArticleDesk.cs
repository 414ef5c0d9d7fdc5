using FeedWatch.Contracts;
using FeedWatch.Detecting;
using FeedWatch.Incidents;
using FeedWatch.Parsing;
using FeedWatch.Publishing;
using FeedWatch.Reports;
using FeedWatch.Seen;
using FeedWatch.Sources;
using FeedWatch.Storage;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling;

/// <summary>What happens to the articles of one poll: which are new, what they say, and then, in one transaction, what is told.</summary>
internal sealed class ArticleDesk(SeenArticles seen, ArticleExaminer examiner, IncidentLinker linker, Outbox outbox, IOptions<AlertOptions> alerts, TimeProvider time)
{
    /// <summary>Pages fetched for one poll: a feed full of undecided articles must not keep its place for minutes.</summary>
    private const int MostPages = 3;

    /// <summary>Outside the transaction, since a page may have to be fetched: the articles that are new, with their verdicts.</summary>
    public async Task<ReadFeed> ReadAsync(Database database, Feed feed, IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        var look = await database.ReadAsync(session => SeenArticles.FindNewAsync(session, feed.Id, articles), cancellationToken);
        var read = new List<(NewArticle, Examined?)>(look.New.Count);
        var pages = 0;
        foreach (var article in look.New)
        {
            if (feed.SucceededAt is null && IsOld(article.Article))
            {
                read.Add((article, null));
                continue;
            }

            var examined = await examiner.ExamineAsync(article.Article, pages < MostPages, cancellationToken);
            if (examined.Fetched) pages++;
            read.Add((article, examined));
        }

        return new ReadFeed(look, read);
    }

    /// <summary>Remembers the articles and puts what they lead to into the outbox.</summary>
    public async Task<IReadOnlyList<FeedWatchEvent>> TakeAsync(Session session, Feed feed, ReadFeed read)
    {
        var events = new List<FeedWatchEvent>();

        // Feeds list the newest first; an incident is opened by the report that came first.
        foreach (var (article, examined) in read.Articles.Reverse())
        {
            if (await seen.TakeAsync(session, article) && examined is { Verdict.Alert: true })
                events.AddRange(await linker.LinkAsync(session, Report.From(article, feed, examined.Text, examined.Verdict)));
        }

        await seen.KeepAsync(session, feed.Id, read.Look);
        var told = BurstFold.Fold(events, alerts.Value.BurstCap, feed.Name, time.GetUtcNow());
        await outbox.AddAsync(session, told);
        return told;
    }

    // Only at a feed's first poll: later on, what is new to us is news, dated or not, or three days of downtime would lose it.
    private bool IsOld(Article article) => article.PublishedAt is not { } published || published < time.GetUtcNow() - alerts.Value.MaxAge;
}

/// <summary>A feed's articles before they are recorded.</summary>
/// <param name="Look">What is new in it and what stands there.</param>
/// <param name="Articles">The new ones with their verdicts; null where an article is too old to be told.</param>
internal sealed record ReadFeed(LookAtFeed Look, IReadOnlyList<(NewArticle Article, Examined? Examined)> Articles);
