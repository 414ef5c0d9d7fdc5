using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;

namespace FeedWatch.Tests.Chat;

/// <summary>From outside it is seen when the posting to a channel has come to a stop, and a channel that rightly waits is not taken for one.</summary>
public sealed class ChannelLifeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_that_never_ends_is_overdue_once_no_post_takes_so_long()
    {
        var begun = new TaskCompletionSource();
        var channel = new CollectingChannel("desk")
        {
            OnSend = (_, cancelled) =>
            {
                begun.TrySetResult();
                return Task.Delay(Timeout.Infinite, cancelled);
            },
        };
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await begun.Task.WaitAsync(Cancelled);

        room.Time.Advance(ChannelLoop.LongestPost);
        var inTime = room.Overdue;
        room.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(inTime);
        Assert.Equal(("desk", TimeSpan.FromMinutes(2)), room.Overdue);
    }

    private static readonly Dictionary<string, SendResult> Answers = new()
    {
        ["idle"] = new SendResult.Sent("1"),
        ["to be tried again"] = new SendResult.RetryLater(TimeSpan.FromHours(5), "busy"),
        ["broken"] = new SendResult.Broken("the token is wrong."),
    };

    [Theory]
    [InlineData("idle")]
    [InlineData("to be tried again")]
    [InlineData("broken")]
    public async Task A_channel_that_rightly_waits_moves_again_however_long_it_does(string state)
    {
        await using var room = new ChatRoom(new CollectingChannel(state, Answers[state]));
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        await MovesOnAsync(room);
    }

    [Fact]
    public async Task So_does_one_that_its_chat_asked_for_a_day_of_patience()
    {
        var asked = new TaskCompletionSource();
        var channel = new CollectingChannel("desk")
        {
            OnReady = cancelled =>
            {
                asked.TrySetResult();
                return Task.Delay(Timeout.Infinite, cancelled);
            },
        };
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await asked.Task.WaitAsync(Cancelled);

        await MovesOnAsync(room);
    }

    // After each leap the loop is late for a moment; one that hangs would stay so.
    private static async Task MovesOnAsync(ChatRoom room)
    {
        for (var leap = 0; leap < 5; leap++)
        {
            room.Time.Advance(TimeSpan.FromMinutes(3));
            while (room.Overdue is not null) await Task.Delay(5, Cancelled);
        }
    }
}
