using FeedWatch.Fetching;
using FeedWatch.Incidents;
using FeedWatch.Polling;
using FeedWatch.Seen;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Seen;

public class RetentionTests
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(400);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_article_that_stands_in_a_feed_is_not_told_again_however_old_it_is()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();

        await LaterAsync(watch, 1000); // "not modified" all the while
        feeds.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/new"), AFeed.Takedown(published: Watch.Start)));
        await watch.PollAsync();

        Assert.Single(watch.Alerts);
    }

    [Fact]
    public async Task An_article_that_left_one_feed_and_stands_in_another_is_kept()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        feeds.Serve(AFeed.With(AFeed.Takedown(published: Watch.Start)), "/other");
        await using var watch = await Watch.OverAsync([feeds.At("/rss"), feeds.At("/other")]);
        await watch.PollAsync();

        feeds.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await watch.PollAsync();
        await LaterAsync(watch, 1000);

        Assert.Equal(2, await CountAsync(watch));
    }

    [Fact]
    public async Task An_article_that_left_its_feed_is_remembered_as_long_as_is_set_and_then_forgotten()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        await LaterAsync(watch, 1000);
        feeds.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await watch.PollAsync(); // it leaves on this day

        await LaterAsync(watch, 399);
        var before = await CountAsync(watch);
        await LaterAsync(watch, 3);

        Assert.Equal(2, before);
        Assert.Equal(1, await CountAsync(watch));
    }

    [Fact]
    public async Task A_feed_that_brings_nothing_new_writes_no_article()
    {
        Assert.SkipWhen(this is IOnPostgres, "It is SQLite that counts what it changes.");
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("One", "https://herald.example/1"), AFeed.Item("Two", "https://herald.example/2")));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        var before = await ChangesAsync(watch);

        feeds.Serve(AFeed.With(AFeed.Item("Two", "https://herald.example/2"), AFeed.Item("One", "https://herald.example/1")));
        await watch.PollAsync();
        var after = await ChangesAsync(watch);

        Assert.Equal(3, after - before); // the feed's own row: made due, claimed, recorded
    }

    [Fact]
    public async Task Sent_events_and_old_incidents_go_when_their_time_is_over()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds, ("Storage:KeepIncidents", "90.00:00:00"));
        await watch.PollAsync();

        await LaterAsync(watch, 29);
        var kept = await AskAsync(watch, "select count(*) from outbox");
        await LaterAsync(watch, 2);
        var sent = await AskAsync(watch, "select count(*) from outbox");
        var incidents = await AskAsync(watch, "select count(*) from incidents");
        await LaterAsync(watch, 60);

        Assert.Equal((2, 0, 1), (kept, sent, incidents));
        Assert.Equal(0, await AskAsync(watch, "select (select count(*) from incidents) + (select count(*) from incident_keys) + (select count(*) from incident_articles)"));
    }

    [Fact]
    public async Task Names_that_one_outlet_alone_used_and_texts_that_were_taken_back_go_with_the_articles()
    {
        await using var feeds = await FeedServer.StartAsync();
        await using var watch = await Watch.OverAsync(feeds);
        await watch.Services.GetRequiredService<Database>().WriteAsync(
            async s =>
            {
                await IncidentStore.LearnAsync(s, ["Solvane", "Nobody"], "The Herald", Watch.Start);
                await IncidentStore.LearnAsync(s, ["Solvane"], "De Kade", Watch.Start);
                await s.ExecuteAsync("insert into retracted_texts (fingerprint, incident_id, at) values (@Text, @Id, @At)", new { Text = new byte[] { 1 }, Id = NameUuid.Of("test", "hoax"), At = Watch.Start.ToUnixTimeMilliseconds() });
            },
            Cancelled);

        await LaterAsync(watch, 399);
        var kept = await AskAsync(watch, "select (select count(*) from learnt_names) + (select count(*) from retracted_texts)");
        await LaterAsync(watch, 2);

        Assert.Equal(4, kept);
        Assert.Equal(2, await AskAsync(watch, "select count(*) from learnt_names where name = 'Solvane'"));
        Assert.Equal(2, await AskAsync(watch, "select (select count(*) from learnt_names) + (select count(*) from retracted_texts)"));
    }

    [Fact]
    public async Task A_clock_that_jumps_years_ahead_makes_nothing_forgotten_until_servers_agree_with_it()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        feeds.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")));
        await watch.PollAsync(); // the report leaves on this day
        watch.Time.AdjustTime(Watch.Start.AddYears(3));

        for (var server = 0; server < 3; server++) Say(watch, Watch.Start);
        await SweepAsync(watch);
        var doubted = await CountAsync(watch);
        Say(watch, Watch.Start.AddYears(3));
        await SweepAsync(watch);

        Assert.Equal(2, doubted);
        Assert.Equal(1, await CountAsync(watch));
    }

    [Fact]
    public async Task Ids_at_both_ends_of_their_space_are_swept()
    {
        await using var feeds = await FeedServer.StartAsync();
        await using var watch = await Watch.OverAsync(feeds);
        var database = watch.Services.GetRequiredService<Database>();
        await database.WriteAsync(s => s.ExecuteAsync("insert into seen (id, day) values (@Id, 1)", new[] { "00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff", "0fff00000000000000000000000000ff" }.Select(id => new { Id = Convert.FromHexString(id) })), Cancelled);

        var forgotten = await watch.Services.GetRequiredService<SeenSweep>().ForgetAsync(Keep, Cancelled);

        Assert.Equal(3, forgotten);
    }

    private static async Task LaterAsync(Watch watch, int days)
    {
        watch.Time.AdjustTime(watch.Time.GetUtcNow() + TimeSpan.FromDays(days)); // without three years of timers
        Say(watch, watch.Time.GetUtcNow());
        await SweepAsync(watch);
    }

    private static Task SweepAsync(Watch watch) => watch.Services.GetRequiredService<SweepJob>().SweepAsync(Cancelled);

    /// <summary>What a server's clock says; those that the feeds come from here go by the real one.</summary>
    private static void Say(Watch watch, DateTimeOffset date)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.Date = date;
        watch.Services.GetRequiredService<ServerClocks>().Hear(answer);
    }

    private static Task<int> CountAsync(Watch watch) => AskAsync(watch, "select count(*) from seen");

    private static Task<int> ChangesAsync(Watch watch) => AskAsync(watch, "select total_changes()");

    private static Task<int> AskAsync(Watch watch, string sql) => watch.Services.GetRequiredService<Database>().ReadAsync(s => s.FindAsync<int>(sql), Cancelled);
}

[Collection(PostgresTests.Name)]
public sealed class RetentionOnPostgresTests(PostgresServer server) : RetentionTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
