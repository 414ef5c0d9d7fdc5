using System.Diagnostics;
using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Crashing;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.EndToEnd;

/// <summary>A bot that cannot write down what comes to it, and one whose queue is deleted while it is away.</summary>
public sealed class BotAwayTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private const string Queue = "feedwatch.chat";
    private const string Archive = "feedwatch.archive";
    private const string Stopped = "Nothing can be written to";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-bot-away-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_bot_on_a_full_disk_says_so_once_and_goes_on_by_itself_when_there_is_room()
    {
        using var disk = SmallDisk.Mount();
        await using var bot = await StartedAsync(disk.Path);
        await FillAsync(disk, bot);
        await UntilWaitingAsync(2); // given back, for another bot to take

        disk.Empty();
        await bot.WaitForAsync(_ => Told.Count == 3);

        Assert.Equal(0, await bot.TerminateAsync());
        Assert.Equal([AnEvent.Id("first"), AnEvent.Id("second"), AnEvent.Id("third")], Told.Select(e => e.Id));
        Assert.Single(bot.Log, l => l.Contains(Stopped, StringComparison.Ordinal));
        Assert.Single(bot.Log, l => l.Contains("can be written again", StringComparison.Ordinal));
        Assert.DoesNotContain(bot.Log, l => l.Contains("were in the archive", StringComparison.Ordinal));
        await UntilWaitingAsync(0);
    }

    [Fact]
    public async Task What_a_bot_on_a_full_disk_was_sent_is_still_on_the_queue_when_it_is_killed()
    {
        using var disk = SmallDisk.Mount();
        await using (var bot = await StartedAsync(disk.Path))
        {
            await FillAsync(disk, bot);
            await bot.KillAsync();
        }

        await UntilWaitingAsync(2);
        disk.Empty();
        await using var again = StartBot(disk.Path);
        await again.WaitForAsync(_ => Told.Count == 3);

        Assert.Equal([AnEvent.Id("first"), AnEvent.Id("second"), AnEvent.Id("third")], Told.Select(e => e.Id));
    }

    [Fact]
    public async Task What_came_while_a_bot_was_away_and_its_queue_deleted_is_posted_from_the_archive()
    {
        await using var farm = await HitFarm.StartAsync();
        var pair = new CrashingService(farm, folder, rabbit.Settings);
        await using (var bot = pair.StartBot())
        {
            await UntilBoundAsync();
            farm.Plant();
            await pair.FinishAsync();
            await bot.WaitForAsync(_ => Toll.Of(farm, Told).Lost.Count == 0);
            Assert.Equal(0, await bot.TerminateAsync());
        }

        await WithChannelAsync(channel => channel.QueueDeleteAsync(Queue));
        farm.Plant();
        await pair.FinishAsync();
        await using var again = pair.StartBot();
        await again.WaitForAsync(_ => Toll.Of(farm, Told).Lost.Count == 0);

        Assert.True(Toll.Of(farm, Told).IsNone);
        await again.WaitForAsync(b => b.Log.Any(l => l.Contains("were in the archive", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_lies_in_an_archive_that_cannot_be_read_at_first_is_posted_as_soon_as_it_can()
    {
        var data = Path.Combine(folder.FullName, "data");
        await using (var bot = await StartedAsync(data))
        {
            Assert.Equal(0, await bot.TerminateAsync());
        }

        await WithChannelAsync(channel => channel.QueueDeleteAsync(Queue));
        await WithChannelAsync(channel => channel.QueueDeleteAsync(Archive));
        await using var again = StartBot(data);
        await again.WaitForAsync(b => b.Log.Any(l => l.Contains("The archive could not be read", StringComparison.Ordinal)));
        await WithChannelAsync(channel => channel.QueueDeclareAsync(Archive, durable: true, exclusive: false, autoDelete: false));
        await PublishAsync(AnEvent.Detected("missed") with { Time = TimeProvider.System.GetUtcNow() }, "", Archive);
        await again.WaitForAsync(_ => Told.Count == 2);

        Assert.Equal([AnEvent.Id("first"), AnEvent.Id("missed")], Told.Select(e => e.Id));
        Assert.Single(again.Log, l => l.Contains("The archive could not be read", StringComparison.Ordinal));
        await WithChannelAsync(channel => channel.QueueDeleteAsync(Archive)); // the service makes it otherwise
    }

    private IReadOnlyList<ToldEvent> Told => ToldEvent.In(Path.Combine(folder.FullName, "told.jsonl"));

    private FeedWatchProcess StartBot(string data) => FeedWatchProcess.Start(
        ["bot", "--data", data, "--Chat:Channels:0:Type=file", $"--Chat:Channels:0:Path={Path.Combine(folder.FullName, "told.jsonl")}", "--Chat:Routes:0:Events:0=*", .. rabbit.Settings]);

    /// <summary>A bot that has posted a first event.</summary>
    private async Task<FeedWatchProcess> StartedAsync(string data)
    {
        await WithChannelAsync(channel => channel.QueueDeleteAsync(Queue));
        var bot = StartBot(data);
        await UntilBoundAsync();
        await PublishAsync("first");
        await bot.WaitForAsync(_ => Told.Count == 1);
        return bot;
    }

    /// <summary>Two events more, for which there is no room.</summary>
    private async Task FillAsync(SmallDisk disk, FeedWatchProcess bot)
    {
        disk.Fill();
        await PublishAsync("second");
        await PublishAsync("third");
        await bot.WaitForAsync(b => b.Log.Any(l => l.Contains(Stopped, StringComparison.Ordinal)));
    }

    /// <summary>A bot that takes events off the queue has bound it before.</summary>
    private Task UntilBoundAsync() => UntilAsync(queue => queue.ConsumerCount > 0);

    private Task UntilWaitingAsync(int count) => UntilAsync(queue => queue.MessageCount == count && queue.ConsumerCount == 0);

    private async Task UntilAsync(Func<QueueDeclareOk, bool> condition)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                if (condition(await WithChannelAsync(channel => channel.QueueDeclarePassiveAsync(Queue)))) return;
            }
            catch (OperationInterruptedException)
            {
                // it is not there yet
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1), "The queue never came to that.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private Task<bool> PublishAsync(string name) => PublishAsync(AnEvent.Detected(name), "feedwatch.events");

    private Task<bool> PublishAsync(IncidentDetected @event, string exchange, string? key = null) => WithChannelAsync(async channel =>
    {
        var properties = new BasicProperties { ContentType = "application/json", Persistent = true };
        await channel.BasicPublishAsync(exchange, key ?? RoutingKey.Of(@event), mandatory: true, properties, EventJson.SerializeToUtf8Bytes(@event), TestContext.Current.CancellationToken);
        return true;
    });

    private async Task<T> WithChannelAsync<T>(Func<IChannel, Task<T>> work)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await rabbit.ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        return await work(channel);
    }
}
