using System.Text.Json;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;

namespace FeedWatch.Chat;

/// <summary>Tries one channel by itself: shows what it would post, or posts a sample. Nothing is written into the ledger.</summary>
public sealed class ChannelTrial
{
    private readonly IChatChannel channel;
    private readonly TimeProvider time;

    private ChannelTrial(IChatChannel channel, TimeProvider time) => (this.channel, this.time) = (channel, time);

    /// <summary>The names and types that there are, for whoever gave another.</summary>
    public static string Known(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"channels in the settings: {string.Join(", ", options.Channels.Select(c => c.Name))}; types: {ChannelTypes.Known}";
    }

    /// <summary>A channel of the settings; null where none has this name.</summary>
    /// <param name="options">Validated.</param>
    /// <param name="name">Whatever its case.</param>
    /// <param name="time">The clock.</param>
    public static ChannelTrial? OfName(ChatOptions options, string name, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Channels.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? Of(found, time) : null;
    }

    /// <summary>A channel of a type with settings that would do, to preview with; null where there is no such type.</summary>
    public static ChannelTrial? OfType(string type, TimeProvider time) =>
        ChannelTypes.All.TryGetValue(type, out var known) ? new ChannelTrial(known.Open(ChannelTypes.Example(type), ChannelTypes.Parts(time)), time) : null;

    /// <summary>Exactly what would be posted, one text for each request; or none, and why.</summary>
    /// <param name="eventLine">One line of <c>run --json</c>.</param>
    /// <param name="earlier">What the channel called the incident's first post, for an update; null for a first post.</param>
    /// <exception cref="JsonException">The line is no event.</exception>
    public (IReadOnlyList<string> Requests, string? Note) Preview(string eventLine, string? earlier)
    {
        using (var json = JsonDocument.Parse(eventLine))
        {
            if (json.RootElement.ValueKind is not JsonValueKind.Object || !json.RootElement.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String)
                throw new JsonException("It has no type.");
            if (type.GetString() is { } name && !EventTypes.All.ContainsKey(name))
                return ([], $"This version does not know events of type {Wording.PlainText.Of(name, 60)}; it leaves them alone.");
        }

        var @event = EventJson.Deserialize(eventLine);
        return channel.Wants(@event)
            ? (channel.Preview(new Delivery { Event = @event, Earlier = earlier }), null)
            : ([], "The channel leaves this event alone.");
    }

    /// <summary>Posts a sample. Returns null where the channel took it, else what went wrong.</summary>
    public async Task<string?> PostSampleAsync(CancellationToken cancellationToken) =>
        await channel.SendAsync(new Delivery { Event = SampleEvent.At(time.GetUtcNow()) }, cancellationToken) switch
        {
            SendResult.Sent => null,
            SendResult.RetryLater later => later.After is { } after ? $"{later.Why} It asks to be left alone for {after}." : later.Why,
            SendResult.Refused refused => refused.Why,
            SendResult.Broken broken => broken.Why,
            _ => "nobody knows.",
        };

    private static ChannelTrial Of(ChannelOptions options, TimeProvider time) => new(ChannelTypes.Open(options, ChannelTypes.Parts(time)), time);
}
