using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FeedWatch.Tests.Chat.Chats;

namespace FeedWatch.Tests.Chat.Hooks;

/// <summary>
/// An ntfy server (2.16 or later) as documented for publishing JSON: sizes and codes are those of its <c>server/config.go</c> and
/// <c>server/errors.go</c>. Its topic <c>private</c> wants credentials.
/// </summary>
internal sealed partial class NtfyServer : IAsyncDisposable
{
    public const string Token = "tk_agent7secret";
    public const string UserAndPassword = "desk:correct-horse";

    private const int MostOfMessage = 4_096;

    private readonly List<JsonElement> messages = [];
    private ChatServer? server;

    public ChatServer Chat => server!;

    public IReadOnlyList<JsonElement> Messages => messages;

    /// <summary>What stands on a phone: the last of each sequence.</summary>
    public IReadOnlyList<JsonElement> Shown => [.. messages.GroupBy(m => m.GetProperty("sequence_id").GetString()).Select(g => g.Last())];

    public static async Task<NtfyServer> StartAsync()
    {
        var ntfy = new NtfyServer();
        ntfy.server = await ChatServer.StartAsync(ntfy.AnswerTo);
        return ntfy;
    }

    public string Topic(string name) => new Uri(Chat.Address, name).AbsoluteUri;

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    private Answer AnswerTo(Asked asked)
    {
        if (asked.Method != "POST" || asked.Path != "/") return Error(404, 40401, "page not found");
        if (Encoding.UTF8.GetByteCount(asked.Body) > MostOfMessage * 2) return Error(413, 41303, "JSON body too large");
        var topic = asked.Json.GetProperty("topic").GetString()!;
        if (!TopicName().IsMatch(topic)) return Error(400, 40009, "invalid request: topic invalid");
        if (topic == "v1") return Error(400, 40010, "invalid request: topic name is disallowed");
        if (topic == "private" && Denied(asked.Headers.GetValueOrDefault("Authorization")) is { } denied) return denied;
        if (Encoding.UTF8.GetByteCount(asked.Json.GetProperty("message").GetString()!) > MostOfMessage) return Error(400, 40014, "invalid request: attachments not allowed");
        if (asked.Json.GetProperty("priority").GetInt32() is < 1 or > 5) return Error(400, 40007, "invalid priority parameter");
        if (!TopicName().IsMatch(asked.Json.GetProperty("sequence_id").GetString()!)) return Error(400, 40049, "invalid request: sequence ID invalid");

        messages.Add(asked.Json);
        return Answer.Json(new { id = $"sPs71M8A2T{messages.Count.ToString(CultureInfo.InvariantCulture)}", time = 1623145267, @event = "message", topic });
    }

    private static Answer? Denied(string? authorization) => authorization switch
    {
        null => Error(403, 40301, "forbidden"),
        $"Bearer {Token}" => null,
        _ when authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(UserAndPassword))}" => null,
        _ => Error(401, 40101, "unauthorized"),
    };

    private static Answer Error(int status, int code, string error) => Answer.Json(new { code, http = status, error, link = "https://ntfy.sh/docs/publish" }, status);

    [GeneratedRegex("^[-_A-Za-z0-9]{1,64}$")]
    private static partial Regex TopicName();
}
