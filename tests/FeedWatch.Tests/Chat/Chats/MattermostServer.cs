using System.Globalization;
using System.Text.Json;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>Mattermost's webhooks and its API v4 for posts as documented.</summary>
internal sealed class MattermostServer : IAsyncDisposable
{
    public const string Token = "i7ru94w4bf8yzqmhdxtd";
    public const string Channel = "4xp9fdt77pncbef59f4k1qe83o";

    private readonly Dictionary<string, JsonElement> posts = [];
    private ChatServer? server;

    public ChatServer Chat => server!;

    public string Webhook => new Uri(Chat.Address, "hooks/secret").AbsoluteUri;

    public string Url => Chat.Address.AbsoluteUri;

    public IReadOnlyList<JsonElement> Posts => [.. posts.Values];

    public static async Task<MattermostServer> StartAsync()
    {
        var mattermost = new MattermostServer();
        mattermost.server = await ChatServer.StartAsync(mattermost.AnswerTo);
        return mattermost;
    }

    public void Clear() => posts.Clear();

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    private Answer AnswerTo(Asked asked)
    {
        var text = asked.Json.TryGetProperty("text", out var t) ? t.GetString()! : asked.Json.GetProperty("message").GetString()!;
        if (text.Length is 0 or > 16_383) return Error(400, "model.post.is_valid.message_length.app_error", "Invalid message.");
        if (asked.Path.StartsWith("/hooks/", StringComparison.Ordinal))
        {
            if (asked.Path != "/hooks/secret") return Error(400, "web.incoming_webhook.invalid.app_error", "Invalid webhook.");
            posts[posts.Count.ToString(CultureInfo.InvariantCulture)] = asked.Json;
            return new Answer(200, "ok");
        }

        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}") return Error(401, "api.context.session_expired.app_error", "Invalid or expired session, please login again.");
        if (asked.Method == "PUT")
        {
            var edited = asked.Path.Split('/')[4];
            if (!posts.ContainsKey(edited)) return Error(404, "app.post.get.app_error", "Unable to get the post.");
            posts[edited] = asked.Json;
            return Answer.Json(new { id = edited });
        }

        if (asked.Json.GetProperty("channel_id").GetString() != Channel) return Error(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.");
        if (asked.Json.TryGetProperty("root_id", out var root) && !posts.ContainsKey(root.GetString()!)) return Error(400, "api.post.create_post.root_id.app_error", "Invalid RootId parameter.");
        var id = $"post{posts.Count}";
        posts[id] = asked.Json;
        return Answer.Json(new { id }, 201);
    }

    private static Answer Error(int status, string id, string message) => Answer.Json(new { id, message, status_code = status }, status);
}
