using FeedWatch.Chat.Bus;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Publishing;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace FeedWatch.EndToEnd;

/// <summary>
/// Queues that are there and take nothing, on a real RabbitMQ. One that has no room and refuses is as good as one without a leader: it is
/// listed, holds nothing and confirms nothing.
/// </summary>
public sealed class LostQueuesTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IAsyncLifetime
{
    private const string Others = "bot.of.somebody";
    private static readonly string[] Ours = [EventBus.ArchiveQueue, ChatEndpoint.QueueName];

    private readonly List<string> logged = [];
    private IConnection connection = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connection = await rabbit.ConnectAsync(Cancelled);
        foreach (var queue in Ours.Append(Others)) await WithChannelAsync(channel => channel.QueueDeleteAsync(queue));
        await WithChannelAsync(async channel =>
        {
            await channel.ExchangeDeclareAsync(EventBus.ExchangeName, ExchangeType.Topic, durable: true);
            return true;
        });
    }

    [Fact]
    public async Task Where_they_may_not_be_replaced_they_are_named_and_left_as_they_are()
    {
        foreach (var queue in Ours) await DeclareAsync(queue, isLost: true);

        await LookAsync(new BusOptions { ReplaceLostQueues = false });

        Assert.Equal(Ours, logged.Select(NamedIn));
        Assert.All(logged, l => Assert.StartsWith("Error: RabbitMQ does not take anything into the queue", l, StringComparison.Ordinal));
        foreach (var queue in Ours) Assert.True(await IsThereAsync(queue));
    }

    [Fact]
    public async Task Where_they_may_be_ours_are_deleted_and_nobody_elses()
    {
        await DeclareAsync(EventBus.ArchiveQueue, isLost: true);
        await DeclareAsync(ChatEndpoint.QueueName, isLost: false);
        await DeclareAsync(Others, isLost: true);

        await LookAsync(new BusOptions());

        Assert.Equal([EventBus.ArchiveQueue], logged.Select(NamedIn));
        Assert.Contains("It was deleted and is made anew", logged[0], StringComparison.Ordinal);
        Assert.Equal((false, true, true), (await IsThereAsync(EventBus.ArchiveQueue), await IsThereAsync(ChatEndpoint.QueueName), await IsThereAsync(Others)));
    }

    [Fact]
    public async Task A_queue_of_somebody_else_that_takes_nothing_is_told_of_and_stays()
    {
        foreach (var queue in Ours) await DeclareAsync(queue, isLost: false);
        await DeclareAsync(Others, isLost: true);

        await LookAsync(new BusOptions());

        Assert.Contains("another queue that is bound to feedwatch.events takes nothing", Assert.Single(logged), StringComparison.Ordinal);
        foreach (var queue in Ours.Append(Others)) Assert.True(await IsThereAsync(queue));
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    /// <summary>Lets a service whose events nobody confirms look for the reason.</summary>
    private async Task LookAsync(BusOptions options)
    {
        var user = rabbit.Address.UserInfo.Split(':');
        (options.Host, options.Port, options.Username, options.Password) = (rabbit.Address.Host, rabbit.Address.Port, user[0], user[1]);
        using var outbox = new AnOutbox(null) { Answer = _ => new FeedWatch.Publishing.PublishException("no confirmation") };
        await outbox.AddAsync(AnEvent.Detected());
        await outbox.RelayAsync();
        Assert.NotNull(outbox.Relay.Trouble);
        using var topology = new RabbitTopology(options, outbox.Time, NullLogger<RabbitTopology>.Instance);
        using var lost = new LostQueues(outbox.Relay, outbox.Outbox, topology, options, outbox.Time, new CollectingLogger<LostQueues>(logged));

        await lost.StartAsync(Cancelled);
        while (logged.Count == 0)
        {
            outbox.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(50, Cancelled);
        }

        await lost.StopAsync(Cancelled);
    }

    private Task<QueueDeclareOk> DeclareAsync(string queue, bool isLost) => WithChannelAsync(async channel =>
    {
        var arguments = isLost ? new Dictionary<string, object?> { ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" } : null;
        var declared = await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: Cancelled);
        await channel.QueueBindAsync(queue, EventBus.ExchangeName, "#", cancellationToken: Cancelled);
        return declared;
    });

    private async Task<bool> IsThereAsync(string queue)
    {
        try
        {
            await WithChannelAsync(channel => channel.QueueDeclarePassiveAsync(queue, Cancelled));
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    private async Task<T> WithChannelAsync<T>(Func<IChannel, Task<T>> work)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        return await work(channel);
    }

    private static string NamedIn(string line) => Ours.Single(queue => line.Contains(queue, StringComparison.Ordinal));
}
