using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Chat;

/// <summary>The chat side on a disk that runs full, and on a clock that goes back.</summary>
public sealed class LedgerDiskTests
{
    [Fact]
    public async Task A_post_that_could_not_be_written_down_is_made_once_all_the_same()
    {
        using var disk = SmallDisk.Mount(4);
        var posted = new TaskCompletionSource();
        var channel = new CollectingChannel("chat")
        {
            OnSend = (_, _) =>
            {
                disk.Fill();
                posted.TrySetResult();
                return Task.CompletedTask;
            },
        };
        await using var room = new ChatRoom(Path.Combine(disk.Path, "data"), channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await posted.Task.WaitAsync(TestContext.Current.CancellationToken);
        await UntilAsync(room, () => !room.Ledger.Health.CanRecord);

        disk.Empty();
        await UntilAsync(room, () => room.Ledger.Health.CanRecord);
        var totals = await room.WhenIdleAsync();

        Assert.Single(channel.Sent);
        Assert.True(totals.AllSent);
        Assert.Single(room.Logged, l => l.Contains("Nothing can be written to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_posted_while_the_intent_cannot_be_written_down()
    {
        using var disk = SmallDisk.Mount(4);
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(Path.Combine(disk.Path, "data"), channel);
        await room.RecordAsync(AnEvent.Detected());
        disk.Fill();
        await room.StartAsync();
        await UntilAsync(room, () => !room.Ledger.Health.CanRecord);
        for (var second = 0; second < 60; second++) room.Time.Advance(TimeSpan.FromSeconds(1));
        var early = channel.Sent.Count;

        disk.Empty();
        await UntilAsync(room, () => channel.Sent.Count > 0);

        Assert.Equal(0, early);
        Assert.False(Assert.Single(channel.Sent).Interrupted);
    }

    [Fact]
    public async Task A_post_that_was_put_off_waits_no_longer_when_the_clock_goes_back()
    {
        var channel = new CollectingChannel("chat", new SendResult.RetryLater(TimeSpan.FromMinutes(10), "busy"));
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        room.Time.Set(-TimeSpan.FromDays(1));
        var back = room.Time.GetUtcNow();
        await UntilAsync(room, () => channel.Sent.Count > 0);

        Assert.InRange(room.Time.GetUtcNow() - back, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    private static async Task UntilAsync(ChatRoom room, Func<bool> condition)
    {
        while (!condition())
        {
            room.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
