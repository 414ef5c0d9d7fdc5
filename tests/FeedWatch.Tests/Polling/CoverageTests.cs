using FeedWatch.Contracts;
using FeedWatch.Sources;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Polling;

/// <summary>Where FeedWatch goes blind: three Dutch feeds, one of them from Belgium, and a German one.</summary>
public class CoverageTests
{
    private static readonly string[] Paths = ["/nl1", "/nl2", "/be", "/de"];

    [Fact]
    public async Task A_country_is_lost_with_its_last_feed_and_restored_with_the_first()
    {
        await using var feeds = await ServingAsync();
        await using var watch = await OverAsync(feeds);
        await PassAsync(watch, hours: 1);
        feeds.Answer("/nl1", 500);
        await PassAsync(watch, hours: 6);
        var withOne = Coverage(watch).Count;

        feeds.Answer("/nl2", 500);
        await PassAsync(watch, hours: 6);
        var lost = Assert.IsType<CoverageLost>(Assert.Single(Coverage(watch)));
        feeds.Serve(AFeed.With(), "/nl1");
        await PassAsync(watch, hours: 2);

        var restored = Assert.IsType<CoverageRestored>(Assert.Single(Coverage(watch).Skip(1)));
        Assert.Equal((0, "country", "NL", Watch.Start.AddHours(7)), (withOne, lost.Kind, lost.Value, lost.Since));
        Assert.Equal(["/nl1", "/nl2"], lost.Feeds.Select(f => new Uri(f.Url).AbsolutePath));
        Assert.Equal(("country", "NL", lost.Id, lost.Time, false), (restored.Kind, restored.Value, restored.After, restored.Since, restored.Removed));
    }

    [Fact]
    public async Task A_feed_that_fails_just_once_loses_no_country()
    {
        await using var feeds = await ServingAsync();
        await using var watch = await OverAsync(feeds);
        await PassAsync(watch, hours: 1);

        feeds.Answer("/de", 500);
        watch.Time.Advance(TimeSpan.FromHours(9));
        await PassAsync(watch, hours: 1);
        await PassAsync(watch, hours: 1);

        Assert.Empty(Coverage(watch));
    }

    [Fact]
    public async Task Who_is_blind_everywhere_is_told_that_alone_and_what_stays_lost_when_that_ends()
    {
        await using var feeds = await FeedServer.StartAsync();
        await using var watch = await OverAsync(feeds);
        await PassAsync(watch, hours: 8);
        await watch.RestartAsync();
        await ListAsync(watch, feeds);
        await PassAsync(watch, hours: 8);
        var lost = Assert.IsType<CoverageLost>(Assert.Single(Coverage(watch)));

        feeds.Serve(AFeed.With(), "/nl1");
        await PassAsync(watch, hours: 3);

        Assert.Equal(("all", null, null, 4), (lost.Kind, lost.Value, lost.Since, lost.Feeds.Count));
        Assert.Equal(lost.Id, Assert.Single(Coverage(watch).OfType<CoverageRestored>()).After); // events of several subjects leave side by side, in no order
        Assert.Equal(["country BE", "country DE", "language de"], Coverage(watch).OfType<CoverageLost>().Where(l => l.Id != lost.Id).Select(l => $"{l.Kind} {l.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_list_no_longer_asks_for_is_no_longer_lost()
    {
        await using var feeds = await ServingAsync();
        feeds.Answer("/de", 410);
        await using var watch = await OverAsync(feeds);
        await PassAsync(watch, hours: 2);
        var lost = Coverage(watch);

        await ListAsync(watch, feeds, Paths[..3]);
        await PassAsync(watch, hours: 2);

        Assert.Equal(["country DE", "language de"], lost.Cast<CoverageLost>().Select(l => $"{l.Kind} {l.Value}").Order(StringComparer.Ordinal));
        Assert.Equal([("DE", true), ("de", true)], Coverage(watch).Skip(2).Cast<CoverageRestored>().Select(r => (r.Value!, r.Removed)).OrderBy(r => r.Item1, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_feeds_have_in_common_is_the_reason()
    {
        await using var feeds = await ServingAsync();
        foreach (var path in (string[])["/nl1", "/nl2"]) feeds.Answer(path, 503);
        feeds.Answer("/be", 500);
        await using var watch = await OverAsync(feeds);

        await PassAsync(watch, hours: 8);

        var reasons = Coverage(watch).Cast<CoverageLost>().ToDictionary(l => l.Value!, l => l.Reason);
        Assert.DoesNotContain("example", reasons["NL"], StringComparison.Ordinal);
        Assert.Contains("503", reasons["NL"], StringComparison.Ordinal);
        Assert.StartsWith("for example", reasons["nl"], StringComparison.Ordinal);
        Assert.Contains("503", reasons["nl"], StringComparison.Ordinal);
    }

    private static IReadOnlyList<FeedWatchEvent> Coverage(Watch watch) => [.. watch.Told.Where(e => e is CoverageLost or CoverageRestored)];

    private static async Task<FeedServer> ServingAsync()
    {
        var server = await FeedServer.StartAsync();
        foreach (var path in Paths) server.Serve(AFeed.With(), path);
        return server;
    }

    private static async Task<Watch> OverAsync(FeedServer feeds)
    {
        var watch = await Watch.OverAsync([]);
        await ListAsync(watch, feeds);
        return watch;
    }

    private static Task ListAsync(Watch watch, FeedServer feeds, params string[] paths) => watch.Services.GetRequiredService<FeedCatalog>().ReplaceAsync(
        [.. (paths.Length > 0 ? paths : Paths).Select(p => new ListedFeed(feeds.At(p), p, p == "/de" ? "de" : "nl", p[1..3].ToUpperInvariant()))],
        TestContext.Current.CancellationToken);

    /// <summary>Polls once an hour, with a look after each poll.</summary>
    private static async Task PassAsync(Watch watch, int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            await FeedNewsTests.PollAsync(watch, times: 1, TimeSpan.FromHours(1));
            await FeedNewsTests.LookAsync(watch);
        }
    }
}

[Collection(PostgresTests.Name)]
public sealed class CoverageOnPostgresTests(PostgresServer server) : CoverageTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
