using FeedWatch.Contracts;
using FeedWatch.Commands;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Incidents;

public sealed class RetractionTests
{
    [Fact]
    public async Task A_hoax_is_taken_back_and_its_text_alerts_nobody_again()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, link: "https://hoax.example/1", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        var told = watch.Alerts[0];
        await RetractAsync(watch, told.IncidentId);

        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 38, link: "https://copy.example/2", published: Watch.Start)));
        await watch.PollAsync();

        var retracted = Assert.IsType<IncidentRetracted>(watch.Alerts[^1]);
        Assert.Equal((told.IncidentId, "a hoax"), (retracted.IncidentId, retracted.Reason));
        Assert.Contains(told.Id, retracted.RetractedEvents);
        Assert.Equal(2, watch.Alerts.Count);
    }

    [Fact]
    public async Task A_real_takedown_of_the_same_network_is_told_after_a_hoax_under_an_id_of_its_own()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, link: "https://hoax.example/1", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        await RetractAsync(watch, watch.Alerts[0].IncidentId);

        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 412, link: "https://real.example/2", published: Watch.Start)));
        await watch.PollAsync();

        var detected = watch.Alerts.OfType<IncidentDetected>().ToList();
        Assert.Equal(2, detected.Count);
        Assert.NotEqual(detected[0].IncidentId, detected[1].IncidentId);
    }

    [Fact]
    public async Task Taking_back_what_nobody_told_is_refused_with_a_line()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With());
        await using var watch = await Watch.OverAsync(feeds);

        Assert.Equal(FeedWatch.Hosting.ExitCode.BadInput, await CommandLine.RunAsync(["incidents", "retract", "deadbeef", "--reason", "none", "--data", watch.Folder], TestContext.Current.CancellationToken));
    }

    private static async Task RetractAsync(Watch watch, Guid incident)
    {
        await watch.Services.GetRequiredService<Database>().WriteAsync(
            async session => await watch.Services.GetRequiredService<Outbox>().AddAsync(session, [(await Retraction.RetractAsync(session, incident, "a hoax", Watch.Start))!]),
            TestContext.Current.CancellationToken);
        await watch.PassAsync(TimeSpan.Zero);
    }
}
