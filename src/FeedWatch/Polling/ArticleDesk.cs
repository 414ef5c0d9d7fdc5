using FeedWatch.Chat;
using FeedWatch.Contracts;
using FeedWatch.Detecting;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Background;
using FeedWatch.Incidents.Retelling;
using FeedWatch.Incidents.Telling;
using FeedWatch.Parsing;
using FeedWatch.Polling.Digests;
using FeedWatch.Publishing;
using FeedWatch.Reports;
using FeedWatch.Seen;
using FeedWatch.Sources;
using FeedWatch.Storage;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling;

/// <summary>What happens to the articles of one poll: which are new or edited, what they say, and then, in one transaction, what is told.</summary>
internal sealed class ArticleDesk(SeenArticles seen, ArticleExaminer examiner, ArticleBook book, Outbox outbox, IOptions<AlertOptions> alerts, TimeProvider time)
{
    /// <summary>Pages fetched for one poll: a feed full of undecided articles must not keep its place for minutes.</summary>
    private const int MostPages = 3;

    /// <summary>Outside the transaction, since a page may have to be fetched: the articles that are new or edited, with their verdicts.</summary>
    public async Task<ReadFeed> ReadAsync(Database database, Feed feed, IReadOnlyList<Article> articles, CancellationToken cancellationToken)
    {
        var look = await database.ReadAsync(session => SeenArticles.FindNewAsync(session, feed.Id, articles), cancellationToken);
        FaultPoint.Pass("looked");
        var read = new List<(NewArticle, Examined?)>(look.New.Count);
        var archive = feed.SucceededAt is { } last ? ArchiveReplay.Before(look.New, last, alerts.Value.MaxAge) : null;
        var pages = 0;
        foreach (var article in look.New)
        {
            if ((feed.SucceededAt is null && IsOld(article.Article)) || article.Article.PublishedAt < archive)
            {
                read.Add((article, null));
                continue;
            }

            var examined = await examiner.ExamineAsync(article.Article, pages < MostPages, cancellationToken);
            if (examined.Fetched) pages++;
            read.Add((article, examined));
        }

        // Without its page: some feeds edit every entry at every fetch, and its server is not asked as often.
        var edited = new List<(NewArticle, Examined)>(look.Edited.Count);
        foreach (var article in look.Edited) edited.Add((article, await examiner.ExamineAsync(article.Article, mayFetch: false, cancellationToken)));

        return new ReadFeed(look, read, edited);
    }

    /// <summary>Remembers the articles and puts what they lead to into the outbox.</summary>
    public async Task<IReadOnlyList<FeedWatchEvent>> TakeAsync(Session session, Feed feed, ReadFeed read)
    {
        var events = new List<FeedWatchEvent>();

        // Feeds list the newest first; an incident is opened by the report that came first.
        foreach (var (article, examined) in read.Articles.Reverse())
        {
            if (examined is null) read.Look.PassOver(article.Id);
            if (!await seen.TakeAsync(session, article)) await book.AddSourceAsync(session, new KnownArticle(article, article.Id), feed);
            else if (examined is { Verdict.Alert: true }) events.AddRange(await book.TellAsync(session, article, ReportOf(article, examined), read.Look));
            else if (examined is not null && Backgrounder.Of(article, feed, examined.Text, examined.Verdict, time.GetUtcNow()) is { } backgrounder) await BackgroundShelf.AddAsync(session, backgrounder, time.GetUtcNow());
            FaultPoint.Pass("article-taken");
        }

        foreach (var (article, examined) in read.Edited.Where(e => e.Examined.Verdict.Alert))
            events.AddRange(await book.TellAsync(session, article, ReportOf(article, examined), read.Look, onlyIfTold: IsStale(article.Article)));
        foreach (var known in read.Look.Known) await book.AddSourceAsync(session, known, feed);

        await seen.KeepAsync(session, feed.Id, read.Look);
        FaultPoint.Pass("articles-kept");
        var told = BurstFold.Fold(events, alerts.Value.BurstCap, feed.Name, time.GetUtcNow());
        await outbox.AddAsync(session, told);
        FaultPoint.Pass("outbox-filled");
        if (alerts.Value.Digests.Count > 0)
        {
            var examined = read.Articles.Select(a => a.Examined).OfType<Examined>().ToList();
            await Tally.AddAsync(session, examined.Count, examined.Count(e => e.Verdict.Alert), time.GetUtcNow());
        }

        return told;

        Report ReportOf(NewArticle article, Examined examined) => Report.From(article, feed, examined.Text, examined.Verdict, examiner.IsOfficial(article.Outlet?.Name ?? feed.Name, article.Article.Link));
    }

    // Only at a feed's first poll: later on, what is new to us is news, dated or not, or three days of downtime would lose it.
    private bool IsOld(Article article) => article.PublishedAt is not { } published || published < time.GetUtcNow() - alerts.Value.MaxAge;

    private bool IsStale(Article article) => (article.UpdatedAt > article.PublishedAt ? article.UpdatedAt : article.PublishedAt) < time.GetUtcNow() - alerts.Value.MaxAge;
}

/// <summary>A feed's articles before they are recorded.</summary>
/// <param name="Look">What is new in it and what stands there.</param>
/// <param name="Articles">The new ones with their verdicts; null where an article is too old to be told.</param>
/// <param name="Edited">Those that stood there before and say something else now.</param>
internal sealed record ReadFeed(LookAtFeed Look, IReadOnlyList<(NewArticle Article, Examined? Examined)> Articles, IReadOnlyList<(NewArticle Article, Examined Examined)> Edited)
{
    /// <summary>New ones that are recorded and not told.</summary>
    public int PassedOver => Articles.Count(a => a.Examined is null);
}
