using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FeedWatch.Chat.Sending;

/// <summary>JSON as it is sent: short, other scripts as they are, nothing where there is null, names as the properties are written.</summary>
internal static class ChatJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // chats count bytes, and this is never inlined in HTML
    };

    public static string Of(object body) => JsonSerializer.Serialize(body, Options);

    /// <summary>How many bytes a text takes in it, its escapes counted and its quotation marks not.</summary>
    public static int BytesOf(string text) => Encoding.UTF8.GetByteCount(Options.Encoder!.Encode(text));
}
