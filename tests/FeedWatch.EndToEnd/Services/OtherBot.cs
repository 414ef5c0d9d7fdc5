using System.Text;
using FeedWatch.Chat.Bus;
using FeedWatch.Contracts;
using RabbitMQ.Client;

namespace FeedWatch.EndToEnd.Services;

/// <summary>Somebody else's program with a queue of its own.</summary>
internal sealed class OtherBot(IConnection connection, IChannel channel, string queue) : IAsyncDisposable
{
    private readonly List<Heard> heard = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="rabbit">Where FeedWatch's own queue is emptied of what another test left there.</param>
    /// <param name="pattern">What it binds its queue with.</param>
    public static async Task<OtherBot> ListeningAsync(RabbitServer rabbit, string pattern)
    {
        var connection = await rabbit.ConnectAsync(Cancelled);
        var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        await channel.QueueDeleteAsync(ChatEndpoint.QueueName, cancellationToken: Cancelled);
        await channel.ExchangeDeclareAsync(EventBus.ExchangeName, ExchangeType.Topic, durable: true, cancellationToken: Cancelled);
        var queue = await channel.QueueDeclareAsync(cancellationToken: Cancelled);
        await channel.QueueBindAsync(queue.QueueName, EventBus.ExchangeName, pattern, cancellationToken: Cancelled);
        return new OtherBot(connection, channel, queue.QueueName);
    }

    /// <summary>All that came so far.</summary>
    public async Task<IReadOnlyList<Heard>> HeardAsync()
    {
        while (await channel.BasicGetAsync(queue, autoAck: true, Cancelled) is { } message)
            heard.Add(new Heard(message.RoutingKey, Encoding.UTF8.GetString(message.Body.Span), message.BasicProperties.Headers!));
        return [.. heard];
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}

/// <summary>One message as it lay in the queue.</summary>
internal sealed record Heard(string RoutingKey, string Body, IDictionary<string, object?> Headers)
{
    public FeedWatchEvent Event => EventJson.Deserialize(Body);

    public string Header(string name) => Encoding.UTF8.GetString((byte[])Headers[name]!);
}
