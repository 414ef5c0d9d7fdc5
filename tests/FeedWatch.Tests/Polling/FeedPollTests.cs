using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Polling;

public class FeedPollTests
{
    [Fact]
    public async Task A_takedown_is_alerted_once_however_often_the_feed_is_polled()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();
        await watch.PollAsync();

        Assert.IsType<IncidentDetected>(Assert.Single(watch.Alerts));
    }

    [Fact]
    public async Task The_second_request_carries_the_validator_of_the_first_answer()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();
        await watch.PollAsync();

        Assert.Equal(["", "\""], feeds.Requests.Select(r => r.IfNoneMatch.Length == 0 ? "" : r.IfNoneMatch[..1]));
    }

    [Fact]
    public async Task A_restart_forgets_neither_articles_nor_validators()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        await watch.RestartAsync();
        await watch.PollAsync();

        Assert.Single(watch.Alerts);
        Assert.NotEqual("", feeds.Requests.Last().IfNoneMatch);
    }

    [Fact]
    public async Task The_same_article_in_two_feeds_is_one_article()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(link: "https://herald.example/a?utm_source=rss", published: Watch.Start)));
        feeds.Serve(AFeed.With(AFeed.Takedown(link: "http://www.herald.example/a/", published: Watch.Start)), "/other");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/other")]);

        await watch.PollAsync();

        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task Old_and_undated_articles_of_a_new_feed_are_not_news()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(
            AFeed.Takedown(link: "https://herald.example/old", published: Watch.Start.AddHours(-49)),
            AFeed.Takedown("Sky ECC", link: "https://herald.example/undated")));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();

        Assert.Empty(watch.Told);
    }

    [Fact]
    public async Task After_the_first_poll_an_article_is_news_whatever_its_date()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(link: "https://herald.example/late", published: Watch.Start.AddYears(-1))));
        await watch.PollAsync();

        Assert.Single(watch.Alerts);
    }

    [Fact]
    public async Task A_bumped_date_and_a_new_guid_do_not_alert_again()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(published: Watch.Start.AddHours(3)).Replace("</item>", "<guid>new</guid></item>", StringComparison.Ordinal)));
        await watch.PollAsync();

        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task A_broken_feed_leaves_the_others_alone()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        feeds.Answer("/html", 200, "<!doctype html><html><body>Hello</body></html>");
        feeds.Answer("/empty", 200);
        feeds.Answer("/garbage", 200, "\u0001\u0002 not a feed");
        await using var watch = await Watch.OverAsync([feeds.At("/html"), feeds.At("/empty"), feeds.At("/garbage"), feeds.At("/missing"), feeds.At("/rss")]);

        var failed = await watch.PollAsync();

        Assert.Equal(4, failed);
        Assert.Single(watch.Alerts);
    }

    [Fact]
    public async Task A_throttling_server_says_when_to_come_back()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 429, "", ("Retry-After", "3600"));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        watch.Time.Advance(TimeSpan.FromMinutes(59));
        await watch.PollAsync();
        watch.Time.Advance(TimeSpan.FromMinutes(2));
        await watch.PollAsync();

        Assert.Equal(2, feeds.Requests.Count);
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_never_asked_again()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 410);
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();
        await watch.PollAsync();

        Assert.Single(feeds.Requests);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_keeps_the_validators_of_the_last_good_one()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Answer("/rss", 200, "<html></html>", ("ETag", "\"bad\""));
        await watch.PollAsync();

        await watch.PollAsync();

        Assert.NotEqual("\"bad\"", feeds.Requests.Last().IfNoneMatch);
    }
}

[Collection(PostgresTests.Name)]
public sealed class FeedPollOnPostgresTests(PostgresServer server) : FeedPollTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
