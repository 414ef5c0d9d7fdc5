using MassTransit;
using RabbitMQ.Client;

namespace FeedWatch.Chat.Bus;

/// <summary>How to reach the broker, for MassTransit and for the few things that are declared beside it.</summary>
public static class RabbitConnection
{
    public static void Use(IRabbitMqBusFactoryConfigurator bus, BusOptions options)
    {
        ArgumentNullException.ThrowIfNull(bus);
        ArgumentNullException.ThrowIfNull(options);
        bus.Host(options.Host, (ushort)options.Port, options.VirtualHost, "feedwatch", host =>
        {
            host.Username(options.Username);
            host.Password(options.EffectivePassword());
            host.PublisherConfirmation = true;
            if (options.Tls) host.UseSsl(tls => tls.ServerName = options.Host);
        });
    }

    public static IConnectionFactory Factory(BusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ConnectionFactory
        {
            HostName = options.Host,
            Port = options.Port,
            VirtualHost = options.VirtualHost,
            UserName = options.Username,
            Password = options.EffectivePassword(),
            Ssl = new SslOption { Enabled = options.Tls, ServerName = options.Host },
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            RequestedHeartbeat = TimeSpan.FromSeconds(10), // a broker that hangs is seen after twice that
        };
    }
}
