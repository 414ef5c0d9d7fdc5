using System.Text.Json;
using System.Text.Json.Serialization;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// The Bot API as documented for sending and editing text; a request with a field that it does not have is refused, and errors are worded as it
/// words them. What stands in a chat is what a person reads: the text without its tags.
/// </summary>
internal sealed class TelegramServer : IAsyncDisposable
{
    public const string Token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
    public const string Group = "-4001";
    public const string Supergroup = "-1001234567890";
    public const string Topic = "7";

    private static readonly JsonSerializerOptions Strict = new(JsonBotAPI.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private readonly Dictionary<(string Chat, int Id), Posted> posts = [];
    private ChatServer? server;

    public ChatServer Chat => server!;

    /// <summary>The group was made a supergroup.</summary>
    public bool IsUpgraded { get; set; }

    /// <summary>Oldest first, as they read now.</summary>
    public IReadOnlyList<Posted> Posts => [.. posts.Values];

    public static async Task<TelegramServer> StartAsync()
    {
        var telegram = new TelegramServer();
        telegram.server = await ChatServer.StartAsync(telegram.AnswerTo);
        return telegram;
    }

    public void Clear() => posts.Clear();

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    private Answer AnswerTo(Asked asked)
    {
        if (asked.Path.Split('/') is not ["", var bot, var method]) return Error(404, "Not Found");
        if (bot != $"bot{Token}") return Error(401, "Unauthorized");
        return method switch
        {
            "sendMessage" => Send(JsonSerializer.Deserialize<SendMessageRequest>(asked.Body, Strict)!),
            "editMessageText" => Edit(JsonSerializer.Deserialize<EditMessageTextRequest>(asked.Body, Strict)!),
            _ => Error(404, "Not Found"),
        };
    }

    private Answer Send(SendMessageRequest request)
    {
        var chat = request.ChatId.ToString();
        if (Fault(chat, request.Text) is { } fault) return fault;
        if (request.MessageThreadId is { } thread && thread.ToString(null as IFormatProvider) != Topic) return Error(400, "Bad Request: message thread not found");
        var root = request.ReplyParameters?.MessageId;
        if (root is not null && !posts.ContainsKey((chat, root.Value)))
        {
            if (request.ReplyParameters is not { AllowSendingWithoutReply: true }) return Error(400, "Bad Request: message to be replied not found");
            root = null;
        }

        var id = posts.Count + 1;
        posts[(chat, id)] = new Posted(chat, HtmlReader.Read(request.Text).Text, request.Text) { Root = root, Thread = request.MessageThreadId, Preview = request.LinkPreviewOptions?.Url };
        return Answer.Json(new { ok = true, result = new { message_id = id, date = 1623145267, chat = new { id = long.Parse(chat, null), type = "supergroup" } } });
    }

    private Answer Edit(EditMessageTextRequest request)
    {
        var chat = request.ChatId!.ToString();
        if (Fault(chat, request.Text!) is { } fault) return fault;
        if (!posts.TryGetValue((chat, request.MessageId), out var post)) return Error(400, "Bad Request: message to edit not found");
        if (post.Html == request.Text) return Error(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same");
        posts[(chat, request.MessageId)] = post with { Html = request.Text!, Text = HtmlReader.Read(request.Text!).Text };
        return Answer.Json(new { ok = true, result = new { message_id = request.MessageId } });
    }

    private Answer? Fault(string chat, string html)
    {
        if (chat == Group && IsUpgraded)
            return Answer.Json(new { ok = false, error_code = 400, description = "Bad Request: group chat was upgraded to a supergroup chat", parameters = new { migrate_to_chat_id = long.Parse(Supergroup, null) } }, 400);
        if (chat is not (Group or Supergroup)) return Error(400, "Bad Request: chat not found");
        var length = HtmlReader.Read(html).Text.Length;
        return length == 0 ? Error(400, "Bad Request: message text is empty") : length > 4_096 ? Error(400, "Bad Request: message is too long") : null;
    }

    private static Answer Error(int status, string description) => Answer.Json(new { ok = false, error_code = status, description }, status);

    internal sealed record Posted(string Chat, string Text, string Html)
    {
        public int? Root { get; init; }

        public int? Thread { get; init; }

        public string? Preview { get; init; }
    }
}
