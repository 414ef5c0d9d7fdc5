using System.Globalization;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Chat.Sending;

/// <summary>A backlog on every chat, whose server counts by the test's clock and answers 429 to whoever is too fast.</summary>
public sealed class PacingTests
{
    /// <summary>What each chat takes: so many in so many seconds. Discord says it in its answers alone.</summary>
    public static TheoryData<string, int, double, int> Chats => new()
    {
        { "slack", 1, 1, 30 },
        { "mattermost", 10, 1, 60 },
        { "matrix", 10, 50, 30 },
        { "telegram", 1, 1, 45 },
        { "telegram", 20, 60, 45 },
        { "teams", 4, 1, 40 },
        { "ntfy", 60, 300, 80 },
        { "discord", 5, 2, 40 },
    };

    [Theory]
    [MemberData(nameof(Chats))]
    public async Task A_backlog_goes_out_as_fast_as_the_chat_takes_it_and_no_faster(string type, int most, double seconds, int count)
    {
        var clock = new SettableClock(AnEvent.Time);
        var taken = new List<DateTimeOffset>();
        var tooFast = 0;
        await using var server = await ChatServer.StartAsync(_ =>
        {
            var now = clock.GetUtcNow();
            var since = now - TimeSpan.FromSeconds(seconds);
            if (taken.Count(t => t > since) >= most)
            {
                tooFast++;
                return new Answer(429, "{}", ("Retry-After", "1"));
            }

            taken.Add(now);
            var window = taken.Where(t => t > since).ToList();
            return Taken(type, most - window.Count, window[0] - since);
        });
        var channel = AChannel.Of(SettingsOf(type, server.Address), clock);

        for (var i = 0; i < count; i++)
        {
            await ReadyAsync(channel, clock);
            Assert.IsType<SendResult.Sent>(await channel.PostAsync(AnEvent.Detected($"event {i}")));
        }

        Assert.Equal((0, count), (tooFast, taken.Count));
        var atOnce = taken.Count(t => t == taken[0]);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{type}, at most {most} in {seconds} s: {count} posts in {(taken[^1] - taken[0]).TotalSeconds:0.0} s, {atOnce} of them at once; 429s: {tooFast}"));
    }

    /// <summary>Lets the clock run on in short steps until the channel may send.</summary>
    private static async Task ReadyAsync(IChatChannel channel, SettableClock clock)
    {
        for (var ready = channel.ReadyAsync(TestContext.Current.CancellationToken); !ready.IsCompleted;)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(ready, Task.Delay(1, TestContext.Current.CancellationToken)); // what the clock set off goes on by itself
        }
    }

    private static ChannelOptions SettingsOf(string type, Uri server)
    {
        var url = new Uri(server, type switch { "ntfy" => "topic", "discord" => "api/webhooks/1/x", _ => "" }).AbsoluteUri;
        return type switch
        {
            "matrix" => new ChannelOptions { Type = type, Url = url, Token = "token", Chat = "!room:matrix.example" },
            "telegram" => new ChannelOptions { Type = type, Url = url, Token = "1:token", Chat = "-1001" },
            _ => new ChannelOptions { Type = type, Url = url },
        };
    }

    private static Answer Taken(string type, int left, TimeSpan until) => type switch
    {
        "matrix" => Answer.Json(new { event_id = "$1" }),
        "telegram" => Answer.Json(new { ok = true, result = new { message_id = 1 } }),
        "ntfy" => Answer.Json(new { id = "1" }),
        "discord" => Answer.Json(new { id = "1", channel_id = "2" }, 200, ("X-RateLimit-Remaining", $"{left}"), ("X-RateLimit-Reset-After", until.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture))),
        _ => new Answer(200, "ok"),
    };
}
