using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using FeedWatch.Chat.Watching;
using FeedWatch.Health;
using FeedWatch.Storage;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Publishing;

internal static class PublishingRoom
{
    /// <param name="services">After the storage.</param>
    /// <param name="configuration">For the channels, where they live in this process.</param>
    /// <param name="bus">Which transport.</param>
    /// <param name="dataFolder">Where the channels' ledger is kept.</param>
    /// <param name="json">Incidents as JSON lines on standard output.</param>
    public static IServiceCollection AddPublishing(this IServiceCollection services, IConfiguration configuration, BusOptions bus, string dataFolder, bool json)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<OutboxRelay>();
        services.AddSingleton(bus);
        if (bus.Transport is BusTransport.InMemory)
        {
            services.AddChat(configuration, dataFolder, json, () => BesideStorage(configuration, dataFolder));
            services.AddChatBus(bus);
            services.AddSingleton<IEventPublisher, MemoryPublisher>();
        }
        else
        {
            // The channels live in `feedwatch bot`; only --json speaks here, once the broker has the event.
            if (json) services.AddChat(new ConfigurationBuilder().Build(), dataFolder, jsonOnStandardOutput: true);
            services.AddSingleton<RabbitTopology>();
            services.AddHostedService<LostQueues>();
            services.AddSingleton<IEventPublisher>(p => new RabbitPublisher(p.GetRequiredService<IBus>(), p.GetRequiredService<RabbitTopology>(), p.GetService<DeliveryLedger>()));
            services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(2)); // a host has 10 s to stop
            services.AddMassTransit(registration =>
            {
                registration.DisableUsageTelemetry(); // MassTransit reports home otherwise
                registration.UsingRabbitMq((_, rabbit) =>
                {
                    RabbitConnection.Use(rabbit, bus);
                    EventBus.Configure(rabbit);
                });
            });
        }

        services.AddHostedService(p => p.GetRequiredService<OutboxRelay>());
        services.AddLoopCheck("relay", p => p.GetRequiredService<OutboxRelay>().Life);
        services.AddSingleton(p =>
        {
            var (relay, broker) = (p.GetRequiredService<OutboxRelay>(), p.GetService<BrokerWatch>());
            return new Check("bus", IsVital: false, () => broker?.Fault is { } fault ? Away(fault)
                : relay.Trouble is { } trouble ? new Trouble($"it takes no alerts ({trouble.Why})", "They wait in the outbox and go out in order when it does.") { Since = trouble.Since }
                : null);
        });
        return bus.Transport is BusTransport.InMemory ? services.AddPostsCheck() : services;
    }

    /// <summary>Sees that RabbitMQ is away while there is nothing to publish, too. For a process that goes on.</summary>
    public static IServiceCollection AddBrokerWatch(this IServiceCollection services, BusOptions bus)
    {
        if (bus.Transport is not BusTransport.RabbitMq) return services;
        services.AddSingleton(p => new BrokerWatch(bus, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<BrokerWatch>>()));
        return services.AddHostedService(p => p.GetRequiredService<BrokerWatch>());
    }

    /// <summary>For a bot, which has no outbox: whether it can receive, and write down what it posts.</summary>
    public static IServiceCollection AddBotChecks(this IServiceCollection services, BusOptions bus) => services
        .AddBrokerWatch(bus)
        .AddReadyCheck<BrokerWatch, Reception>("bus", (broker, reception) => broker.Fault is { } fault ? Away(fault) : reception.Fault is { } silence ? GivesNothing(silence) : null)
        .AddPostsCheck();

    private static IServiceCollection AddPostsCheck(this IServiceCollection services) => services
        .AddLoopCheck("intake", p => p.GetRequiredService<Reception>(), reception => reception.UnderWay is { } time ? (time, "putting down an event that came over the bus") : null)
        .AddReadyCheck<DeliveryLedger>("posts", ledger => ledger.Health.Fault is { } fault ? new Trouble($"what is posted cannot be written down ({fault.Why})", fault.Remedy) { Since = fault.Since } : null)
        .AddLoopCheck("channels", p => p.GetRequiredService<ChannelDispatcher>(), channels => channels.Overdue is var (channel, by) ? (by, $"posting to {channel}") : null);

    private static Trouble GivesNothing(ReceptionFault fault) => new($"RabbitMQ is there, but nothing can be received from its queue {ChatEndpoint.QueueName} ({fault.Why})", "Give its user the right to that queue; one that another program or an older FeedWatch made differently has to be deleted. What comes meanwhile is in the archive, and is taken from there.") { Since = fault.Since };

    private static Trouble Away(BrokerFault fault) => new($"RabbitMQ at {fault.Place} is away ({fault.Why})", "Check that it runs, and Bus:Host, :Port, :Username, :Password. Nothing is lost meanwhile.") { Since = fault.Since };

    /// <summary>Where chats keep their ledger where <c>Chat:Store</c> does not say: in the database that the service uses, or in a file beside its own.</summary>
    /// <param name="configuration">Validated.</param>
    /// <param name="folder">For the file.</param>
    public static LedgerPlace BesideStorage(IConfiguration configuration, string folder) =>
        configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() is { Provider: StorageProvider.Postgres } storage
            ? LedgerPlace.OnServer(storage.EffectiveConnectionString())
            : LedgerPlace.InFolder(folder);
}
