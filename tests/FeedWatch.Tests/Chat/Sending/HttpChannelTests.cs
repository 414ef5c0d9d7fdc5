using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Sending;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Chat.Sending;

/// <summary>What holds for every chat over HTTP, tried with a Mattermost webhook, the plainest of them.</summary>
public sealed class HttpChannelTests
{
    private const string Secret = "xxx-generated-key-xxx";

    private readonly SettableClock time = new(AnEvent.Time);

    [Fact]
    public async Task It_says_who_it_is()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200, "ok"));

        await ChannelAt(server).PostAsync(AnEvent.Detected());

        Assert.Matches(@"^FeedWatch/\d+\.\d+ \(\+https://feedwatch\.org/bot\)$", server.Requests.Single().Headers["User-Agent"]);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        await using var elsewhere = await ChatServer.StartAsync(_ => new Answer(200, "ok"));
        await using var server = await ChatServer.StartAsync(_ => new Answer(307, "", ("Location", elsewhere.Address.AbsoluteUri)));

        var result = await ChannelAt(server).PostAsync(AnEvent.Detected());

        Assert.Contains("redirects are not followed", Assert.IsType<SendResult.Broken>(result).Why, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_chat_that_takes_the_request_and_hangs_up_may_have_posted_it()
    {
        await using var server = await ChatServer.StartAsync(_ => Answer.Cut);

        var result = await ChannelAt(server).PostAsync(AnEvent.Detected());

        Assert.True(Assert.IsType<SendResult.RetryLater>(result).PerhapsSent);
    }

    [Fact]
    public async Task A_chat_that_hangs_is_given_thirty_seconds()
    {
        await using var server = await ChatServer.StartAsync(_ => Answer.Hang);
        var posting = ChannelAt(server).PostAsync(AnEvent.Detected());
        await server.ArrivedAsync();

        time.Advance(HttpChannel.Timeout);

        var later = Assert.IsType<SendResult.RetryLater>(await posting);
        Assert.True(later.PerhapsSent);
        Assert.Equal("no answer within 30 seconds.", later.Why);
    }

    [Fact]
    public async Task A_chat_that_cannot_be_reached_has_posted_nothing()
    {
        var server = await ChatServer.StartAsync(_ => new Answer(200, "ok"));
        var channel = ChannelAt(server);
        await server.DisposeAsync();

        var later = Assert.IsType<SendResult.RetryLater>(await channel.PostAsync(AnEvent.Detected()));

        Assert.False(later.PerhapsSent);
        Assert.DoesNotContain(Secret, later.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_what_is_said_about_a_failure()
    {
        await using var server = await ChatServer.StartAsync(asked => new Answer(400, $"no hook at {asked.Path}"));

        var result = await ChannelAt(server).PostAsync(AnEvent.Detected());

        Assert.Equal("HTTP 400: no hook at ***.", Assert.IsType<SendResult.Refused>(result).Why);
    }

    [Fact]
    public async Task Posts_go_no_faster_than_the_chat_takes_them()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200, "ok"));
        var channel = AChannel.Of(new ChannelOptions { Type = "slack", Url = new Uri(server.Address, "services/T/B/x").AbsoluteUri }, time);
        await channel.PostAsync(AnEvent.Detected("first"));

        var ready = channel.ReadyAsync(TestContext.Current.CancellationToken);

        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await ready;
    }

    [Fact]
    public async Task A_chat_that_wants_to_be_left_alone_for_ever_is_asked_again_after_a_day()
    {
        await using var server = await ChatServer.StartAsync(_ => Answer.Json(new { id = "1", channel_id = "2" }, 200, ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset-After", "99999999999")));
        var channel = AChannel.Of(new ChannelOptions { Type = "discord", Url = new Uri(server.Address, "api/webhooks/1/x").AbsoluteUri }, time);
        await channel.PostAsync(AnEvent.Detected());

        var ready = channel.ReadyAsync(TestContext.Current.CancellationToken);

        Assert.False(ready.IsCompleted);
        time.Advance(TimeSpan.FromDays(1));
        await ready;
    }

    [Fact]
    public async Task An_endless_answer_is_read_only_so_far()
    {
        await using var server = await ChatServer.StartAsync(_ => new Answer(200, new string('x', 5_000_000)));

        Assert.IsType<SendResult.Sent>(await ChannelAt(server).PostAsync(AnEvent.Detected()));
    }

    private IChatChannel ChannelAt(ChatServer server) =>
        AChannel.Of(new ChannelOptions { Type = "mattermost", Url = new Uri(server.Address, $"hooks/{Secret}").AbsoluteUri }, time);
}
