using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Incidents;

public class IncidentTests
{
    [Fact]
    public async Task Two_outlets_on_one_takedown_make_one_alert_and_one_update()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(
            AFeed.Takedown(arrests: 45, link: "https://post.example/1", published: Watch.Start),
            AFeed.Takedown(arrests: 51, link: "https://times.example/1", published: Watch.Start)));
        await watch.PollAsync();

        await watch.PassAsync(TimeSpan.FromMinutes(10));

        var update = Assert.IsType<IncidentUpdated>(watch.Alerts[1]);
        Assert.Equal(2, watch.Alerts.Count);
        var change = Assert.Single(update.Changes, c => c.Figure?.Kind == "arrests");
        Assert.Equal((38m, 51m), (change.Before, change.Figure?.Value));
    }

    [Fact]
    public async Task An_update_waits_for_its_window()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 45, link: "https://post.example/1", published: Watch.Start)));
        await watch.PollAsync();

        await watch.PassAsync(TimeSpan.FromMinutes(9));

        Assert.Single(watch.Alerts);
    }

    [Fact]
    public async Task A_report_without_a_new_fact_is_no_update()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 38, link: "https://post.example/1", published: Watch.Start), AFeed.Takedown(arrests: 30, link: "https://late.example/1", published: Watch.Start)));
        await watch.PollAsync();

        await watch.PassAsync(TimeSpan.FromHours(1));

        Assert.Single(watch.Alerts);
        Assert.Equal(3, watch.Told.OfType<ArticleMatched>().Count());
    }

    [Fact]
    public async Task Two_networks_on_one_day_are_two_incidents()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(
            AFeed.Takedown("EncroChat", published: Watch.Start),
            AFeed.Takedown("Sky ECC", link: "https://herald.example/2", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();

        Assert.Equal(2, watch.Alerts.Select(a => a.IncidentId).Distinct().Count());
    }

    [Fact]
    public async Task A_network_that_a_report_reminds_of_is_named_and_not_what_the_incident_is_about()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("Ghost", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Item("Ghost follows EncroChat and Sky ECC: 61 arrested", "https://post.example/1", "Police who took down Ghost, the encrypted messaging app used by criminals, have now arrested 61 people.", Watch.Start)));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromMinutes(10));

        var update = Assert.IsType<IncidentUpdated>(watch.Alerts[^1]);

        Assert.Equal(["Ghost"], update.Networks.Where(n => n.About).Select(n => n.Name));
        Assert.Equal(["EncroChat", "Ghost", "Sky ECC"], update.Networks.Select(n => n.Name).Order());
    }

    [Theory]
    [InlineData("Police in the Netherlands took down Ghost, the encrypted messaging app used by criminals, with servers in Canada.", false)]
    [InlineData("Police in the Netherlands took down Ghost, the encrypted messaging app used by criminals, and are looking for a Canadian.", true)] // where he comes from is no place
    public async Task A_country_that_the_first_event_named_is_no_news_later(string first, bool isNews)
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("Ghost taken down", "https://post.example/1", first, Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Item("Canadian police search for Ghost users", "https://post.example/2", "Police in Canada have searched homes over Ghost, the encrypted messaging app used by criminals.", Watch.Start)));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(isNews, watch.Alerts.OfType<IncidentUpdated>().Any(u => u.Changes.Any(c => c is { Kind: "country", Value: "CA" })));
    }

    [Fact]
    public async Task Another_installation_gives_the_same_news_the_same_ids()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var one = await Watch.OverAsync(feeds);
        await using var other = await Watch.OverAsync(feeds);

        await one.PollAsync();
        await other.PollAsync();

        Assert.Equal(one.Told.Select(e => e.Id), other.Told.Select(e => e.Id));
    }

    [Fact]
    public async Task Many_incidents_in_one_poll_are_folded_into_one_summary()
    {
        string[] networks = ["EncroChat", "Sky ECC", "ANOM"];
        await using var feeds = await FeedServer.ServingAsync(AFeed.With([.. networks.Select((n, i) => AFeed.Takedown(n, link: $"https://herald.example/{i}", published: Watch.Start))]));
        await using var watch = await Watch.OverAsync(feeds, ("Alerts:BurstCap", "2"));

        await watch.PollAsync();

        var summary = Assert.Single(watch.Told.OfType<BurstSummary>());
        Assert.Equal(3, summary.Entries.Count);
        Assert.All(watch.Alerts, a => Assert.Equal(summary.Id, a.FoldedInto));
    }
}

[Collection(PostgresTests.Name)]
public sealed class IncidentsOnPostgresTests(PostgresServer server) : IncidentTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
