using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Commanding;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Keeping;
using FeedWatch.Chat.Storing;
using FeedWatch.Chat.Watching;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat;

public static partial class ChatServices
{
    /// <summary>The channels of section <c>Chat</c>, the ledger and the posting. Comes before the bus, so that it stops after it.</summary>
    /// <param name="services">Needs a <see cref="TimeProvider"/> only where it is not the system's.</param>
    /// <param name="configuration">The root; section <c>Chat</c> is read.</param>
    /// <param name="dataFolder">Where <c>chat.db</c> is kept, where the ledger is one; one process at a time.</param>
    /// <param name="jsonOnStandardOutput">Incidents as JSON lines in the place of console channels (<c>--json</c>).</param>
    /// <param name="otherwise">Where the ledger is where the settings do not say; <c>chat.db</c> where this does not either.</param>
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration, string dataFolder, bool jsonOnStandardOutput = false, Func<LedgerPlace>? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ChatOptions>().Bind(configuration.GetSection(ChatOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<ChatOptions>>(new ChatDefaults(jsonOnStandardOutput));
        services.AddSingleton<IValidateOptions<ChatOptions>, ChatOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(p => ChannelTypes.Open(p.GetRequiredService<IOptions<ChatOptions>>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p =>
        {
            var store = p.GetRequiredService<IOptions<ChatOptions>>().Value.Store;
            var place = LedgerPlace.Of(store, dataFolder) ?? otherwise?.Invoke() ?? LedgerPlace.InFolder(dataFolder);
            var logger = p.GetRequiredService<ILogger<DeliveryLedger>>();
            var ledger = place.Open(store.Lease, dataFolder);
            Tell(ledger, logger);
            return new DeliveryLedger(ledger, p.GetRequiredService<Routes>(), p.GetRequiredService<TimeProvider>(), logger);
        });
        services.AddSingleton(p => new ChannelDispatcher(
            p.GetRequiredService<DeliveryLedger>(),
            p.GetRequiredService<Routes>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<ChannelDispatcher>>()));
        services.AddHostedService(p => new LedgerSweep(
            p.GetRequiredService<DeliveryLedger>(),
            p.GetRequiredService<IOptions<ChatOptions>>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<LedgerSweep>>()));
        services.AddHostedService(p => new ChannelWatch(
            p.GetRequiredService<DeliveryLedger>(),
            p.GetRequiredService<IOptions<ChatOptions>>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<ChannelWatch>>(),
            announces: p.GetService<Announcer>() is not null));
        return services.AddHostedService(p => p.GetRequiredService<ChannelDispatcher>());
    }

    /// <summary>Lets bots mute things, where the settings give them a secret to sign with. After <see cref="AddChat"/>.</summary>
    public static IServiceCollection AddChatRequests(this IServiceCollection services, BusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.TakesCommands ? services.AddRequests(options, p => new ChatDesk(p.GetRequiredService<DeliveryLedger>(), p.GetRequiredService<Routes>())) : services;
    }

    /// <summary>A desk and the queue that leads to it.</summary>
    public static IServiceCollection AddRequests(this IServiceCollection services, BusOptions options, Func<IServiceProvider, IRequestDesk> desk) => services.AddHostedService(p => new RequestListener(
        desk(p),
        options,
        p.GetRequiredService<TimeProvider>(),
        p.GetRequiredService<ILogger<RequestListener>>()));

    /// <summary>The bus with the channels' queue on it: all that a bot host needs, and what the service adds its publishing to.</summary>
    /// <param name="services">After <see cref="AddChat"/>.</param>
    /// <param name="options">From <see cref="BusOptions.Read"/>.</param>
    /// <param name="configureBus">More for the bus; it is told which transport it is by the configurator's type.</param>
    public static IServiceCollection AddChatBus(this IServiceCollection services, BusOptions options, Action<IBusFactoryConfigurator>? configureBus = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(2)); // a host has 10 s to stop
        services.AddSingleton(p => new ArchiveCatchUp(options, p.GetRequiredService<DeliveryLedger>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ArchiveCatchUp>>()));
        services.AddSingleton(p => new Reception(p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<Reception>>()));
        services.AddSingleton(p => new QueueCheck(options, p.GetRequiredService<ArchiveCatchUp>()));
        services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry(); // MassTransit reports home otherwise
            ChatEndpoint.AddConsumer(registration);
            if (options.Transport is BusTransport.RabbitMq)
            {
                registration.UsingRabbitMq((context, bus) =>
                {
                    RabbitConnection.Use(bus, options);
                    bus.ConnectBusObserver(context.GetRequiredService<QueueCheck>());
                    EventBus.Configure(bus);
                    configureBus?.Invoke(bus);
                    ChatEndpoint.Configure(context, bus);
                });
            }
            else
            {
                registration.UsingInMemory((context, bus) =>
                {
                    EventBus.Configure(bus);
                    configureBus?.Invoke(bus);
                    ChatEndpoint.Configure(context, bus);
                });
            }
        });
        if (options.Transport is BusTransport.InMemory) return services; // there is nobody else on it
        services.AddSingleton(p => new StandingBack(p.GetRequiredService<DeliveryLedger>(), p.GetRequiredService<QueueCheck>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<StandingBack>>()));
        services.AddHostedService(p => p.GetRequiredService<ArchiveCatchUp>());
        services.AddHostedService(p => p.GetRequiredService<StandingBack>()); // behind the bus, so that it stops before it
        services.AddSingleton(p => new Announcer(p.GetRequiredService<DeliveryLedger>(), p.GetRequiredService<IBus>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<Announcer>>()));
        return services.AddHostedService(p => p.GetRequiredService<Announcer>());
    }

    private static void Tell(LedgerStore ledger, ILogger logger)
    {
        var place = ledger.Place;
        if (ledger.Before is { } before) Log.Upgraded(logger, place, before);
        if (ledger.Move is { IsDone: true } done) Log.CarriedOver(logger, done.Events, done.File, place);
        if (ledger.Move is { IsDone: false } left) Log.NotCarriedOver(logger, left.Events, left.File, place);
        if (ledger.WasAt is { } other) Log.Back(logger, place, other);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 748, Level = LogLevel.Information, Message = "What was posted of {Count} events, and what waits, was carried over from {File} to the {Place}. The file is not used any more.")]
        public static partial void CarriedOver(ILogger logger, long count, string file, string place);

        [LoggerMessage(EventId = 749, Level = LogLevel.Warning, Message = "{File} remembers posts of {Count} events and was not carried over to the {Place}, from where others were made already. What it alone knows of is posted again if it comes again, and what waits in it is not posted. If nobody needs it, move the file away.")]
        public static partial void NotCarriedOver(ILogger logger, long count, string file, string place);

        [LoggerMessage(EventId = 753, Level = LogLevel.Warning, Message = "{Place} was carried over to the {Other} some time ago and is used again. Posts that were made from there since are not known here: they are made again if their events come again.")]
        public static partial void Back(ILogger logger, string place, string other);

        [LoggerMessage(EventId = 747, Level = LogLevel.Information, Message = "{Place} was of an older FeedWatch and is up to date now; {Before} is how it was.")]
        public static partial void Upgraded(ILogger logger, string place, string before);
    }
}
