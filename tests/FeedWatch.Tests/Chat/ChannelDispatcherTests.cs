using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Chat;

public class ChannelDispatcherTests
{
    private static readonly SendResult Busy = new SendResult.RetryLater(null, "busy");

    [Fact]
    public async Task A_channel_that_hangs_holds_up_no_other()
    {
        var hanging = new CollectingChannel("hanging") { OnSend = (_, cancel) => Task.Delay(Timeout.Infinite, cancel) };
        var arrived = new TaskCompletionSource();
        var healthy = new CollectingChannel("healthy") { OnSend = (_, _) => { arrived.TrySetResult(); return Task.CompletedTask; } };
        await using var room = new ChatRoom(hanging, healthy);
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected());

        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_channel_that_throws_is_tried_again_and_told_that_it_may_be_a_repeat()
    {
        var thrown = false;
        var channel = new CollectingChannel("chat")
        {
            OnSend = (_, _) => thrown ? Task.CompletedTask : throw new InvalidOperationException((thrown = true).ToString()),
        };
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        var failed = await room.WhenIdleAsync();

        room.Time.Advance(RetryDelay.First);
        var done = await room.WhenIdleAsync();

        Assert.Equal((1, 1), (failed.Waiting, done.Sent));
        Assert.True(channel.Sent.Single().Interrupted);
    }

    [Fact]
    public async Task A_failed_post_is_tried_again_before_any_later_one()
    {
        var channel = new CollectingChannel("chat", Busy);
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected("first"), AnEvent.Detected("second"));
        var failed = await room.WhenIdleAsync();
        Assert.Empty(channel.Sent);

        room.Time.Advance(RetryDelay.First);
        await room.WhenIdleAsync();

        Assert.Equal(2, failed.Waiting);
        Assert.Equal([AnEvent.Id("first"), AnEvent.Id("second")], channel.Sent.Select(d => d.Event.Id));
        Assert.All(channel.Sent, d => Assert.False(d.Interrupted));
    }

    [Fact]
    public async Task A_chat_that_says_when_to_come_back_is_left_alone_until_then()
    {
        var channel = new CollectingChannel("chat", new SendResult.RetryLater(TimeSpan.FromSeconds(90), "rate limit"));
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        room.Time.Advance(TimeSpan.FromSeconds(89));
        var early = await room.WhenIdleAsync();
        room.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await room.WhenIdleAsync();

        Assert.Equal((0, 1), (early.Sent, late.Sent));
    }

    [Fact]
    public async Task A_refused_post_is_given_up_with_a_reason_and_the_next_one_goes_out()
    {
        var channel = new CollectingChannel("chat", new SendResult.Refused("no such room."));
        await using var room = new ChatRoom(channel);
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected("first"), AnEvent.Detected("second"));
        var totals = await room.WhenIdleAsync();

        Assert.Equal(new DeliveryTotals(Sent: 1, GivenUp: 1, Waiting: 0), totals);
        Assert.False(totals.AllSent);
        Assert.Contains(room.Logged, line => line.StartsWith($"Error: Gave up posting {AnEvent.Id("first")} to channel chat: no such room.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_twenty_tries_a_post_is_given_up()
    {
        var channel = new CollectingChannel("chat", [.. Enumerable.Repeat(Busy, 100)]);
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());

        var tries = 1;
        while ((await room.WhenIdleAsync()).Waiting > 0)
        {
            room.Time.Advance(RetryDelay.Longest);
            tries++;
        }

        Assert.Equal(RetryDelay.MostTries, tries);
    }

    [Fact]
    public async Task A_post_cut_off_by_a_crash_is_taken_up_marked_as_a_possible_repeat()
    {
        var cut = new TaskCompletionSource();
        var first = true;
        var channel = new CollectingChannel("chat")
        {
            OnSend = (_, cancel) =>
            {
                if (!first) return Task.CompletedTask;
                first = false;
                cut.SetResult();
                return Task.Delay(Timeout.Infinite, cancel);
            },
        };
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await cut.Task.WaitAsync(TestContext.Current.CancellationToken);

        await room.RestartAsync();
        await room.WhenIdleAsync();

        Assert.True(channel.Sent.Single().Interrupted);
    }

    [Fact]
    public async Task Alerts_for_a_channel_that_is_gone_from_the_settings_are_named_and_do_not_keep_once_waiting()
    {
        var gone = new CollectingChannel("gone");
        await using var room = new ChatRoom(gone);
        await room.RecordAsync(AnEvent.Detected());
        room.Ledger.Dispose();
        var left = new CollectingChannel("left");
        using var ledger = new DeliveryLedger(room.Place.Open(ChatRoom.Lease), ChatRoom.RoutesTo(left), room.Time);
        using var dispatcher = new ChannelDispatcher(ledger, ChatRoom.RoutesTo(left), room.Time, room.Logger);

        await dispatcher.StartAsync(TestContext.Current.CancellationToken);
        var totals = await dispatcher.WhenIdleAsync(TestContext.Current.CancellationToken);
        await dispatcher.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(totals.AllSent);
        Assert.Contains("Warning: Channel gone is no longer in the settings; alerts waiting for it: 1. They are posted when it is back.", room.Logged);
    }
}

/// <summary>The same with the ledger on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class ChannelDispatcherOnPostgresTests(PostgresServer server) : ChannelDispatcherTests, IOnPostgres
{
    PostgresServer IOnPostgres.Postgres => server;
}
