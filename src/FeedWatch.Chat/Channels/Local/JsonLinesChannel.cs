using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Local;

/// <summary>Incidents on standard output, one JSON line each, for pipes (<c>--json</c>). A consumer drops repeats by <c>id</c>.</summary>
internal sealed class JsonLinesChannel(string name, TextWriter output, TimeProvider time) : IChatChannel
{
    public static readonly ChannelType Type = new(_ => [], (o, parts) => new JsonLinesChannel(o.Name, parts.Output.Value.Writer, parts.Time)) { Takes = [] };

    public string Name => name;

    /// <summary>Folded incidents too: a pipe is not flooded by them, and the summary lacks their facts.</summary>
    public bool Wants(FeedWatchEvent @event) => @event is IncidentEvent;

    public async Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var line = EventLine.Of(delivery, time.GetUtcNow(), possiblyRepeated: delivery.Interrupted);
        await output.WriteAsync(line.AsMemory(), cancellationToken); // one write, so that lines never mix
        await output.FlushAsync(cancellationToken);
        return new SendResult.Sent(null, delivery.Interrupted);
    }

    public IReadOnlyList<string> Preview(Delivery delivery) => [EventLine.Of(delivery, time.GetUtcNow(), possiblyRepeated: delivery.Interrupted)];
}
