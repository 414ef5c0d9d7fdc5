using FeedWatch.Contracts;
using FeedWatch.Fetching;
using FeedWatch.Polling;
using FeedWatch.Polling.Running;
using FeedWatch.Polling.Troubles;
using FeedWatch.Sources;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Polling;

/// <summary>What is told of the feeds themselves: by the whole service, over a real server and a real database.</summary>
public class FeedNewsTests
{
    private static readonly string Quiet = AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_that_goes_on_failing_is_told_once_with_what_is_wrong()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Answer("/rss", 500);

        await PollAsync(watch, times: 6, apart: TimeSpan.FromMinutes(25));

        var failing = Assert.IsType<FeedFailing>(Assert.Single(watch.Told));
        Assert.Equal((Watch.Start.AddMinutes(25), 4, 500, Watch.Start), (failing.Since, failing.Failures, failing.HttpStatus, failing.LastSuccessAt));
        Assert.Equal((Watch.Start.AddMinutes(100), "Feed /rss", feeds.At("/rss").AbsoluteUri, "en"), (failing.Time, failing.Feed.Name, failing.Feed.Url, failing.Feed.Language));
        Assert.Contains("500", failing.Reason, StringComparison.Ordinal);
        Assert.True(failing.NextPollAt > failing.Time);
    }

    [Theory]
    [InlineData(2, 600)] // twice, hours apart
    [InlineData(5, 10)] // often, within the hour
    public async Task A_hiccup_is_no_news_and_neither_is_its_end(int times, int minutes)
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 500);
        await using var watch = await Watch.OverAsync(feeds);

        await PollAsync(watch, times, TimeSpan.FromMinutes(minutes));
        feeds.Serve(Quiet);
        await PollAsync(watch, times: 2, TimeSpan.FromHours(1));
        feeds.Answer("/rss", 500);
        await PollAsync(watch, times: 2, TimeSpan.FromHours(3));

        Assert.Empty(watch.Told);
    }

    [Fact]
    public async Task That_it_is_well_again_is_told_once_over_restarts_too()
    {
        await using var feeds = await FeedServer.StartAsync();
        await using var watch = await Watch.OverAsync(feeds);
        await PollAsync(watch, times: 4, TimeSpan.FromHours(1));
        await watch.RestartAsync();
        await PollAsync(watch, times: 4, TimeSpan.FromHours(1));
        var failing = Assert.IsType<FeedFailing>(Assert.Single(watch.Told));

        feeds.Serve(Quiet);
        await watch.RestartAsync();
        await PollAsync(watch, times: 3, TimeSpan.FromHours(1));

        var recovered = Assert.IsType<FeedRecovered>(Assert.Single(watch.Told.Skip(1)));
        Assert.Equal((failing.Id, failing.Since, 1, false), (recovered.After, recovered.Since, recovered.NewArticles, recovered.Removed));
        Assert.Null(failing.LastSuccessAt);
    }

    [Fact]
    public async Task A_second_time_is_news_again()
    {
        await using var feeds = await FeedServer.StartAsync();
        await using var watch = await Watch.OverAsync(feeds);

        for (var round = 0; round < 2; round++)
        {
            feeds.Answer("/rss", 500);
            await PollAsync(watch, times: 4, TimeSpan.FromHours(1));
            feeds.Serve(Quiet);
            await PollAsync(watch, times: 1, TimeSpan.FromHours(1));
        }

        Assert.Equal([EventTypes.FeedFailing, EventTypes.FeedRecovered, EventTypes.FeedFailing, EventTypes.FeedRecovered], watch.Told.Select(EventTypes.Of));
        Assert.Equal(4, watch.Told.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_feed_that_is_gone_is_told_once_and_that_it_was_taken_out_of_the_list_too()
    {
        await using var feeds = await FeedServer.StartAsync();
        await using var watch = await Watch.OverAsync(feeds);
        await PollAsync(watch, times: 4, TimeSpan.FromHours(1));
        feeds.Answer("/rss", 410);
        await PollAsync(watch, times: 3, TimeSpan.FromHours(1));

        await watch.Services.GetRequiredService<FeedCatalog>().ReplaceAsync([], Cancelled);
        await LookAsync(watch);
        await LookAsync(watch);

        var failing = Assert.IsType<FeedFailing>(watch.Told[0]);
        var gone = Assert.IsType<FeedGone>(watch.Told[1]);
        var removed = Assert.IsType<FeedRecovered>(Assert.Single(watch.Told.Skip(2)));
        Assert.Equal((gone.Id, failing.Since, true, "Feed /rss"), (removed.After, removed.Since, removed.Removed, removed.Feed.Name));
    }

    [Fact]
    public async Task A_gone_feed_that_is_switched_on_again_and_answers_is_well_again()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 410);
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(Quiet);
        var catalog = watch.Services.GetRequiredService<FeedCatalog>();
        foreach (var enabled in (bool[])[false, true]) await catalog.ReplaceAsync([new ListedFeed(feeds.At("/rss"), "Feed /rss", "en", Enabled: enabled)], Cancelled);
        await watch.PollAsync();

        Assert.Equal([EventTypes.FeedGone, EventTypes.FeedRecovered], watch.Told.Select(EventTypes.Of));
        Assert.False(((FeedRecovered)watch.Told[1]).Removed);
    }

    [Fact]
    public async Task A_feed_that_falls_silent_is_told_once_until_something_new_comes()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Item("Quiet night", "https://herald.example/2")));
        await PollAsync(watch, times: 1, TimeSpan.FromHours(6));

        await PollAsync(watch, times: 8, TimeSpan.FromHours(12));
        await watch.RestartAsync();
        await PollAsync(watch, times: 2, TimeSpan.FromHours(12));
        feeds.Serve(AFeed.With(AFeed.Item("Quiet week", "https://herald.example/3")));
        await PollAsync(watch, times: 2, TimeSpan.FromHours(1));

        var silent = Assert.IsType<FeedSilent>(watch.Told[0]);
        var recovered = Assert.IsType<FeedRecovered>(Assert.Single(watch.Told.Skip(1)));
        Assert.Equal((Watch.Start.AddHours(6), 84, 6), (silent.LastArticleAt, silent.SilentHours, silent.UsualHours));
        Assert.Equal((silent.Id, silent.LastArticleAt, 1), (recovered.After!.Value, recovered.Since, recovered.NewArticles));
    }

    [Fact]
    public async Task A_feed_that_has_moved_for_good_is_told_once()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet, "/new");
        feeds.Answer("/rss", 301, "", ("Location", "/new"));
        await using var watch = await Watch.OverAsync(feeds);

        await PollAsync(watch, times: 6, TimeSpan.FromHours(25));

        var moved = Assert.IsType<FeedMoved>(Assert.Single(watch.Told));
        Assert.Equal((feeds.At("/rss").AbsoluteUri, feeds.At("/new").AbsoluteUri, feeds.At("/new").AbsoluteUri), (moved.From, moved.To, moved.Feed.Url));
    }

    [Fact]
    public async Task A_feed_that_moves_to_where_another_is_polled_stays_where_it_is_and_nothing_is_told()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet, "/new");
        feeds.Answer("/rss", 301, "", ("Location", "/new"));
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/new")]);

        await PollAsync(watch, times: 6, TimeSpan.FromHours(25));

        Assert.Empty(watch.Told);
        Assert.Equal(6, feeds.Requests.Count(r => r.Path == "/rss"));
    }

    [Fact]
    public async Task While_this_machine_cannot_ask_no_feed_is_told_and_after_an_hour_that_nothing_can_be_read()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        for (var minute = 0; minute <= 75; minute++)
        {
            watch.Time.Advance(TimeSpan.FromMinutes(1));
            await CannotAskAsync(watch);
            await LookAsync(watch);
        }

        var lost = Assert.IsType<CoverageLost>(Assert.Single(watch.Told));
        Assert.Equal(("all", null, Watch.Start, Watch.Start.AddMinutes(61), "DNS answers nothing"), (lost.Kind, lost.Value, lost.Since, lost.Time, lost.Reason));
        await PollAsync(watch, times: 1, TimeSpan.FromHours(1));
        await LookAsync(watch);
        var restored = Assert.IsType<CoverageRestored>(Assert.Single(watch.Told.Skip(1)));
        Assert.Equal((lost.Id, lost.Time, false), (restored.After, restored.Since, restored.Removed));
        Assert.Equal("ok", await WordAsync(watch, feeds)); // an answer of 304 clears what is said of the feed, too
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_keep_trouble_from_being_told()
    {
        await using var feeds = await FeedServer.StartAsync();
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        watch.Time.Set(-TimeSpan.FromDays(400));
        await PollAsync(watch, times: 5, TimeSpan.FromHours(1));

        Assert.IsType<FeedFailing>(Assert.Single(watch.Told));
    }

    /// <summary>Polls so often, with so much time before each.</summary>
    internal static async Task PollAsync(Watch watch, int times, TimeSpan apart)
    {
        for (var i = 0; i < times; i++)
        {
            watch.Time.Advance(apart);
            await watch.PollAsync();
        }
    }

    internal static async Task LookAsync(Watch watch)
    {
        await watch.Services.GetRequiredService<CoverageWatch>().LookAsync(Cancelled);
        await watch.PassAsync(TimeSpan.Zero);
    }

    /// <summary>A poll that ended before anybody was asked, as without DNS.</summary>
    private static async Task CannotAskAsync(Watch watch)
    {
        var catalog = watch.Services.GetRequiredService<FeedCatalog>();
        await catalog.MakeAllDueAsync(Cancelled);
        foreach (var feed in await catalog.ClaimAsync(9, perHost: 9, TimeSpan.FromMinutes(5), Cancelled))
            await watch.Services.GetRequiredService<PollBook>().RecordAsync(feed, watch.Services.GetRequiredService<PollClock>().NotAsked(feed, "DNS answers nothing"), Cancelled);
    }

    private static async Task<string> WordAsync(Watch watch, FeedServer feeds) =>
        (await FeedState.ReadAsync([new ListedFeed(feeds.At("/rss"), "Feed /rss", "en")], watch.Services.GetRequiredService<Database>(), watch.Time.GetUtcNow(), Cancelled)).Single().Word;
}

[Collection(PostgresTests.Name)]
public sealed class FeedNewsOnPostgresTests(PostgresServer server) : FeedNewsTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
