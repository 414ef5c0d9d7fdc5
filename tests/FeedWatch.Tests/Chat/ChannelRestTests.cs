using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;

namespace FeedWatch.Tests.Chat;

/// <summary>A channel that only a person can mend, and what updates are told of first posts.</summary>
public sealed class ChannelRestTests
{
    private static readonly SendResult Revoked = new SendResult.Broken("HTTP 404: Unknown Webhook.");

    [Fact]
    public async Task A_broken_channel_is_asked_once_and_then_rests_with_all_that_waits_for_it()
    {
        var tries = 0;
        var channel = new CollectingChannel("chat", [.. Enumerable.Repeat(Revoked, 3)]) { OnSend = (_, _) => { tries++; return Task.CompletedTask; } };
        await using var room = new ChatRoom(channel);
        await room.StartAsync();

        await room.RecordAsync([.. Enumerable.Range(1, 50).Select(i => AnEvent.Detected($"event {i}"))]);
        var broken = await room.WhenIdleAsync();
        room.Time.Advance(ChannelLoop.Rest - TimeSpan.FromSeconds(1));
        await room.WhenIdleAsync();

        Assert.Equal(1, tries);
        Assert.Equal(new DeliveryTotals(Sent: 0, GivenUp: 0, Waiting: 50), broken);
        Assert.Single(room.Logged, line => line.StartsWith("Error: Channel chat takes nothing: HTTP 404: Unknown Webhook.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_tried_every_quarter_of_an_hour_says_so_once_and_loses_nothing()
    {
        var channel = new CollectingChannel("chat", [.. Enumerable.Repeat(Revoked, 30)]);
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected("first"), AnEvent.Detected("second"));
        await room.WhenIdleAsync();

        for (var i = 0; i < 30; i++)
        {
            room.Time.Advance(ChannelLoop.Rest);
            await room.WhenIdleAsync();
        }

        Assert.Equal([AnEvent.Id("first"), AnEvent.Id("second")], channel.Sent.Select(d => d.Event.Id));
        Assert.All(channel.Sent, d => Assert.False(d.Interrupted));
        Assert.Single(room.Logged, line => line.StartsWith("Error:", StringComparison.Ordinal));
        Assert.Single(room.Logged, line => line.StartsWith("Information: Channel chat, which took nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_restart_it_is_tried_at_once()
    {
        var channel = new CollectingChannel("chat", Revoked);
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        await room.RestartAsync();
        await room.WhenIdleAsync();

        Assert.Single(channel.Sent);
    }

    [Fact]
    public async Task A_lost_answer_makes_the_next_try_a_possible_repeat()
    {
        var channel = new CollectingChannel("chat", new SendResult.RetryLater(null, "cut") { PerhapsSent = true });
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        room.Time.Advance(RetryDelay.First);
        await room.WhenIdleAsync();

        Assert.True(channel.Sent.Single().Interrupted);
    }

    [Fact]
    public async Task A_post_that_waits_for_the_channels_pace_at_a_stop_is_no_possible_repeat()
    {
        var asked = new TaskCompletionSource();
        var slow = true;
        var channel = new CollectingChannel("chat") { OnReady = cancel => { asked.TrySetResult(); return slow ? Task.Delay(Timeout.Infinite, cancel) : Task.CompletedTask; } };
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        slow = false;
        await room.RestartAsync();
        await room.WhenIdleAsync();

        Assert.False(Assert.Single(channel.Sent).Interrupted);
    }

    [Fact]
    public async Task An_update_is_told_what_the_first_post_is_called_over_a_restart()
    {
        var channel = new CollectingChannel("chat");
        var other = new CollectingChannel("other");
        await using var room = new ChatRoom(channel, other);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected(), AnEvent.Detected("another takedown"));
        await room.WhenIdleAsync();

        await room.RestartAsync();
        await room.RecordAsync(AnEvent.Updated());
        await room.WhenIdleAsync();

        Assert.Equal([null, null, "chat-1"], channel.Sent.Select(d => d.Earlier));
        Assert.Equal("other-1", other.Sent[^1].Earlier);
    }

    [Fact]
    public async Task A_merged_incident_goes_on_under_the_post_of_the_one_that_was_told_first()
    {
        var merged = (IncidentMerged)Samples.All[EventTypes.IncidentMerged];
        var absorbed = AnEvent.Detected("absorbed") with { IncidentId = merged.Absorbed[0].IncidentId };
        var channel = new CollectingChannel("chat", new SendResult.Sent("root"), new SendResult.Sent("root"));
        await using var room = new ChatRoom(channel);
        await room.StartAsync();

        await room.RecordAsync(absorbed, merged, AnEvent.Updated());
        await room.WhenIdleAsync();

        Assert.Equal(["root", "root"], channel.Sent.Skip(1).Select(d => d.Earlier));
    }

    [Fact]
    public async Task First_posts_are_forgotten_with_the_rest()
    {
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        await room.Ledger.ForgetAsync(room.Time.GetUtcNow().AddSeconds(1), 100, TestContext.Current.CancellationToken);

        Assert.Null(await room.Ledger.EarlierAsync("chat", AnEvent.Updated(), TestContext.Current.CancellationToken));
    }
}
