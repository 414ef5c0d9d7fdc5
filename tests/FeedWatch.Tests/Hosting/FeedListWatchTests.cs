using FeedWatch.Hosting;
using FeedWatch.Polling;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeedWatch.Tests.Hosting;

public sealed class FeedListWatchTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("feedwatch-list-").FullName, "feeds.yaml");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public async Task A_feed_added_to_the_list_is_polled_without_a_restart_and_a_wrong_edit_changes_nothing()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("One", "https://a.example/1")));
        feeds.Serve(AFeed.With(AFeed.Item("Two", "https://b.example/1")), "/two");
        await using var watch = await Watch.OverAsync(feeds);
        Write($"feeds:\n  - url: {feeds.At("/rss")}\n");
        using var list = new FeedListWatch(watch.Services.GetRequiredService<FeedCatalog>(), new FeedLists(path, Path.GetDirectoryName(path)!), watch.Time, NullLogger<FeedListWatch>.Instance);

        Write($"feeds:\n  - url: {feeds.At("/rss")}\n  - url: {feeds.At("/two")}\n");
        await list.LookAsync(TestContext.Current.CancellationToken);
        Write("feeds:\n  - ulr: wrong\n");
        await list.LookAsync(TestContext.Current.CancellationToken);
        await watch.Services.GetRequiredService<PollDispatcher>().PollDueAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["/rss", "/two"], feeds.Requests.Select(r => r.Path).Order());
    }

    [Theory]
    [InlineData("    enabled: false\n")]
    [InlineData(null)]
    public async Task A_feed_that_was_gone_is_tried_again_when_it_is_switched_on_or_comes_back(string? off)
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Answer("/rss", 410);
        feeds.Serve(AFeed.With(AFeed.Item("Two", "https://b.example/1")), "/two");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/two")]);
        var on = $"feeds:\n  - url: {feeds.At("/two")}\n  - url: {feeds.At("/rss")}\n";
        Write(on);
        using var list = new FeedListWatch(watch.Services.GetRequiredService<FeedCatalog>(), new FeedLists(path, Path.GetDirectoryName(path)!), watch.Time, NullLogger<FeedListWatch>.Instance);
        await watch.PollAsync();
        await watch.PollAsync();

        Write(off is null ? $"feeds:\n  - url: {feeds.At("/two")}\n" : on + off);
        await list.LookAsync(TestContext.Current.CancellationToken);
        Write(on);
        await list.LookAsync(TestContext.Current.CancellationToken);
        await watch.PollAsync();

        Assert.Equal(2, feeds.Requests.Count(r => r.Path == "/rss"));
    }

    private void Write(string yaml) => File.WriteAllText(path, yaml);
}
