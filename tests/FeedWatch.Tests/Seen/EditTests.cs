using FeedWatch.Contracts;
using FeedWatch.Incidents;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Seen;

public class EditTests
{
    [Fact]
    public async Task A_mended_typo_a_new_headline_and_a_bumped_date_alert_nobody() // Taranis #120, FeedCord #67, MonitoRSS edits
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(published: Watch.Start.AddHours(2)).Replace("dismantled", "taken apart and dismantled", StringComparison.Ordinal).Replace("<title>", "<title>UPDATE: ", StringComparison.Ordinal)));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromHours(1));

        Assert.Single(watch.Alerts);
        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task New_facts_in_an_edited_article_update_its_incident_and_nothing_else() // hookshot #851
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 51, published: Watch.Start)));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromHours(1));

        var update = Assert.IsType<IncidentUpdated>(watch.Alerts[1]);
        Assert.Contains(update.Changes, c => c.Figure is { Kind: "arrests", Value: 51 } && c.Before == 38);
        Assert.Single(update.Sources);
        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task What_an_edit_added_is_still_known_when_the_incident_is_made_anew_from_its_reports()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 51, published: Watch.Start)));
        await watch.PollAsync();

        var told = await watch.Services.GetRequiredService<Database>().ReadAsync(s => IncidentBook.GetAsync(s, watch.Alerts[0].IncidentId), TestContext.Current.CancellationToken);
        var anew = Incident.Of(told!.Incident.Id, told.Reports);

        Assert.Equal(51, anew.Figures.Single(f => f.Kind == "arrests").Value);
        Assert.Equal(1, anew.Reports);
    }

    [Fact]
    public async Task A_network_that_an_edit_names_leads_later_reports_to_the_incident()
    {
        const string link = "https://herald.example/raids", dutch = "Police in the Netherlands have dismantled an encrypted phone network used by organised crime. 38 people were arrested.";
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("Police take down encrypted phone network", link, dutch, Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        var named = AFeed.Item("Police take down encrypted phone network EncroChat", link, dutch.Replace("network used", "network EncroChat used", StringComparison.Ordinal), Watch.Start);
        feeds.Serve(AFeed.With(named));
        await watch.PollAsync();
        feeds.Serve(AFeed.With(named, AFeed.Item("Norwegian customs held over EncroChat", "https://post.example/1", "Two customs officers in Norway were arrested over messages on the encrypted phone network EncroChat.", Watch.Start)));
        await watch.PollAsync();

        Assert.Single(watch.Alerts.OfType<IncidentDetected>());
        Assert.Equal(2, watch.Told.OfType<ArticleMatched>().Count());
        Assert.Single(watch.Told.OfType<ArticleMatched>().Select(a => a.IncidentId).Distinct());
    }

    [Fact]
    public async Task An_article_that_is_edited_into_a_takedown_is_told() // Huginn #1523 ignored updated articles
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("Large police operation under way", "https://herald.example/takedown", "More follows.", Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Takedown(published: Watch.Start).Replace("worldwide", "around the world", StringComparison.Ordinal)));
        await watch.PollAsync();

        Assert.IsType<IncidentDetected>(Assert.Single(watch.Alerts));
        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }

    [Fact]
    public async Task An_old_article_of_a_new_feed_is_no_news_when_it_is_edited()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown()));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 39)));
        await watch.PollAsync();

        Assert.Empty(watch.Told);
    }

    [Fact]
    public async Task An_article_that_is_edited_and_moved_at_once_is_still_the_same()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(link: "https://herald.example/1", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Takedown(link: "https://herald.example/2", published: Watch.Start).Replace("worldwide", "around the world", StringComparison.Ordinal)));
        await watch.PollAsync();

        Assert.Single(watch.Told.OfType<ArticleMatched>());
    }
}

[Collection(PostgresTests.Name)]
public sealed class EditsOnPostgresTests(PostgresServer server) : EditTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
