using System.Diagnostics;
using Dapper;
using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using FeedWatch.Chat.Watching;
using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Crashing;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeedWatch.EndToEnd;

/// <summary>A channel that takes nothing, as any bot on RabbitMQ hears of it.</summary>
public sealed class ChannelNewsTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-channel-news-");
    private volatile bool isMended;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Told => Path.Combine(folder.FullName, "told.jsonl");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_bot_hears_once_that_a_channel_takes_nothing_and_once_that_it_does_again()
    {
        await using var chat = await ChatServer.StartAsync(_ => isMended ? new Answer(200, "ok") : new Answer(500, "out of order"));
        await using var bot = await OtherBot.ListeningAsync(rabbit, "channel.#");
        var clock = new SettableClock(AnEvent.Time);
        using var host = Host(chat, clock);
        await host.StartAsync(Cancelled);
        await host.Services.GetRequiredService<DeliveryLedger>().RecordAsync(AnEvent.Detected(), Cancelled);

        await PassAsync(clock, async () => (await bot.HeardAsync()).Count == 1);
        await PassAsync(clock, passed => passed > TimeSpan.FromMinutes(30));
        isMended = true;
        await PassAsync(clock, async () => (await bot.HeardAsync()).Count == 2);
        await PassAsync(clock, passed => passed > TimeSpan.FromMinutes(30));
        await host.StopAsync(Cancelled);
        var heard = await bot.HeardAsync();

        var failing = Assert.IsType<ChannelFailing>(heard[0].Event);
        var recovered = Assert.IsType<ChannelRecovered>(heard[1].Event);
        Assert.Equal(2, heard.Count);
        Assert.Equal(("desk", "slack", 1), (failing.Channel, failing.ChannelType, failing.Waiting)); // its reason may be that the clock ran away from a request
        Assert.Equal(failing.Id, recovered.After);
        Assert.Equal(("channel.failing.-.-.-", "org.feedwatch.channel.failing.v1", failing.Id.ToString()), (heard[0].RoutingKey, heard[0].Header("cloudEvents_type"), heard[0].Header("cloudEvents_id")));
        Assert.Equal([EventTypes.ChannelFailing, EventTypes.ChannelRecovered], ToldEvent.In(Told).Select(e => e.Type));
    }

    [Fact]
    public async Task A_bot_that_dies_in_between_announces_the_same_event_again_and_no_other()
    {
        await using var chat = await ChatServer.StartAsync(_ => isMended ? new Answer(200, "ok") : new Answer(401, "invalid_token"));
        await using var bot = await OtherBot.ListeningAsync(rabbit, "channel.#");
        await FailForAnHourAsync(chat);

        await using (var doomed = FeedWatchProcess.StartDoomed(FaultPoints.OfAnnouncer, Arguments(chat))) Assert.Equal(FeedWatchProcess.Killed, await doomed.EndedAsync());
        await using (var same = FeedWatchProcess.Start(Arguments(chat)))
        {
            await UntilAsync(async () => (await bot.HeardAsync()).Count == 2);
            await same.WaitForAsync(_ => Waiting() == 0);
            await same.KillAsync();
        }

        isMended = true;
        await using var mended = FeedWatchProcess.Start(Arguments(chat));
        await UntilAsync(async () => (await bot.HeardAsync()).Count == 3);
        await mended.WaitForAsync(_ => ToldEvent.In(Told).Any(e => e.Type == EventTypes.ChannelRecovered));
        var heard = await bot.HeardAsync();

        Assert.Equal("HTTP 401: invalid_token.", Assert.IsType<ChannelFailing>(heard[0].Event).Reason);
        Assert.Equal(heard[0].Body, heard[1].Body);
        Assert.Equal([EventTypes.ChannelFailing, EventTypes.ChannelFailing, EventTypes.ChannelRecovered], heard.Select(h => EventTypes.Of(h.Event)));
        Assert.Equal([EventTypes.ChannelFailing, EventTypes.ChannelRecovered], ToldEvent.In(Told).Select(e => e.Type));
    }

    private IHost Host(ChatServer chat, TimeProvider clock)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddCommandLine([.. Arguments(chat).Skip(3)]);
        builder.Services.AddSingleton(clock);
        builder.Services.AddChat(builder.Configuration, folder.FullName).AddChatBus(BusOptions.Read(builder.Configuration));
        return builder.Build();
    }

    private string[] Arguments(ChatServer chat) =>
    [
        "bot", "--data", folder.FullName, "--Bus:Transport=RabbitMq",
        "--Chat:Channels:0:Type=slack", "--Chat:Channels:0:Name=desk", $"--Chat:Channels:0:Url={new Uri(chat.Address, "services/T/B/secret")}",
        "--Chat:Channels:1:Type=file", $"--Chat:Channels:1:Path={Told}",
        "--Chat:Routes:0:Events:0=channel.*", "--Chat:Routes:1:Events:0=incident.*", "--Chat:Routes:1:Channels:0=desk", .. rabbit.Settings,
    ];

    /// <summary>The ledger of a bot whose channel has taken nothing for an hour, and nobody was told yet.</summary>
    private async Task FailForAnHourAsync(ChatServer chat)
    {
        var options = new ConfigurationBuilder().AddCommandLine([.. Arguments(chat).Skip(3)]).Build();
        using var services = new ServiceCollection().AddLogging().AddChat(options, Path.Combine(folder.FullName, "bot")).BuildServiceProvider();
        var ledger = services.GetRequiredService<DeliveryLedger>();
        await ledger.RecordAsync(AnEvent.Detected(), Cancelled);
        await ledger.ChangeAsync(
            async (c, t) =>
            {
                await TroubleBook.AddAsync(c, t, "desk", TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));
                return true;
            },
            Cancelled);
    }

    private int Waiting() => LedgerPlace.InFolder(Path.Combine(folder.FullName, "bot")).Beside(readOnly: true, c => c.ExecuteScalar<int>("select count(*) from announcement"));

    private static Task PassAsync(SettableClock clock, Func<Task<bool>> condition) => PassAsync(clock, async _ => await condition());

    private static Task PassAsync(SettableClock clock, Func<TimeSpan, bool> condition) => PassAsync(clock, passed => Task.FromResult(condition(passed)));

    /// <summary>Lets the bot's time pass, in steps that are shorter than a request may take.</summary>
    private static async Task PassAsync(SettableClock clock, Func<TimeSpan, Task<bool>> condition)
    {
        var began = clock.GetUtcNow();
        await UntilAsync(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            return await condition(clock.GetUtcNow() - began);
        });
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var began = Stopwatch.GetTimestamp(); !await condition();)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(2), "It never came to that.");
            await Task.Delay(50, Cancelled);
        }
    }
}
