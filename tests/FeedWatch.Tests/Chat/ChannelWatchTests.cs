using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Routing;
using FeedWatch.Chat.Watching;
using FeedWatch.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Chat;

/// <summary>A channel that takes nothing is told on the others; over a real ledger and a clock that the test advances.</summary>
public sealed class ChannelWatchTests
{
    private static readonly SendResult Busy = new SendResult.RetryLater(null, "HTTP 503.");

    private readonly CollectingChannel healthy = new("healthy");

    [Fact]
    public async Task A_channel_that_stays_broken_is_told_on_the_others_once()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 15)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());

        await PassAsync(room, TimeSpan.FromMinutes(9));
        var early = Notices(healthy).Count;
        await PassAsync(room, TimeSpan.FromMinutes(40));

        var notice = Assert.IsType<ChannelFailing>(Assert.Single(Notices(healthy)));
        Assert.Equal((0, "ill", "collecting", "HTTP 503.", 1, 0), (early, notice.Channel, notice.ChannelType, notice.Reason, notice.Waiting, notice.GivenUp));
        Assert.Equal(AnEvent.Time, notice.Since);
    }

    [Fact]
    public async Task That_it_takes_posts_again_is_told_once_too_and_never_to_itself()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 12)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());

        await PassAsync(room, TimeSpan.FromHours(4));

        Assert.Equal([EventTypes.ChannelFailing, EventTypes.ChannelRecovered], Notices(healthy).Select(EventTypes.Of));
        Assert.Equal(Notices(healthy)[0].Id, ((ChannelRecovered)Notices(healthy)[1]).After);
        Assert.Equal([AnEvent.Detected().Id], ill.Sent.Select(d => d.Event.Id));
    }

    [Fact]
    public async Task Two_broken_channels_tell_each_other_once_when_they_are_mended()
    {
        var one = new CollectingChannel("one", [.. Enumerable.Repeat(Busy, 12)]);
        var two = new CollectingChannel("two", [.. Enumerable.Repeat(Busy, 13)]);
        await using var room = await RoomAsync(one, two, healthy);
        await room.RecordAsync(AnEvent.Detected());

        await PassAsync(room, TimeSpan.FromHours(12));

        Assert.Equal(["one", "two"], Notices(healthy).OfType<ChannelFailing>().Select(e => e.Channel).Order());
        Assert.Equal(["one", "two"], Notices(healthy).OfType<ChannelRecovered>().Select(e => e.Channel).Order());
        Assert.All(Notices(one), e => Assert.Equal("two", e is ChannelFailing f ? f.Channel : ((ChannelRecovered)e).Channel));
        Assert.Equal((2, 2), (Notices(one).Count, Notices(two).Count));
    }

    [Fact]
    public async Task A_restart_repeats_nothing_and_is_no_recovery()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 18)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());
        await PassAsync(room, TimeSpan.FromMinutes(20));

        await room.RestartAsync();
        await LookAsync(room);
        await PassAsync(room, TimeSpan.FromMinutes(30));

        Assert.IsType<ChannelFailing>(Assert.Single(Notices(healthy)));
    }

    [Fact]
    public async Task What_the_others_are_told_waits_for_the_bus_in_order_over_a_restart_too()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 12)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());

        await PassAsync(room, TimeSpan.FromHours(4), announces: true);
        await room.RestartAsync();
        await LookAsync(room, announces: true);

        Assert.Equal([EventTypes.ChannelFailing, EventTypes.ChannelRecovered], Notices(healthy).Select(EventTypes.Of));
        Assert.Equal(Notices(healthy).Select(EventJson.Serialize), await TakenAsync(room));
    }

    [Fact]
    public async Task Where_nobody_else_is_on_the_bus_nothing_waits_for_it()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 12)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());

        await PassAsync(room, TimeSpan.FromHours(4));

        Assert.Equal(2, Notices(healthy).Count);
        Assert.Empty(await TakenAsync(room));
    }

    [Fact]
    public async Task Posts_that_are_refused_are_told_too_until_one_is_taken()
    {
        var ill = new CollectingChannel("ill", new SendResult.Refused("HTTP 404: no such webhook."));
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());
        await PassAsync(room, TimeSpan.FromMinutes(20));
        var notice = Assert.IsType<ChannelFailing>(Assert.Single(Notices(healthy)));

        await room.RecordAsync(AnEvent.Updated());
        await PassAsync(room, TimeSpan.FromMinutes(1));

        Assert.Equal((1, 0, "HTTP 404: no such webhook."), (notice.GivenUp, notice.Waiting, notice.Reason));
        Assert.Null(notice.NextTryAt);
        Assert.IsType<ChannelRecovered>(Notices(healthy)[1]);
    }

    [Fact]
    public async Task A_channel_that_hiccups_is_no_news()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 5)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());

        await PassAsync(room, TimeSpan.FromMinutes(30));

        Assert.Empty(Notices(healthy));
        Assert.Single(ill.Sent);
    }

    [Fact]
    public async Task A_failing_channel_that_is_taken_out_of_the_settings_is_told_to_be_no_trouble_any_more_once()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 99)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());
        await PassAsync(room, TimeSpan.FromMinutes(20));

        await room.RestartAsync(new Routes([new RouteOptions { Events = { "incident.*" } }], [healthy]));
        await PassAsync(room, TimeSpan.FromMinutes(20));

        var failing = Assert.IsType<ChannelFailing>(Notices(healthy)[0]);
        var removed = Assert.IsType<ChannelRecovered>(Notices(healthy)[1]);
        Assert.Equal(2, Notices(healthy).Count);
        Assert.Equal((failing.Id, "ill", "collecting", true, 1), (removed.After, removed.Channel, removed.ChannelType, removed.Removed, removed.Waiting));
    }

    [Fact]
    public async Task A_hiccuping_channel_that_is_taken_out_of_the_settings_is_no_news()
    {
        var ill = new CollectingChannel("ill", [.. Enumerable.Repeat(Busy, 99)]);
        await using var room = await RoomAsync(ill, healthy);
        await room.RecordAsync(AnEvent.Detected());
        await PassAsync(room, TimeSpan.FromMinutes(5));

        await room.RestartAsync(new Routes([new RouteOptions { Events = { "incident.*" } }], [healthy]));
        await PassAsync(room, TimeSpan.FromMinutes(20));

        Assert.Empty(Notices(healthy));
        Assert.Empty(await room.Ledger.LookAsync(TroubleBook.AllAsync, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Where_no_route_names_it_every_other_channel_is_told()
    {
        var failing = (ChannelFailing)FeedWatch.Tests.Contracts.Samples.All[EventTypes.ChannelFailing];
        IReadOnlyList<IChatChannel> channels = [new CollectingChannel("crime-desk"), new CollectingChannel("ops"), new CollectingChannel("archive")];
        var incidents = new RouteOptions { Events = { "incident.*" }, Channels = { "crime-desk" } };
        var ops = new RouteOptions { Events = { "channel.*" }, Channels = { "ops", "crime-desk" } };

        Assert.Equal(["ops", "archive"], new Routes([incidents], channels).ChannelsFor(failing));
        Assert.Equal(["ops"], new Routes([incidents, ops], channels).ChannelsFor(failing));
    }

    private static async Task<ChatRoom> RoomAsync(params IChatChannel[] channels)
    {
        var room = new ChatRoom(new Routes([new RouteOptions { Events = { "incident.*" } }], channels));
        await room.StartAsync();
        return room;
    }

    /// <summary>Lets time pass in steps shorter than the retries, with a look after each.</summary>
    private static async Task PassAsync(ChatRoom room, TimeSpan time, bool announces = false)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(1))
        {
            await room.WhenIdleAsync();
            await LookAsync(room, announces);
            room.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await room.WhenIdleAsync();
        await LookAsync(room, announces);
    }

    private static async Task LookAsync(ChatRoom room, bool announces = false)
    {
        var options = new ChatOptions();
        foreach (var channel in room.Channels) options.Channels.Add(new ChannelOptions { Type = "collecting", Name = channel.Name });
        using var watch = new ChannelWatch(room.Ledger, Options.Create(options), room.Time, NullLogger<ChannelWatch>.Instance, announces);
        await watch.LookAsync(TestContext.Current.CancellationToken);
        await room.WhenIdleAsync();
    }

    /// <summary>What waits for the bus, taken from there one by one.</summary>
    private static async Task<List<string>> TakenAsync(ChatRoom room)
    {
        var taken = new List<string>();
        while (await room.Ledger.LookAsync(AnnouncementBook.NextAsync, TestContext.Current.CancellationToken) is { } next)
        {
            taken.Add(next.Body);
            await room.Ledger.ChangeAsync((c, t) => AnnouncementBook.DoneAsync(c, t, next), TestContext.Current.CancellationToken);
        }

        return taken;
    }

    private static IReadOnlyList<FeedWatchEvent> Notices(CollectingChannel channel) => [.. channel.Sent.Select(d => d.Event).Where(e => e is ChannelFailing or ChannelRecovered)];
}
