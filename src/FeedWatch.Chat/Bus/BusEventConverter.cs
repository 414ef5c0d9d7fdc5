using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Bus;

/// <summary>An event of a type that a newer FeedWatch publishes and this version does not know.</summary>
internal sealed record UnknownEvent : FeedWatchEvent
{
    public required string Type { get; init; }
}

/// <summary>
/// Makes MassTransit read and write events with <see cref="EventJson"/>, whatever its own options, and read a type of a newer
/// version as <see cref="UnknownEvent"/>, which would otherwise end in the error queue.
/// </summary>
internal sealed class BusEventConverter : JsonConverter<FeedWatchEvent>
{
    /// <summary>A type cannot have both a converter and derived types by attribute; here the converter is to do it all.</summary>
    public static void TakeOver(JsonTypeInfo type)
    {
        if (type.Type == typeof(FeedWatchEvent)) type.PolymorphismOptions = null;
    }

    /// <summary>MassTransit writes by the type that the event is, and reads by the type that the consumer takes.</summary>
    public override bool CanConvert(Type typeToConvert) => typeof(FeedWatchEvent).IsAssignableFrom(typeToConvert);

    public override FeedWatchEvent? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var body = JsonElement.ParseValue(ref reader);
        return body.ValueKind is JsonValueKind.Object
            && body.TryGetProperty("type", out var type) && type.GetString() is { } name && !EventTypes.All.ContainsKey(name)
            && body.TryGetProperty("id", out var id) && id.TryGetGuid(out var eventId)
            && body.TryGetProperty("time", out var time) && time.TryGetDateTimeOffset(out var at)
            ? new UnknownEvent { Id = eventId, Time = at, Type = PlainText.Of(name, 60) }
            : EventJson.Deserialize(body.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, FeedWatchEvent value, JsonSerializerOptions options) =>
        writer.WriteRawValue(EventJson.SerializeToUtf8Bytes(value), skipInputValidation: true);
}
