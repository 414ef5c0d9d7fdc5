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

    /// <summary>Of each kind; an outlet that edits an article all day adds no more.</summary>
    private const int MostTogether = 100;

    public required ReportedArticle Article { get; init; }
    public required IReadOnlyList<NetworkReference> Networks { get; init; }
    public required IReadOnlyList<string> Operations { get; init; }
    public required IReadOnlyList<string> Agencies { get; init; }
    public required IReadOnlyList<string> Countries { get; init; }
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>Figures that it says are wrong, whoever gave them; of no scope.</summary>
    public IReadOnlyList<Figure> Denied { get; init; } = [];

    /// <summary>Those of its figures that it says are rounded.</summary>
    public IReadOnlyList<Figure> Rough { get; init; } = [];

    /// <summary>Those of its figures that it has from the press.</summary>
    public IReadOnlyList<Figure> Hearsay { get; init; } = [];

    /// <summary>Countries whose police or courts act; ISO 3166 alpha-2.</summary>
    public IReadOnlyList<string> Acting { get; init; } = [];

    /// <summary>Countries that are named as such or by their places, not by somebody's nationality alone.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Operators held, rulings.</summary>
    public IReadOnlyList<Deed> Deeds { get; init; } = [];

    /// <summary>Stems of the places and people it names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Years that it speaks of.</summary>
    public IReadOnlyList<int> Years { get; init; } = [];

    /// <summary>When it says that the network fell, counted from its own date.</summary>
    public IReadOnlyList<PastTime> Past { get; init; } = [];

    /// <summary>Whether a police force, a prosecutor or a court speaks itself.</summary>
    public bool Official { get; init; }

    /// <summary>When it was published; when it came, where the feed does not say or names a day that is still to come.</summary>
    public DateTimeOffset TimeAt(DateTimeOffset now) => Article.PublishedAt is { } published && published <= now ? published : now;

    /// <param name="article">The article, with its id.</param>
    /// <param name="feed">Where it stood.</param>
    /// <param name="text">What the verdict is about.</param>
    /// <param name="verdict">What the detector says.</param>
    /// <param name="official">Whether a police force, a prosecutor or a court speaks itself.</param>
    public static Report From(NewArticle article, Feed feed, ArticleText text, Verdict verdict, bool official = false)
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
            Countries = [.. verdict.Countries.Union(verdict.Acting, StringComparer.Ordinal)],
            Figures = [.. verdict.Figures.Where(f => !f.IsSought).Select(Told)],
            Denied = [.. verdict.Denied.Select(Told)],
            Rough = [.. verdict.Figures.Where(f => f.IsRough).Select(Told)],
            Hearsay = [.. verdict.Figures.Where(f => f.IsHearsay).Select(Told)],
            Acting = verdict.Acting,
            Places = verdict.Places,
            Deeds = verdict.Deeds,
            Names = ProperNames.Of(text, verdict.Terms),
            Years = ProperNames.YearsOf(text),
            Past = verdict.Past,
            Official = official,
        };
    }

    /// <summary>The report with what a later version of its article says too. What the first said was said.</summary>
    public Report Also(Report later) => this with
    {
        Article = Article with { Label = later.Article.Label == ArticleLabel.Takedown ? ArticleLabel.Takedown : Article.Label },
        Networks = [.. Networks.Concat(later.Networks).GroupBy(n => n.Slug).Select(g => g.First() with { About = g.Any(n => n.About) }).OrderByDescending(n => n.About).Take(MostTogether)],
        Operations = Together(Operations, later.Operations),
        Agencies = Together(Agencies, later.Agencies),
        Countries = Together(Countries, later.Countries),
        Acting = Together(Acting, later.Acting),
        Places = Together(Places, later.Places),
        Figures = Together(Figures, later.Figures),
        Denied = Together(Denied, later.Denied),
        Rough = Together(Rough, later.Rough),
        Hearsay = Together(Hearsay, later.Hearsay),
        Deeds = Together(Deeds, later.Deeds),
        Names = Together(Names, later.Names),
        Years = Together(Years, later.Years),
        Past = Together(Past, later.Past),
        Official = Official || later.Official,
    };

    private static IReadOnlyList<T> Together<T>(IReadOnlyList<T> first, IReadOnlyList<T> later) => [.. first.Union(later).TakeLast(MostTogether)];

    private static Figure Told(Detection.Figure figure) => new() { Kind = figure.Kind, Value = figure.Value, Unit = figure.Unit, Scope = figure.Scope, What = figure.What };
}
