using FeedWatch.Detection;
using FeedWatch.Parsing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Detecting;

/// <summary>
/// Examines an article by what the feed says, and by its page where that leaves it undecided. A page that cannot be had
/// changes nothing: the feed's text decides.
/// </summary>
internal sealed partial class ArticleExaminer(LiveDetector detector, ArticlePages pages, IOptions<DetectionOptions> options, ILogger<ArticleExaminer> logger)
{
    /// <param name="article">As the feed has it.</param>
    /// <param name="mayFetch">False where enough pages were fetched for this poll.</param>
    /// <param name="cancellationToken">Ends the wait for the page.</param>
    public async Task<Examined> ExamineAsync(Article article, bool mayFetch, CancellationToken cancellationToken)
    {
        var text = new ArticleText(article.Title, article.Summary, article.Content);
        var verdict = detector.Current.Examine(text);
        if (!verdict.Undecided || !mayFetch || !options.Value.FullText || article.Link is null) return new Examined(text, verdict, Fetched: false);

        switch (await pages.GetAsync(article.Link, cancellationToken))
        {
            case PageResult.Text page:
                var full = text with { Content = page.Body };
                var again = detector.Current.Examine(full);
                Log.Decided(logger, article.Link, verdict.Score, again.Score);
                return again.Alert ? new Examined(full, again, Fetched: true) : new Examined(text, verdict, Fetched: true);
            case PageResult.Unavailable unavailable:
                Log.NoPage(logger, article.Link, unavailable.Why);
                break;
        }

        return new Examined(text, verdict, Fetched: true);
    }

    /// <summary>Whether a police force, a prosecutor or a court speaks itself: by the feed's name, or by where the article lies.</summary>
    public bool IsOfficial(string source, Uri? link) => OfficialSites.Have(link) || detector.Current.IsAgency(source);

    private static partial class Log
    {
        [LoggerMessage(EventId = 410, Level = LogLevel.Debug, Message = "{Link} was undecided ({Before:0.00}); its page says {After:0.00}.")]
        public static partial void Decided(ILogger logger, Uri link, double before, double after);

        [LoggerMessage(EventId = 411, Level = LogLevel.Information, Message = "{Link} is undecided and its page cannot be had ({Why}); the feed's text decides.")]
        public static partial void NoPage(ILogger logger, Uri link, string why);
    }
}

/// <param name="Text">What the verdict is about.</param>
/// <param name="Fetched">Whether its page was asked for.</param>
internal sealed record Examined(ArticleText Text, Verdict Verdict, bool Fetched);
