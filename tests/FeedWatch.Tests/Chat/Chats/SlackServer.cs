using System.Globalization;
using System.Text.Json;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>Slack's web API and incoming webhooks as documented: errors come with status 200 from the API and as plain words from a webhook.</summary>
internal sealed class SlackServer : IAsyncDisposable
{
    public const string Token = "xoxb-1-secret";

    private readonly Dictionary<string, JsonElement> messages = [];
    private ChatServer? server;

    public ChatServer Chat => server!;

    public string Webhook => new Uri(Chat.Address, "services/T0/B0/secret").AbsoluteUri;

    public string Api => new Uri(Chat.Address, "api/").AbsoluteUri;

    public IReadOnlyList<JsonElement> Messages => [.. messages.Values];

    public static async Task<SlackServer> StartAsync()
    {
        var slack = new SlackServer();
        slack.server = await ChatServer.StartAsync(slack.AnswerTo);
        return slack;
    }

    public void Clear() => messages.Clear();

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    private Answer AnswerTo(Asked asked)
    {
        if (asked.Path.StartsWith("/services/", StringComparison.Ordinal))
        {
            if (!asked.Path.EndsWith("/secret", StringComparison.Ordinal)) return new Answer(404, "no_service");
            return Fault(asked.Json) is { } wrong ? new Answer(400, wrong) : new Answer(200, "ok");
        }

        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}") return Error("invalid_auth");
        if (!asked.Headers["Content-Type"].StartsWith("application/json", StringComparison.Ordinal)) return Error("invalid_form_data");
        var body = asked.Json;
        if (Fault(body) is { } fault) return Error(fault);
        if (body.GetProperty("channel").GetString() is not ("C024BE91L" or "general")) return Error("channel_not_found");
        if (asked.Path == "/api/chat.update")
        {
            var ts = body.GetProperty("ts").GetString()!;
            if (!messages.ContainsKey(ts)) return Error("message_not_found");
            messages[ts] = body;
            return Answer.Json(new { ok = true, channel = "C024BE91L", ts });
        }

        if (body.TryGetProperty("thread_ts", out var thread) && !messages.ContainsKey(thread.GetString()!)) return Error("thread_not_found");
        var id = $"150305519{messages.Count}.{(100 + messages.Count).ToString("D6", CultureInfo.InvariantCulture)}";
        messages[id] = body;
        return Answer.Json(new { ok = true, channel = "C024BE91L", ts = id });
    }

    private static Answer Error(string error) => Answer.Json(new { ok = false, error });

    private static string? Fault(JsonElement body)
    {
        if (!body.TryGetProperty("text", out var text) || text.GetString()!.Length == 0) return "no_text";
        if (text.GetString()!.Length > 4_000) return "msg_too_long";
        return body.GetProperty("blocks").GetArrayLength() is < 1 or > 50 ? "invalid_blocks" : body.GetProperty("blocks").GetRawText().Length > 40_000 ? "msg_blocks_too_long" : null;
    }
}
