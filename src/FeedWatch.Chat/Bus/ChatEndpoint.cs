using FeedWatch.Chat.Storing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace FeedWatch.Chat.Bus;

/// <summary>The queue that feeds the channels. One consumer of one message type on it: raw JSON does not say which type it is.</summary>
public static class ChatEndpoint
{
    public const string QueueName = "feedwatch.chat";

    public static void AddConsumer(IBusRegistrationConfigurator registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        registration.AddConsumer<AlertConsumer>();
    }

    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.ReceiveEndpoint(QueueName, endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.SingleActiveConsumer = true; // of several bots one records, so that the order stands; the broker lets the next one when it ends
            endpoint.PrefetchCount = 32;
            endpoint.ConfigureConsumeTopology = false;
            endpoint.Bind(EventBus.ExchangeName, exchange =>
            {
                exchange.ExchangeType = ExchangeType.Topic;
                exchange.RoutingKey = "#";
            });
            endpoint.ConnectReceiveEndpointObserver(context.GetRequiredService<StandingBack>());
            endpoint.ConnectReceiveEndpointObserver(context.GetRequiredService<ArchiveCatchUp>());
            ConfigureEndpoint(context, endpoint);
        });
    }

    public static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.ReceiveEndpoint(QueueName, endpoint =>
        {
            // A full disk or a locked file passes. Until then the outbox row stays open, for up to 16 hours.
            endpoint.UseMessageRetry(retry =>
            {
                retry.Handle<LedgerFailedException>();
                retry.Exponential(1_000, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
            });
            ConfigureEndpoint(context, endpoint);
        });
    }

    private static void ConfigureEndpoint(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConcurrentMessageLimit = 1; // channels post in the order in which events are recorded
        endpoint.PublishFaults = false; // a fault message carries the machine's name, and nobody listens
        endpoint.ConnectReceiveEndpointObserver(context.GetRequiredService<Reception>());
        endpoint.ConfigureConsumer<AlertConsumer>(context);
    }
}
