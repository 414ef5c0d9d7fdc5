using FeedWatch.Polling;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Polling;

/// <summary>The pace of a running service, seen from the server.</summary>
public sealed class PollPaceTests
{
    private static readonly string Quiet = AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1"));

    [Fact]
    public async Task A_restart_polls_nothing_early()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        await watch.RestartAsync();
        await PollDueAsync(watch);

        Assert.Single(feeds.Requests);
    }

    [Fact]
    public async Task A_feed_is_due_again_after_its_interval_and_not_before()
    {
        await using var feeds = await FeedServer.ServingAsync(Quiet);
        await using var watch = await Watch.OverAsync(feeds);
        await PollDueAsync(watch);

        watch.Time.Advance(TimeSpan.FromMinutes(14));
        await PollDueAsync(watch);
        var early = feeds.Requests.Count;
        watch.Time.Advance(TimeSpan.FromMinutes(3));
        await PollDueAsync(watch);

        Assert.Equal((1, 2), (early, feeds.Requests.Count));
    }

    [Fact]
    public async Task A_permanent_move_is_believed_when_it_has_been_seen_on_three_days()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 301, "", ("Location", "/new"));
        feeds.Serve(Quiet, "/new");
        await using var watch = await Watch.OverAsync(feeds);

        for (var day = 0; day < 3; day++)
        {
            await PollDueAsync(watch);
            watch.Time.Advance(TimeSpan.FromHours(25));
        }

        await PollDueAsync(watch);

        Assert.Equal("/rss /new /rss /new /rss /new /new", string.Join(' ', feeds.Requests.Select(r => r.Path)));
    }

    [Fact]
    public async Task A_temporary_redirect_is_never_stored()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 302, "", ("Location", "/new"));
        feeds.Serve(Quiet, "/new");
        await using var watch = await Watch.OverAsync(feeds);

        for (var day = 0; day < 5; day++)
        {
            await PollDueAsync(watch);
            watch.Time.Advance(TimeSpan.FromHours(25));
        }

        Assert.Equal(5, feeds.Requests.Count(r => r.Path == "/rss"));
    }

    [Fact]
    public async Task A_feed_that_is_well_again_steps_down_the_ladder_one_by_one()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 500);
        await using var watch = await Watch.OverAsync(feeds);
        for (var failure = 0; failure < 3; failure++) await watch.PollAsync();
        feeds.Serve(Quiet);
        await watch.PollAsync();

        feeds.Answer("/rss", 500);
        await watch.PollAsync(); // the ladder stands at two: the third step is an hour
        var before = feeds.Requests.Count;
        watch.Time.Advance(TimeSpan.FromMinutes(45));
        await PollDueAsync(watch);
        var early = feeds.Requests.Count;
        watch.Time.Advance(TimeSpan.FromMinutes(25));
        await PollDueAsync(watch);

        Assert.Equal((before, before + 1), (early, feeds.Requests.Count));
    }

    private static Task<int> PollDueAsync(Watch watch) => watch.Services.GetRequiredService<PollDispatcher>().PollDueAsync(TestContext.Current.CancellationToken);
}
