using FeedWatch.Commands.Articles;
using FeedWatch.Detection;
using FeedWatch.Detection.Scoring;

namespace FeedWatch.Tests.Detection;

/// <summary>What fitted weights are worth is said of articles that they have not seen.</summary>
public sealed class FitTests
{
    [Fact]
    public void An_article_that_is_given_twice_is_judged_once_and_by_weights_that_never_saw_it()
    {
        LabelledArticle[] articles = [.. Enumerable.Range(0, 7).Select(n => new LabelledArticle(new ArticleText($"Article {n}"), Label.Takedown))];

        var parts = FitCommand.Parts([.. articles, .. articles]).ToList();

        Assert.All(parts, part => Assert.Empty(part.Fitted.Intersect(part.Judged)));
        Assert.Equal(articles.Select(a => a.Article.Title).Order(), parts.SelectMany(part => part.Judged).Select(a => a.Article.Title).Order());
        Assert.All(parts, part => Assert.Equal(2 * (articles.Length - part.Judged.Count), part.Fitted.Count));
    }
}
