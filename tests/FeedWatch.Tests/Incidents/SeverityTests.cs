using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Incidents;

public sealed class SeverityTests
{
    private const string Arrested = "<p>Police have arrested the alleged administrator of the encrypted phone network EncroChat at an airport, prosecutors said.</p>";
    private const string Jailed = "<p>A court in Lille has sentenced the founder of the encrypted phone network EncroChat to nine years in prison.</p>";
    private const string Ruled = "<p>The Supreme Court has ruled that messages from the encrypted phone network EncroChat may be used as evidence.</p>";

    [Fact]
    public async Task On_the_day_of_a_takedown_an_update_matters_as_much_as_the_takedown()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("EncroChat", arrests: 38, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        var update = await UpdateAsync(feeds, watch, TimeSpan.FromHours(5), AFeed.Takedown("EncroChat", arrests: 51, link: "https://post.example/1", published: Watch.Start.AddHours(5)));

        Assert.Equal((Severity.Breaking, "reports the takedown itself"), (update.Severity, update.SeverityReason));
    }

    [Theory]
    [InlineData("Administrator of EncroChat arrested", Arrested, Severity.Major, "an operator was arrested")]
    [InlineData("Supreme Court: EncroChat messages are valid evidence", Ruled, Severity.Minor, "a ruling")]
    public async Task Months_later_an_update_matters_by_what_is_new(string title, string text, Severity severity, string reason)
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("EncroChat", arrests: 38, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        var update = await UpdateAsync(feeds, watch, TimeSpan.FromDays(90), AFeed.Item(title, "https://post.example/1", text, published: Watch.Start.AddDays(90)));

        Assert.Equal((severity, reason), (update.Severity, update.SeverityReason));
    }

    [Theory]
    [InlineData("Founder of EncroChat jailed for nine years", Jailed, Severity.Major, "a follow-up: an operator was convicted")]
    [InlineData("Supreme Court: EncroChat messages are valid evidence", Ruled, Severity.Minor, "a follow-up: a court has ruled")]
    public async Task A_first_report_that_is_a_follow_up_matters_by_what_it_tells(string title, string text, Severity severity, string reason)
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item(title, "https://post.example/1", text, published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);

        await watch.PollAsync();

        var detected = Assert.IsType<IncidentDetected>(Assert.Single(watch.Alerts));
        Assert.Equal((severity, reason), (detected.Severity, detected.SeverityReason));
    }

    private static async Task<IncidentUpdated> UpdateAsync(FeedServer feeds, Watch watch, TimeSpan later, string item)
    {
        await watch.PassAsync(later);
        feeds.Serve(AFeed.With(item));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromMinutes(10));
        return watch.Alerts.OfType<IncidentUpdated>().Last();
    }
}
