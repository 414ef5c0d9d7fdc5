using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Parsing;
using FeedWatch.Seen;
using FeedWatch.Sources;
using Figure = FeedWatch.Contracts.Figure;

namespace FeedWatch.Reports;

/// <summary>An article that the detector would alert, in the words of the contract: what one outlet says about an incident.</summary>
internal sealed record Report
{
    private const int SummaryLength = 300;

    public required ReportedArticle Article { get; init; }
    public required IReadOnlyList<NetworkReference> Networks { get; init; }
    public required IReadOnlyList<string> Operations { get; init; }
    public required IReadOnlyList<string> Agencies { get; init; }
    public required IReadOnlyList<string> Countries { get; init; }
    public required IReadOnlyList<Figure> Figures { get; init; }

    public static Report From(NewArticle article, Feed feed, ArticleText text, Verdict verdict)
    {
        var summary = HtmlText.Plain(text.Summary.Length > 0 ? text.Summary : text.Content);
        var title = HtmlText.Plain(text.Title);
        return new Report
        {
            Article = new ReportedArticle
            {
                Id = article.Id,
                Title = HtmlText.Shortened(title.Length > 0 ? title : summary, SummaryLength),
                Summary = HtmlText.Shortened(summary, SummaryLength),
                Link = article.Article.Link?.AbsoluteUri,
                Source = article.Outlet?.Name ?? feed.Name,
                Language = feed.Language,
                PublishedAt = article.Article.PublishedAt,
                Label = verdict.Label == Label.Takedown ? ArticleLabel.Takedown : ArticleLabel.Followup,
                Score = Math.Round(verdict.Score, 3),
                Evidence = Quotes.From(text, verdict),
            },
            Networks = [.. verdict.Networks.OrderByDescending(n => n.About).Select(n => new NetworkReference { Name = n.Name, Slug = RoutingKey.Slug(n.Name), Listed = n.Listed, About = n.About })],
            Operations = verdict.Operations,
            Agencies = verdict.Agencies,
            Countries = verdict.Countries,
            Figures = [.. verdict.Figures.Select(f => new Figure { Kind = f.Kind, Value = f.Value, Unit = f.Unit, Scope = f.Scope, What = f.What })],
        };
    }
}
