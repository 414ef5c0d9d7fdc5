using FeedWatch.Contracts;
using FeedWatch.Detecting;
using FeedWatch.Hosting.Requests;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Hosting;

/// <summary>What bots ask of the service, over its own database.</summary>
public class ServiceDeskTests
{
    [Fact]
    public async Task An_incident_is_taken_back_once_however_often_the_request_comes()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        var request = new RetractRequest { Id = NameUuid.Of("test", "request"), IncidentId = watch.Alerts[0].IncidentId, Reason = " a hoax\n" };

        var first = await AskAsync(watch, request);
        var again = await AskAsync(watch, request);
        var another = await AskAsync(watch, request with { Id = NameUuid.Of("test", "another request") });
        await watch.PassAsync(TimeSpan.Zero);

        Assert.True(first!.Done);
        Assert.Null(again);
        Assert.False(another!.Done);
        Assert.Equal("a hoax", Assert.IsType<IncidentRetracted>(watch.Alerts[^1]).Reason);
        Assert.Single(watch.Alerts.OfType<IncidentRetracted>());
    }

    [Fact]
    public async Task An_article_is_explained_and_not_remembered()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With());
        await using var watch = await Watch.OverAsync(feeds);

        var reply = await AskAsync(watch, new ExplainRequest
        {
            Id = NameUuid.Of("test", "request"),
            Title = "Police take down encrypted phone network EncroChat, 38 arrested",
            Summary = "Police across Europe have dismantled EncroChat, an encrypted phone network used by organised crime, Europol said.",
        });
        var other = await AskAsync(watch, new ExplainRequest { Id = NameUuid.Of("test", "another request"), Title = "Ajax wint van Feyenoord" });
        await watch.PassAsync(TimeSpan.Zero);

        Assert.Equal((true, "takedown", "EncroChat"), (reply!.Explained!.Alert, reply.Explained.Label, reply.Explained.Networks[0].Name));
        Assert.NotEmpty(reply.Explained.Evidence);
        Assert.Equal((false, "unrelated"), (other!.Explained!.Alert, other.Explained.Label));
        Assert.Empty(watch.Told);
    }

    [Fact]
    public async Task What_does_not_exist_cannot_be_taken_back()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With());
        await using var watch = await Watch.OverAsync(feeds);

        var unknown = await AskAsync(watch, new RetractRequest { Id = NameUuid.Of("test", "one"), IncidentId = NameUuid.Of("test", "none"), Reason = "a hoax" });
        var silent = await AskAsync(watch, new RetractRequest { Id = NameUuid.Of("test", "two"), IncidentId = NameUuid.Of("test", "none"), Reason = " " });
        var wrong = await AskAsync(watch, new MuteRequest { Id = NameUuid.Of("test", "three"), Network = "ANOM", Minutes = 5 });

        Assert.Equal((false, false, false), (unknown!.Done, silent!.Done, wrong!.Done));
    }

    private static Task<BotReply?> AskAsync(Watch watch, BotRequest request) =>
        new ServiceDesk(watch.Services.GetRequiredService<Database>(), watch.Services.GetRequiredService<Outbox>(), watch.Services.GetRequiredService<LiveDetector>())
            .AnswerAsync(request, watch.Time.GetUtcNow(), TestContext.Current.CancellationToken);
}

[Collection(PostgresTests.Name)]
public sealed class ServiceDeskOnPostgresTests(PostgresServer server) : ServiceDeskTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
