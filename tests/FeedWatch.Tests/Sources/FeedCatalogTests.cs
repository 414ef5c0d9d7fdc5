using FeedWatch.Fetching;
using FeedWatch.Polling;
using FeedWatch.Sources;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Sources;

public sealed class FeedCatalogTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly string path = Directory.CreateTempSubdirectory("feedwatch-catalog-").FullName;
    private readonly DataFolder folder;
    private readonly Database database;
    private readonly SettableClock time = new(Watch.Start);
    private readonly FeedCatalog catalog;

    public FeedCatalogTests()
    {
        folder = DataFolder.Open(path);
        database = SqliteDatabase.Open(folder);
        catalog = new FeedCatalog(database, time);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task A_host_with_more_feeds_than_a_claim_looks_at_holds_up_nobody()
    {
        var busy = Enumerable.Range(0, 300).Select(i => new ListedFeed(new Uri($"https://busy.example/{i}"), $"{i}")).ToList();
        await catalog.ReplaceAsync(busy, Cancelled);
        await catalog.MakeAllDueAsync(Cancelled);
        await catalog.ReplaceAsync([.. busy, .. Enumerable.Range(0, 20).Select(i => new ListedFeed(new Uri($"https://host{i}.example/"), $"host {i}"))], Cancelled);

        var claimed = new List<Feed>();
        while (await catalog.ClaimAsync(8, perHost: 2, Lease, Cancelled) is { Count: > 0 } some) claimed.AddRange(some);

        Assert.Equal(2, claimed.Count(f => f.Url.Host == "busy.example"));
        Assert.Equal(20, claimed.Count(f => f.Url.Host != "busy.example"));
    }

    [Fact]
    public async Task A_claimed_feed_knows_whether_another_is_polled_at_its_host()
    {
        ListedFeed At(string url, bool enabled = true) => new(new Uri(url), url, Enabled: enabled);
        await catalog.ReplaceAsync([At("https://one.example/"), At("https://one.example/off", enabled: false), At("https://two.example/a"), At("https://two.example/b")], Cancelled);
        await catalog.MakeAllDueAsync(Cancelled);

        var claimed = await catalog.ClaimAsync(10, perHost: 2, Lease, Cancelled);

        Assert.Equal(["https://one.example/"], claimed.Where(f => f.IsAloneOnHost).Select(f => f.Name));
        Assert.Equal(3, claimed.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_quiet_poll_leaves_what_is_known_of_the_feed_and_of_the_others_written_down_with_it(bool isOneBroken)
    {
        await catalog.ReplaceAsync([.. Enumerable.Range(0, 3).Select(i => new ListedFeed(new Uri($"https://host{i}.example/"), $"{i}"))], Cancelled);
        var clock = new PollClock(Options.Create(new PollOptions()), time);
        var known = await RoundAsync(feed => clock.Read(feed, new FetchResult.Fetched([], null, feed.Url, new Validators($"\"{feed.Name}\"", null)), 5, ["mended"], new PollHints(TimeSpan.FromHours(2), 1, 0)));

        time.Advance(TimeSpan.FromHours(3));
        var quiet = await RoundAsync(feed => isOneBroken && feed.Name == "1" ? clock.Failed(feed, "it broke") : clock.Unchanged(feed, new FetchResult.NotModified(feed.Validators)));

        time.Advance(TimeSpan.FromDays(2));
        var now = await RoundAsync(feed => clock.Unchanged(feed, new FetchResult.NotModified(feed.Validators)));
        Assert.All(now, feed => Assert.Equal($"\"{feed.Name}\"", feed.Validators.ETag));
        Assert.All(now, feed => Assert.Equal(TimeSpan.FromHours(2), feed.Hints.Gap));
        Assert.All(now, feed => Assert.Equal(isOneBroken && feed.Name == "1" ? 1 : 0, feed.Failures));
        Assert.All(now, feed => Assert.Equal(Watch.Start + (isOneBroken && feed.Name == "1" ? TimeSpan.Zero : TimeSpan.FromHours(3)), feed.SucceededAt));
        Assert.Equal((3, 3), (known.Count, quiet.Count));
    }

    private async Task<List<Feed>> RoundAsync(Func<Feed, PollRecord> end)
    {
        var feeds = await catalog.ClaimAsync(10, perHost: 1, Lease, Cancelled);
        await database.WriteAsync(session => FeedCatalog.RecordAsync(session, [.. feeds.Select(feed => (feed, end(feed)))]), Cancelled);
        return [.. feeds.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }
}
