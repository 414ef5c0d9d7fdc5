using FeedWatch.Publishing;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Publishing;

public class SentAgainTests
{
    [Fact]
    public async Task What_a_lost_queue_may_have_held_is_sent_again_and_nothing_older()
    {
        using var outbox = new AnOutbox();
        var (old, lost, last) = (AnEvent.Detected("old"), AnEvent.Detected("lost"), AnEvent.Detected("last"));
        await outbox.AddAsync(old);
        await outbox.RelayAsync();
        outbox.Time.Advance(TimeSpan.FromMinutes(8));
        await outbox.AddAsync(lost);
        await outbox.RelayAsync();
        outbox.Time.Advance(TimeSpan.FromMinutes(5));
        await outbox.AddAsync(last);
        await outbox.RelayAsync();
        outbox.Time.Advance(TimeSpan.FromDays(2)); // of outage do not count
        outbox.Taken.Clear();

        await outbox.Outbox.SendAgainAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
        await outbox.RelayAsync();

        Assert.Equal([lost.Id, last.Id], outbox.Taken.Order().OrderBy(id => id == last.Id));
    }

    [Fact]
    public async Task The_oldest_event_that_waits_is_found_while_it_is_backing_off()
    {
        using var outbox = new AnOutbox();
        var (first, second) = (AnEvent.Detected("first"), AnEvent.Detected("second"));
        await outbox.AddAsync(first);
        await outbox.AddAsync(second);
        var due = await outbox.Outbox.DueAsync(2, TestContext.Current.CancellationToken);
        await outbox.Outbox.MarkAsync([.. due.Select(d => new RelayOutcome(d, new RelayFailure("no confirmation within 8 s", RelayFailureKind.Away)))], TestContext.Current.CancellationToken);

        var oldest = await outbox.Outbox.OldestAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await outbox.Outbox.DueAsync(2, TestContext.Current.CancellationToken));
        Assert.Equal(first.Id, oldest?.EventId);
    }

    [Fact]
    public async Task An_outbox_from_which_nothing_was_sent_yet_is_left_as_it_is()
    {
        using var outbox = new AnOutbox();
        await outbox.AddAsync(AnEvent.Detected());

        await outbox.Outbox.SendAgainAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);

        Assert.Equal(0, await outbox.RelayAsync());
        Assert.Equal([AnEvent.Detected().Id], outbox.Taken);
    }
}

[Collection(PostgresTests.Name)]
public sealed class SentAgainOnPostgresTests(PostgresServer server) : SentAgainTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
