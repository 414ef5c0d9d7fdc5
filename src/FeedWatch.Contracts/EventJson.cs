using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeedWatch.Contracts;

/// <summary>The one way in which events become JSON and JSON becomes events.</summary>
public static class EventJson
{
    /// <summary>
    /// No body is larger, in bytes of UTF-8: CloudEvents lets consumers refuse what exceeds 64 KiB, and 4 KiB are for the attributes.
    /// What is left out of a larger event is counted in <see cref="FeedWatchEvent.LeftOut"/>.
    /// </summary>
    public const int MostBytes = 60 * 1024;

    public static JsonSerializerOptions Options { get; } = Frozen();

    public static string Serialize(FeedWatchEvent @event) => System.Text.Encoding.UTF8.GetString(SerializeToUtf8Bytes(@event));

    /// <summary>The body as it goes over the bus, at most <see cref="MostBytes"/> long.</summary>
    public static byte[] SerializeToUtf8Bytes(FeedWatchEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var json = JsonSerializer.SerializeToUtf8Bytes(@event, Options);
        return json.Length <= MostBytes ? json : SizeLimit.Fit(json, MostBytes, Options);
    }

    /// <exception cref="JsonException">The text is no event, or of a type that this version does not know.</exception>
    public static FeedWatchEvent Deserialize(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        RefuseEmptyEntries(System.Text.Encoding.UTF8.GetBytes(json));
        return JsonSerializer.Deserialize<FeedWatchEvent>(json, Options) ?? throw new JsonException("The event is null.");
    }

    /// <summary>No list of an event holds a null; what a list may hold, the serializer does not look at.</summary>
    private static void RefuseEmptyEntries(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        for (var before = JsonTokenType.None; reader.Read(); before = reader.TokenType)
        {
            if (reader.TokenType is JsonTokenType.Null && before is not (JsonTokenType.PropertyName or JsonTokenType.None)) throw new JsonException("A list of the event holds a null.");
        }
    }

    private static JsonSerializerOptions Frozen()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the body is JSON, never inlined in HTML; people read it
            AllowOutOfOrderMetadataProperties = true,
            RespectNullableAnnotations = true, // a null where a record has none would be met far from here
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
