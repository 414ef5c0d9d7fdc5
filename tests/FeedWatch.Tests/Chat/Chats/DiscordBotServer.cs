using System.Globalization;
using System.Text.Json;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// Discord's API v10 for bots as documented: messages of a channel, threads below them, and a nonce that is kept unique where that is asked for.
/// </summary>
internal sealed class DiscordBotServer : IAsyncDisposable
{
    public const string Token = "MTk4NjIyNDgzNDcxOTI1MjQ4.secret";
    public const string Channel = "500";
    public const string Forum = "600";

    private readonly Dictionary<string, (string Channel, JsonElement Body)> messages = [];
    private readonly Dictionary<string, string> nonces = [];
    private readonly HashSet<string> threads = [];
    private ChatServer? server;

    public ChatServer Chat => server!;

    public string Url => new Uri(Chat.Address, "api/v10").AbsoluteUri;

    /// <summary>What a person sees now, oldest first.</summary>
    public IReadOnlyList<(string Channel, JsonElement Body)> Messages => [.. messages.Values];

    public static async Task<DiscordBotServer> StartAsync()
    {
        var discord = new DiscordBotServer();
        discord.server = await ChatServer.StartAsync(discord.AnswerTo);
        return discord;
    }

    /// <summary>A moderator deletes everything.</summary>
    public void Clear()
    {
        messages.Clear();
        nonces.Clear();
        threads.Clear();
    }

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    private Answer AnswerTo(Asked asked)
    {
        if (asked.Headers.GetValueOrDefault("Authorization") != $"Bot {Token}") return Error(401, 0, "401: Unauthorized");
        return (asked.Method, asked.Path.Split('/')) switch
        {
            ("POST", ["", "api", "v10", "channels", var channel, "messages"]) => Post(channel, asked.Json),
            ("PATCH", ["", "api", "v10", "channels", var channel, "messages", var id]) => Edit(channel, id, asked.Json),
            ("POST", ["", "api", "v10", "channels", var channel, "messages", var id, "threads"]) => Open(channel, id, asked.Json),
            ("POST", ["", "api", "v10", "channels", var channel, "threads"]) => OpenInForum(channel, asked.Json),
            _ => Error(404, 0, "404: Not Found"),
        };
    }

    private Answer Post(string channel, JsonElement body)
    {
        if (channel == "403") return Error(403, 50001, "Missing Access");
        if (channel == Forum) return Error(400, 50008, "Cannot send messages in a non-text channel");
        if (channel != Channel && !threads.Contains(channel)) return Error(404, 10003, "Unknown Channel");
        if (DiscordServer.Fault(body) is { } fault) return Error(400, 50035, $"Invalid Form Body: {fault}");
        var nonce = body.GetProperty("nonce").GetString()!;
        if (nonce.Length is 0 or > 25) return Error(400, 50035, "Invalid Form Body: nonce");
        if (body.GetProperty("enforce_nonce").GetBoolean() && nonces.TryGetValue(nonce, out var before)) return Answer.Json(new { id = before, channel_id = messages[before].Channel });

        var id = (messages.Count + 1001).ToString(CultureInfo.InvariantCulture);
        messages[id] = (channel, body);
        nonces[nonce] = id;
        return Answer.Json(new { id, channel_id = channel });
    }

    private Answer Edit(string channel, string id, JsonElement body)
    {
        if (!messages.TryGetValue(id, out var message) || message.Channel != channel) return id == "999" ? Error(403, 50005, "Cannot edit a message authored by another user") : Error(404, 10008, "Unknown Message");
        if (DiscordServer.Fault(body) is { } fault) return Error(400, 50035, $"Invalid Form Body: {fault}");
        messages[id] = message with { Body = body };
        return Answer.Json(new { id, channel_id = channel });
    }

    private Answer Open(string channel, string id, JsonElement body)
    {
        if (!messages.TryGetValue(id, out var message) || message.Channel != channel) return Error(404, 10008, "Unknown Message");
        if (body.GetProperty("name").GetString()!.Length is < 1 or > 100) return Error(400, 50035, "Invalid Form Body: name");
        return threads.Add(id) ? Answer.Json(new { id, name = "thread", type = 11 }, 201) : Error(400, 160004, "A thread has already been created for this message");
    }

    /// <summary>A text channel opens a private thread, and leaves alone what only forums know.</summary>
    private Answer OpenInForum(string channel, JsonElement body)
    {
        if (body.GetProperty("name").GetString()!.Length is < 1 or > 100) return Error(400, 50035, "Invalid Form Body: name");
        if (channel == Channel) return Answer.Json(new { id = "7", type = 12 }, 201);
        if (channel != Forum) return Error(404, 10003, "Unknown Channel");
        var message = body.GetProperty("message");
        if (DiscordServer.Fault(message) is { } fault) return Error(400, 50035, $"Invalid Form Body: {fault}");
        var id = (messages.Count + 1001).ToString(CultureInfo.InvariantCulture);
        messages[id] = (id, message);
        threads.Add(id);
        return Answer.Json(new { id, parent_id = channel, type = 11, message = new { id, channel_id = id } }, 201);
    }

    private static Answer Error(int status, int code, string message) => Answer.Json(new { message, code }, status);
}
