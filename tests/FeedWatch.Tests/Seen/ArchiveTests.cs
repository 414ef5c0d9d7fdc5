using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Seen;

public sealed class ArchiveTests
{
    private static readonly string Quiet = AFeed.Item("Quiet day", "https://herald.example/quiet", published: Watch.Start);

    [Fact]
    public async Task A_feed_that_suddenly_lists_its_archive_floods_nobody_and_what_is_new_among_it_is_told() // hookshot #1069, Pipedream #4896
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Quiet));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With([
            AFeed.Takedown("Sky ECC", link: "https://herald.example/today", published: Watch.Start),
            AFeed.Takedown("ANOM", link: "https://herald.example/undated"),
            Quiet,
            .. Old(n => Watch.Start.AddDays(-30 * (n + 1))),
        ]));
        await watch.PollAsync();
        await watch.PollAsync();

        Assert.Equal(["https://herald.example/today", "https://herald.example/undated"], watch.Told.OfType<ArticleMatched>().Select(m => m.Article.Link).Order());
    }

    [Fact]
    public async Task What_came_in_three_days_of_downtime_is_told()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Quiet));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        watch.Time.AdjustTime(watch.Time.GetUtcNow() + TimeSpan.FromDays(14));
        feeds.Serve(AFeed.With([.. Old(n => Watch.Start.AddDays(n))]));
        await watch.PollAsync();

        Assert.Equal(12, watch.Told.OfType<ArticleMatched>().Count());
    }

    [Fact]
    public async Task A_feed_whose_dates_are_always_the_same_is_still_heard()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Quiet));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With([.. Old(_ => Watch.Start.AddYears(-7))]));
        await watch.PollAsync();

        Assert.Equal(12, watch.Told.OfType<ArticleMatched>().Count());
    }

    private static IEnumerable<string> Old(Func<int, DateTimeOffset> date) =>
        Enumerable.Range(0, 12).Select(n => AFeed.Takedown(arrests: 38 + n, link: $"https://herald.example/archive/{n}", published: date(n)));
}
