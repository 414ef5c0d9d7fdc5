using FeedWatch.Demo;
using FeedWatch.Detection;

namespace FeedWatch.Tests.Demo;

public sealed class DemoTimelineTests
{
    [Fact]
    public void Every_article_of_the_demo_is_what_its_author_says_it_is()
    {
        var detector = TakedownDetector.BuiltIn();

        var wrong = DemoTimeline.Load().Items
            .Select(i => (Item: i, Verdict: detector.Examine(new ArticleText(i.Title, i.Summary, i.Content))))
            .Where(x => x.Verdict.Alert != (x.Item.Expect is "takedown" or "followup"))
            .Select(x => $"{x.Item.Title}: expected {x.Item.Expect}, said {x.Verdict.Label} ({x.Verdict.Score:0.00})");

        Assert.Empty(wrong);
    }
}
