using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FeedWatch.Contracts;
using MassTransit;
using RabbitMQ.Client;

namespace FeedWatch.Chat.Bus;

/// <summary>
/// How events look on the bus, the same for who publishes and who receives: the body is the event's own JSON without an
/// envelope, MassTransit's headers (which would tell every consumer the machine's name and kernel) are off, and everything goes
/// through one topic exchange with <see cref="RoutingKey"/>.
/// </summary>
public static class EventBus
{
    public const string ExchangeName = "feedwatch.events";

    /// <summary>Holds every event for a while.</summary>
    public const string ArchiveQueue = "feedwatch.archive";

    public static void Configure(IRabbitMqBusFactoryConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ConfigureMessage(bus);
        bus.Send<FeedWatchEvent>(s => s.UseRoutingKeyFormatter(context => RoutingKey.Of(context.Message)));
        bus.Publish<FeedWatchEvent>(p => p.ExchangeType = ExchangeType.Topic);
        foreach (var type in EventTypes.All.Values.SelectMany(Ancestry).Distinct()) bus.Publish(type, p => p.Exclude = true); // no exchange of their own
    }

    public static void Configure(IInMemoryBusFactoryConfigurator bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ConfigureMessage(bus);
    }

    /// <summary>
    /// Hands an event over with its CloudEvents 1.0 attributes as headers (binary mode): the body stays the event itself. Over RabbitMQ it fails
    /// where the broker does not confirm it, or no queue takes it.
    /// </summary>
    public static Task PublishAsync(IBus bus, FeedWatchEvent @event, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(@event);
        return bus.Publish(
            @event,
            context =>
            {
                context.MessageId = @event.Id;
                foreach (var (attribute, value) in CloudEventAttributes.Of(@event)) context.Headers.Set($"cloudEvents_{attribute}", value);
                if (context.TryGetPayload(out RabbitMqSendContext? rabbit)) rabbit.Mandatory = true;
            },
            cancellationToken)
            .WaitAsync(cancellationToken); // RabbitMQ.Client 7.2 may wait for ever for what was under way when the broker died (rabbitmq-dotnet-client #1930)
    }

    /// <summary>The record and its bases below <see cref="FeedWatchEvent"/>.</summary>
    private static IEnumerable<Type> Ancestry(Type? type)
    {
        for (; type is not null && type != typeof(FeedWatchEvent); type = type.BaseType) yield return type;
    }

    private static void ConfigureMessage(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        bus.UseRawJsonSerializer((RawSerializerOptions)0, isDefault: true);
        bus.ConfigureJsonSerializerOptions(options =>
        {
            // MassTransit keeps these options for the whole process: a second bus finds the converter there, and cannot add to them
            if (options.Converters.OfType<BusEventConverter>().Any()) return options;
            var ours = new JsonSerializerOptions(options)
            {
                WriteIndented = false,
                TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(BusEventConverter.TakeOver),
            };
            ours.Converters.Insert(0, new BusEventConverter());
            return ours;
        });
        bus.Message<FeedWatchEvent>(m => m.SetEntityName(ExchangeName));
    }
}
