using FeedWatch.Contracts;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Telling;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Incidents;

/// <summary>Explainers and portraits alert nobody; they stand beside the incident of the one network that they are about.</summary>
public class BackgroundTests
{
    private const string Link = "https://weekly.example/encrochat";

    private static readonly string Explainer = AFeed.Item("How EncroChat worked", Link, "The phones of EncroChat had no camera and no microphone. What the encrypted handsets cost, and who sold them.", Watch.Start);

    private static readonly string Chronology = AFeed.Item(
        "A short history of crypto phones", "https://weekly.example/history", "EncroChat, Sky ECC and ANOM: a short history of the encrypted phones of organised crime.", Watch.Start);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_explainer_is_told_to_nobody_and_stands_with_its_incident_whichever_came_first(bool before)
    {
        var takedown = AFeed.Takedown(arrests: 38, published: Watch.Start);
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(before ? Explainer : takedown));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(takedown, Explainer, Chronology));
        await watch.PollAsync();

        var incident = await IncidentAsync(watch);

        Assert.IsType<IncidentDetected>(Assert.Single(watch.Alerts));
        Assert.Equal(1, incident.Incident.Reports);
        Assert.Equal([Link], incident.Background.Select(b => b.Link));
        Assert.EndsWith("Background: articles about it that report nothing\n  2026-11-24 12:00  Feed /rss (en): How EncroChat worked\n", IncidentPage.Show(incident), StringComparison.Ordinal);
    }

    // A chronology is about none.
    [Theory]
    [InlineData("Why EncroChat differed from Sky ECC", "EncroChat encrypted what was typed, and stored it. The portrait of a phone firm.", 1)]
    [InlineData("Ten years of crypto phones: Ennetcom, EncroChat", "From Ennetcom by way of EncroChat and Sky ECC to ANOM and Ghost: what the encrypted phones of criminals cost.", 0)]
    public async Task An_explainer_that_compares_two_is_about_the_first(string title, string text, int count)
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, published: Watch.Start), AFeed.Item(title, Link, text, Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        Assert.Equal(count, (await IncidentAsync(watch)).Background.Count);
    }

    [Fact]
    public async Task An_explainer_that_is_edited_into_a_report_is_one()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Explainer));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Takedown(link: Link, published: Watch.Start)));
        await watch.PollAsync();

        var incident = await IncidentAsync(watch);

        Assert.Equal(1, incident.Incident.Reports);
        Assert.Empty(incident.Background);
    }

    [Fact]
    public async Task What_was_written_long_before_the_takedown_is_not_about_it()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(Explainer));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        watch.Time.Advance(TimeSpan.FromDays(60));
        feeds.Serve(AFeed.With(AFeed.Takedown(published: Watch.Start.AddDays(60))));
        await watch.PollAsync();

        Assert.Empty((await IncidentAsync(watch)).Background);
    }

    private static async Task<ToldIncident> IncidentAsync(Watch watch) =>
        (await watch.Services.GetRequiredService<Database>().ReadAsync(s => IncidentBook.GetAsync(s, watch.Alerts[0].IncidentId), TestContext.Current.CancellationToken))!;
}

[Collection(PostgresTests.Name)]
public sealed class BackgroundOnPostgresTests(PostgresServer server) : BackgroundTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
