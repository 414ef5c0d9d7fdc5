using FeedWatch.Contracts;
using FeedWatch.Commands;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Arranging;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Incidents;

public class RetractionTests
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
    public async Task What_an_outlet_adds_to_its_hoax_afterwards_is_no_news()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(arrests: 38, link: "https://hoax.example/1", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        await RetractAsync(watch, watch.Alerts[0].IncidentId);

        feeds.Serve(AFeed.With(AFeed.Takedown(arrests: 51, link: "https://hoax.example/1", published: Watch.Start)));
        await watch.PollAsync();
        await watch.PassAsync(TimeSpan.FromMinutes(10));

        Assert.IsType<IncidentRetracted>(watch.Alerts[^1]);
        Assert.Equal(2, watch.Alerts.Count);
    }

    [Fact]
    public async Task Taking_back_what_nobody_told_is_refused_with_a_line()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With());
        await using var watch = await Watch.OverAsync(feeds);

        Assert.Equal(FeedWatch.Hosting.ExitCode.BadInput, await CommandLine.RunAsync(["incidents", "retract", "deadbeef", "--reason", "none", "--data", watch.Folder], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_beginning_of_a_merged_incidents_id_leads_to_the_one_that_goes_on_with_all_that_either_had()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With());
        await using var watch = await Watch.OverAsync(feeds);
        var (absorbed, into) = (NameUuid.Of("test", "absorbed"), NameUuid.Of("test", "into"));

        var (named, marks) = await watch.Services.GetRequiredService<Database>().WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("insert into incidents (id, facts, sequence, opened_at, changed_at) values (@Id, 'f', 1, 0, 0)", new[] { new { Id = absorbed }, new { Id = into } });
                await Links.AddMarksAsync(session, absorbed, ["both", "one"]);
                await Links.AddMarksAsync(session, into, ["both", "other"]);
                await Links.AbsorbAsync(session, absorbed, into);
                return (await IncidentBook.NamedAsync(session, absorbed.ToString()[..8]), await session.QueryAsync<string>("select mark from incident_marks where incident_id = @Id order by mark", new { Id = into }));
            },
            TestContext.Current.CancellationToken);

        Assert.Equal([into], named);
        Assert.Equal(["both", "one", "other"], marks);
    }

    private static async Task RetractAsync(Watch watch, Guid incident)
    {
        await watch.Services.GetRequiredService<Database>().WriteAsync(
            async session => await watch.Services.GetRequiredService<Outbox>().AddAsync(session, [(await Retraction.RetractAsync(session, incident, "a hoax", Watch.Start))!]),
            TestContext.Current.CancellationToken);
        await watch.PassAsync(TimeSpan.Zero);
    }
}

[Collection(PostgresTests.Name)]
public sealed class RetractionOnPostgresTests(PostgresServer server) : RetractionTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
