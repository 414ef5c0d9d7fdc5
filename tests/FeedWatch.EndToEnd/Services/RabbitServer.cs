using DotNet.Testcontainers.Builders;
using RabbitMQ.Client;
using Testcontainers.RabbitMq;

namespace FeedWatch.EndToEnd.Services;

/// <summary>
/// A real RabbitMQ: the one that FEEDWATCH_TEST_RABBITMQ names (amqp://user:password@host:port/), else a private node of the
/// programs installed here, else a container. With none of them the tests that need it are skipped, or fail where
/// FEEDWATCH_REQUIRE_SERVICES=1.
/// </summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private RabbitNode? node;
    private RabbitMqContainer? container;
    private Uri? address;
    private string missing = "";

    /// <summary>Where it listens. Skips or fails the test where there is none.</summary>
    public Uri Address => address ?? Missing<Uri>(missing);

    /// <summary>The private node, which a test may harm. Skips or fails the test where there is none.</summary>
    public RabbitNode Node => node ?? Missing<RabbitNode>(address is null ? missing : "This RabbitMQ is not ours to kill; install rabbitmq-server.");

    /// <summary>The settings that lead FeedWatch there.</summary>
    public string[] Settings => RabbitNode.SettingsFor(Address);

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("FEEDWATCH_TEST_RABBITMQ") is { Length: > 0 } given) address = new Uri(given);
        else if (RabbitNode.IsInstalled) await StartNodeAsync();
        else await StartContainerAsync();
    }

    public async Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await new ConnectionFactory { Uri = Address }.CreateConnectionAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (node is not null) await node.DisposeAsync();
        if (container is not null) await container.DisposeAsync();
    }

    private static T Missing<T>(string why)
    {
        if (Environment.GetEnvironmentVariable("FEEDWATCH_REQUIRE_SERVICES") == "1") Assert.Fail(why);
        Assert.Skip(why);
        return default!;
    }

    private async Task StartNodeAsync()
    {
        try
        {
            node = await RabbitNode.StartAsync();
            address = node.Address;
        }
        catch (InvalidOperationException ex)
        {
            missing = ex.Message;
        }
    }

    private async Task StartContainerAsync()
    {
        try
        {
            container = new RabbitMqBuilder("rabbitmq:3.13").Build();
            await container.StartAsync();
            address = new Uri(container.GetConnectionString());
        }
        catch (Exception ex) when (ex is DockerUnavailableException or TimeoutException or ArgumentException)
        {
            container = null;
            missing = "No RabbitMQ: set FEEDWATCH_TEST_RABBITMQ to amqp://user:password@host:port/, or install rabbitmq-server (apt-get install rabbitmq-server), or run Docker.";
        }
    }
}
