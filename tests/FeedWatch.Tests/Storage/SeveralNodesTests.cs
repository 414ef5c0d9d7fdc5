using FeedWatch.Contracts;
using FeedWatch.Polling;
using FeedWatch.Publishing;
using FeedWatch.Sources;
using FeedWatch.Storage;
using FeedWatch.Storage.Postgres;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Publishing;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Tests.Storage;

/// <summary>Several services on one PostgreSQL database, at the same time.</summary>
[Collection(PostgresTests.Name)]
public sealed class SeveralNodesTests(PostgresServer server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feed_is_claimed_by_one_node_and_a_hosts_limit_holds_across_all_of_them()
    {
        using var nodes = new Nodes(server.NewConnectionString(), 4);
        await nodes.Catalogs[0].ReplaceAsync([.. Enumerable.Range(0, 60).Select(i => new ListedFeed(new Uri($"https://host{i % 10}.example/{i}"), $"{i}"))], Cancelled);

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => nodes.Catalogs[i % 4].ClaimAsync(5, perHost: 2, Lease, Cancelled)));

        var claimed = claims.SelectMany(c => c).ToList();
        Assert.Equal(20, claimed.Count);
        Assert.Equal(20, claimed.Select(f => f.Id).Distinct().Count());
        Assert.All(claimed.GroupBy(f => f.Url.Host), host => Assert.Equal(2, host.Count()));
    }

    [Fact]
    public async Task The_feeds_of_a_dead_node_are_another_ones_when_their_lease_is_over_and_not_before()
    {
        using var nodes = new Nodes(server.NewConnectionString(), 2);
        await nodes.Catalogs[0].ReplaceAsync([new ListedFeed(new Uri("https://herald.example/rss"), "Herald")], Cancelled);
        var first = await nodes.Catalogs[0].ClaimAsync(5, 1, Lease, Cancelled);

        await nodes.Catalogs[1].VoidLeasesAsync(Cancelled); // as at its start
        nodes.Time.Advance(Lease - TimeSpan.FromSeconds(1));
        var early = await nodes.Catalogs[1].ClaimAsync(5, 1, Lease, Cancelled);
        nodes.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await nodes.Catalogs[1].ClaimAsync(5, 1, Lease, Cancelled);

        Assert.Equal((1, 0, 1), (first.Count, early.Count, late.Count));
    }

    [Fact]
    public async Task A_takedown_that_many_feeds_bring_to_two_nodes_at_once_is_one_incident_that_lost_no_report()
    {
        const int Feeds = 12;
        await using var feeds = await FeedServer.StartAsync();
        var paths = Enumerable.Range(0, Feeds).Select(i => $"/{i}").ToList();
        foreach (var path in paths)
        {
            feeds.Serve(
                AFeed.With(
                    AFeed.Takedown(link: "https://herald.example/same", published: Watch.Start),
                    AFeed.Takedown(arrests: 40 + int.Parse(path[1..], System.Globalization.CultureInfo.InvariantCulture), link: $"https://outlet{path[1..]}.example/own", published: Watch.Start)),
                path);
        }

        var database = server.NewConnectionString();
        (string, string)[] settings = [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", database)];
        var list = paths.Select(feeds.At).ToList();
        await using var one = await Watch.OverAsync(list, settings);
        await using var other = await Watch.OverAsync(list, settings);

        await Task.WhenAll(one.PollAsync(), other.PollAsync());

        FeedWatchEvent[] told = [.. one.Told, .. other.Told];
        Assert.Single(told.OfType<IncidentDetected>());
        Assert.Equal(Feeds + 1, told.OfType<ArticleMatched>().Count());
        Assert.Equal(told.Length, told.Select(e => e.Id).Distinct().Count());
        var incident = await one.Services.GetRequiredService<Database>().ReadAsync(s => s.FindAsync<string>("select facts from incidents"), Cancelled);
        Assert.All(paths, path => Assert.Contains($"https://outlet{path[1..]}.example/own", incident, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_is_left_alone_for_its_spacing_by_all_nodes_together()
    {
        await using var feeds = await FeedServer.StartAsync();
        feeds.Serve(AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1")), "/first");
        feeds.Serve(AFeed.With(AFeed.Item("Quiet night", "https://herald.example/2")), "/second");
        (string, string)[] settings = [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", server.NewConnectionString()), ("Polling:HostSpacing", "00:04:00"), ("Polling:PerHost", "1")];
        await using var one = await Watch.OverAsync([feeds.At("/first")], settings);
        await one.PollAsync();
        await using var other = await Watch.OverAsync([feeds.At("/first"), feeds.At("/second")], settings);

        var polling = other.Services.GetRequiredService<PollDispatcher>().PollDueAsync(Cancelled);
        while (!polling.IsCompleted)
        {
            other.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Cancelled);
        }

        var polledAt = await other.Services.GetRequiredService<Database>().ReadAsync(s => s.QueryAsync<long>("select polled_at from feeds order by url"), Cancelled);
        Assert.Equal(2, feeds.Requests.Count);
        Assert.InRange(polledAt[1] - polledAt[0], 240_000, long.MaxValue);
    }

    [Fact]
    public async Task Two_relays_send_each_event_once_and_those_of_an_incident_in_order()
    {
        var database = server.NewConnectionString();
        using var one = new AnOutbox(database);
        using var other = new AnOutbox(database);
        var sent = new List<Guid>();
        one.Answer = other.Answer = e =>
        {
            lock (sent) sent.Add(e.Id);
            return null;
        };
        var subject = AnEvent.Detected("sky-ecc");
        var events = Enumerable.Range(1, 60).Select(i => AnEvent.Updated() with { Id = NameUuid.Of("test", $"{i}"), IncidentId = subject.IncidentId, Sequence = i }).ToList();

        foreach (var some in events.Chunk(6))
        {
            await one.AddAsync([.. some]);
            await Task.WhenAll(one.RelayAsync(), other.RelayAsync(), one.RelayAsync(), other.RelayAsync());
        }

        Assert.Equal(events.Select(e => e.Id), sent);
    }

    [Fact]
    public async Task A_node_waits_with_what_another_one_is_at_until_that_one_is_done_or_dead()
    {
        var connection = server.NewConnectionString();
        using var one = PostgresDatabase.Open(connection, null);
        using var other = PostgresDatabase.Open(connection, null);
        var held = await one.HoldAsync(Turn.Relaying, Cancelled);

        var waiting = other.HoldAsync(Turn.Relaying, Cancelled);
        await (await other.HoldAsync(Turn.Sweeping, Cancelled)).DisposeAsync(); // which is something else
        var before = waiting.IsCompleted;
        await held.DisposeAsync();
        await (await waiting).DisposeAsync();

        Assert.False(before);
    }

    private sealed class Nodes : IDisposable
    {
        private readonly List<PostgresDatabase> databases;

        public Nodes(string connection, int count)
        {
            databases = [.. Enumerable.Range(0, count).Select(_ => PostgresDatabase.Open(connection, null))];
            Catalogs = [.. databases.Select(d => new FeedCatalog(d, Time))];
        }

        public SettableClock Time { get; } = new(Watch.Start);

        public IReadOnlyList<FeedCatalog> Catalogs { get; }

        public void Dispose() => databases.ForEach(d => d.Dispose());
    }
}
