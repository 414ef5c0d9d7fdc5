using FeedWatch.Contracts;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Seen;

public sealed class GuidChurnTests
{
    private static readonly string[] Streets = ["Mill Lane", "Station Road", "High Street", "Church Square", "Harbour Quay", "Castle Hill"];

    [Fact]
    public async Task A_publisher_who_makes_new_guids_and_links_at_every_fetch_is_heard_once() // newrelic/docs-website #1271, FreshRSS #5909
    {
        await using var feeds = await FeedServer.ServingAsync(Feed(0));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        var seen = await SeenAsync(watch);

        for (var fetch = 1; fetch <= 4; fetch++)
        {
            feeds.Serve(Feed(fetch));
            await watch.PollAsync();
        }

        Assert.Single(watch.Told.OfType<ArticleMatched>());
        Assert.Single(watch.Alerts);
        Assert.Equal(seen, await SeenAsync(watch));
    }

    [Fact]
    public async Task New_guids_and_a_new_date_for_all_at_every_fetch_are_nothing_new()
    {
        await using var feeds = await FeedServer.ServingAsync(Feed(0, stamp: 0));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(Feed(1, stamp: 6));
        await watch.PollAsync();

        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task Among_new_guids_a_new_article_is_news()
    {
        await using var feeds = await FeedServer.ServingAsync(Feed(0));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(Feed(1, [Renamed(AFeed.Takedown("Sky ECC", 51, "https://herald.example/new/1", Watch.Start), "new-1")]));
        await watch.PollAsync();

        Assert.Equal(2, watch.Alerts.Count);
    }

    [Fact]
    public async Task An_article_that_moved_to_another_address_is_known_after_it_left_and_came_back()
    {
        var quiet = AFeed.Item("Council debates cycle path", "https://herald.example/1", "The vote is on Thursday.", Watch.Start);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(link: "https://herald.example/old", published: Watch.Start), quiet, More(2), More(3)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        var moved = AFeed.Takedown(link: "https://herald.example/crime/new", published: Watch.Start);
        foreach (var items in new[] { [moved, quiet, More(2), More(3)], new[] { quiet, More(2) }, [moved, quiet, More(2)] })
        {
            feeds.Serve(AFeed.With(items));
            await watch.PollAsync();
        }

        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task Bulletins_under_one_headline_are_as_many_articles_as_there_are()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Bulletin(0)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(Bulletin(24)));
        await watch.PollAsync();

        Assert.Equal(2, watch.Told.OfType<ArticleMatched>().Select(m => m.Article.Id).Distinct().Count());
    }

    [Fact]
    public async Task Two_entries_with_one_text_that_stand_side_by_side_are_two_articles()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(link: "https://herald.example/1", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(link: "https://herald.example/2", published: Watch.Start), AFeed.Takedown(link: "https://herald.example/1", published: Watch.Start)));
        await watch.PollAsync();

        Assert.Equal(2, watch.Told.OfType<ArticleMatched>().Count());
    }

    [Fact]
    public async Task Entries_that_all_link_to_one_page_are_told_apart_by_guid_and_headline() // skx/rss2email #111
    {
        const string Page = "https://police.example/advisories";
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(
            Renamed(AFeed.Takedown("EncroChat", link: Page, published: Watch.Start), "a-1"),
            Renamed(AFeed.Takedown("Sky ECC", link: Page, published: Watch.Start), "a-2")));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();
        feeds.Serve(AFeed.With(Renamed(AFeed.Takedown("Sky ECC", link: Page, published: Watch.Start), "a-2")));
        await watch.PollAsync();

        Assert.Equal(2, watch.Told.OfType<ArticleMatched>().Count());
    }

    private static string Feed(int fetch, string[]? more = null, int? stamp = null) => AFeed.With(
    [
        .. more ?? [],
        Renamed(AFeed.Takedown(link: $"https://herald.example/{fetch}/takedown", published: Date(stamp, 0)), $"{fetch}-t"),
        .. Streets.Select((s, i) => Renamed(AFeed.Item($"Burst pipe floods {s}", $"https://herald.example/{fetch}/{i}", $"Traffic is led around {s} until the evening, the council says.", Date(stamp, i)), $"{fetch}-{i}")),
    ]);

    private static DateTimeOffset Date(int? stamp, int n) => stamp is { } hours ? Watch.Start.AddHours(hours) : Watch.Start.AddMinutes(-10 * n);

    private static string More(int n) => AFeed.Item($"Burst pipe floods {Streets[n]}", $"https://herald.example/pipe/{n}", $"Traffic is led around {Streets[n]} until the evening.", Watch.Start.AddMinutes(-n));

    private static string Bulletin(int hours) => Renamed(
        AFeed.Item("News at noon", $"https://radio.example/{hours}", "Police have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said. 38 people were arrested.", Watch.Start.AddHours(hours)),
        $"noon-{hours}");

    private static string Renamed(string item, string guid) => item.Replace("</item>", $"<guid isPermaLink='false'>{guid}</guid></item>", StringComparison.Ordinal);

    private static Task<int> SeenAsync(Watch watch) => watch.Services.GetRequiredService<Database>().ReadAsync(s => s.FindAsync<int>("select count(*) from seen"), TestContext.Current.CancellationToken);
}
