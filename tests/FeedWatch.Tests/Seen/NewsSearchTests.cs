using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Seen;

public sealed class NewsSearchTests
{
    [Fact]
    public async Task Google_News_which_names_and_links_an_article_anew_at_every_fetch_tells_it_once() // CommaFeed #1755
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Google("AAAA")));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        foreach (var key in new[] { "BBBB", "CCCC", "DDDD" })
        {
            feeds.Serve(AFeed.With(Google(key, Watch.Start.AddHours(1)), AFeed.Item($"Quiet day {key} - The Post", $"https://news.google.com/rss/articles/{key}Q?oc=5")));
            await watch.PollAsync();
        }

        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task What_a_search_finds_is_told_with_its_outlet_for_source_and_its_own_headline()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Google("AAAA")));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();

        var article = Assert.Single(watch.Told.OfType<ArticleMatched>()).Article;
        Assert.Equal(("The Herald", "Police take down encrypted phone network EncroChat, 38 arrested"), (article.Source, article.Title));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_article_in_its_outlets_feed_and_in_a_search_is_one_with_two_sources(bool searchFirst)
    {
        var own = AFeed.With(AFeed.Takedown(arrests: 38, link: "https://www.herald.example/crime/1", published: Watch.Start));
        var search = AFeed.With(Google("AAAA", Watch.Start.AddHours(1)));
        var quiet = AFeed.With(AFeed.Item("Quiet day", "https://herald.example/2", published: Watch.Start));
        await using var feeds = await FeedServer.ServingAsync(searchFirst ? search : own);
        feeds.Serve(quiet, "/second");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/second")]);
        await watch.PollAsync();

        feeds.Serve(searchFirst ? own : search, "/second");
        await watch.PollAsync();

        Assert.Single(watch.Told.OfType<ArticleMatched>());
        Assert.Single(watch.Alerts);
    }

    [Fact]
    public async Task One_headline_of_two_outlets_is_two_articles()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Google("AAAA"), Google("BBBB", outlet: "The Post", site: "https://post.example")));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();

        Assert.Equal(["The Herald", "The Post"], watch.Told.OfType<ArticleMatched>().Select(m => m.Article.Source).Order());
    }

    [Fact]
    public async Task Bing_gives_the_outlets_address_away_so_that_its_article_is_told_under_it()
    {
        var bing = AFeed.Takedown(link: "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url=https%3a%2f%2fherald.example%2fcrime%2f1&c=1&mkt=en-gb", published: Watch.Start)
            .Replace("</item>", "<News:Source xmlns:News='https://www.bing.com/news/search?format=rss'>The Herald</News:Source></item>", StringComparison.Ordinal);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(bing));
        feeds.Serve(AFeed.With(AFeed.Takedown(link: "https://www.herald.example/crime/1", published: Watch.Start)), "/own");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/own")]);

        await watch.PollAsync();

        var article = Assert.Single(watch.Told.OfType<ArticleMatched>()).Article;
        Assert.Contains(article.Source, new[] { "The Herald", "Feed /own" });
        Assert.Contains("herald.example/crime/1", article.Link, StringComparison.Ordinal);
        Assert.DoesNotContain("bing", article.Link, StringComparison.Ordinal);
    }

    private static string Google(string key, DateTimeOffset? published = null, string outlet = "The Herald", string site = "https://www.herald.example") =>
        AFeed.Takedown(link: $"https://news.google.com/rss/articles/{key}?oc=5", published: published ?? Watch.Start)
            .Replace("</title>", $" - {outlet}</title>", StringComparison.Ordinal)
            .Replace("</item>", $"<guid isPermaLink='false'>{key}</guid><source url='{site}'>{outlet}</source></item>", StringComparison.Ordinal);
}
