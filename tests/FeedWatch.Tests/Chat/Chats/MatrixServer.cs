using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// A Matrix homeserver as the client-server API describes it for sending: a transaction id that came before is answered with the event that is
/// there, an event has 65,536 bytes at most, an edit or a thread needs an event of the same room. Errors are worded as Synapse words them.
/// </summary>
internal sealed class MatrixServer : IAsyncDisposable
{
    public const string Token = "syt_ZmVlZHdhdGNo_secret";
    public const string Room = "!desk:matrix.example";

    private const int MostOfEvent = 65_536;
    private const int AddedByServers = 2_000; // hashes, signatures, and the events before it

    private readonly Dictionary<string, string> transactions = [];
    private readonly Dictionary<string, JsonElement> events = [];
    private ChatServer? server;

    public ChatServer Chat => server!;

    /// <summary>All events, oldest first.</summary>
    public IReadOnlyList<(string Id, JsonElement Content)> Events => [.. events.Select(e => (e.Key, e.Value))];

    public static async Task<MatrixServer> StartAsync()
    {
        var matrix = new MatrixServer();
        matrix.server = await ChatServer.StartAsync(matrix.AnswerTo);
        return matrix;
    }

    /// <summary>What a client that knows edits shows now: the text of everything that is no edit, oldest first.</summary>
    public IReadOnlyList<string> Shown() =>
    [
        .. events.Where(e => Relation(e.Value) is not ("m.replace", _)).Select(e =>
            (events.Values.LastOrDefault(o => Relation(o) == ("m.replace", e.Key)) is { ValueKind: JsonValueKind.Object } edit ? edit.GetProperty("m.new_content") : e.Value).GetProperty("body").GetString()!),
    ];

    /// <summary>The room was purged, transaction ids included.</summary>
    public void Clear()
    {
        events.Clear();
        transactions.Clear();
    }

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    public static (string Type, string Event)? Relation(JsonElement content) =>
        content.TryGetProperty("m.relates_to", out var relation) ? (relation.GetProperty("rel_type").GetString()!, relation.GetProperty("event_id").GetString()!) : null;

    private Answer AnswerTo(Asked asked)
    {
        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}") return Error(401, "M_UNKNOWN_TOKEN", "Unrecognised access token");
        if (asked.Path.Split('/') is not ["", "_matrix", "client", "v3", "rooms", var room, "send", "m.room.message", var transaction] || asked.Method != "PUT")
            return Error(404, "M_UNRECOGNIZED", "Unrecognized request");
        if (room != Room) return Error(403, "M_FORBIDDEN", $"User @feedwatch:matrix.example not in room {room}");
        if (transactions.TryGetValue(transaction, out var before)) return Answer.Json(new { event_id = before });
        if (Encoding.UTF8.GetByteCount(asked.Body) + AddedByServers > MostOfEvent) return Error(413, "M_TOO_LARGE", "event too large");
        if (Relation(asked.Json) is { } relation && !events.ContainsKey(relation.Event)) return Error(400, "M_UNKNOWN", "Can't send relation to unknown event");

        var id = "$event" + events.Count.ToString(CultureInfo.InvariantCulture);
        transactions[transaction] = id;
        events[id] = asked.Json;
        return Answer.Json(new { event_id = id });
    }

    private static Answer Error(int status, string errcode, string error) => Answer.Json(new { errcode, error }, status);
}
