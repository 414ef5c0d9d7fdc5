using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Incidents;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Seen;

public class SeveralFeedsTests
{
    [Fact]
    public async Task An_article_in_three_feeds_is_told_once_and_has_three_sources() // miniflux #797
    {
        var takedown = AFeed.Takedown(published: Watch.Start);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(takedown));
        feeds.Serve(AFeed.With(takedown), "/crime");
        feeds.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1", published: Watch.Start)), "/world");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/crime"), feeds.At("/world")]);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(takedown), "/world");
        await watch.PollAsync();

        Assert.Single(watch.Told.OfType<ArticleMatched>());
        Assert.Single(watch.Alerts);
        Assert.Equal(["Feed /crime", "Feed /rss", "Feed /world"], (await SourcesAsync(watch)).Order());
    }

    [Fact]
    public async Task A_feed_that_loses_an_article_and_has_it_again_is_one_source()
    {
        var takedown = AFeed.Takedown(published: Watch.Start);
        var quiet = AFeed.Item("Quiet day", "https://herald.example/1", published: Watch.Start);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(takedown, quiet));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        foreach (var items in new[] { [quiet, AFeed.Item("Another", "https://herald.example/2", published: Watch.Start)], new[] { takedown, quiet } })
        {
            feeds.Serve(AFeed.With(items));
            await watch.PollAsync();
        }

        Assert.Equal(["Feed /rss"], await SourcesAsync(watch));
    }

    [Fact]
    public async Task A_further_source_is_named_in_the_next_update()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)));
        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)), "/crime");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/crime")]);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 51, published: Watch.Start)));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, Assert.IsType<IncidentUpdated>(watch.Alerts[^1]).Sources.Count);
    }

    private static async Task<IEnumerable<string>> SourcesAsync(Watch watch)
    {
        var facts = await watch.Services.GetRequiredService<Database>().ReadAsync(s => s.QueryAsync<string>("select facts from incidents"), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<Incident>(Assert.Single(facts), EventJson.Options)!.Sources.Select(s => s.Name);
    }
}

[Collection(PostgresTests.Name)]
public sealed class SeveralFeedsOnPostgresTests(PostgresServer server) : SeveralFeedsTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
