using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeedWatch.Contracts;

/// <summary>The one way in which events become JSON and JSON becomes events.</summary>
public static class EventJson
{
    public static JsonSerializerOptions Options { get; } = Frozen();

    public static string Serialize(FeedWatchEvent @event) => JsonSerializer.Serialize(@event, Options);

    /// <exception cref="JsonException">The text is no event, or of a type that this version does not know.</exception>
    public static FeedWatchEvent Deserialize(string json) =>
        JsonSerializer.Deserialize<FeedWatchEvent>(json, Options) ?? throw new JsonException("The event is null.");

    private static JsonSerializerOptions Frozen()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the body is JSON, never inlined in HTML; people read it
            AllowOutOfOrderMetadataProperties = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
