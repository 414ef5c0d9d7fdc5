using System.Globalization;
using System.Text.Json;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// Discord as its documentation describes it for webhooks: what it refuses, what it answers, and the messages that stand there. Sizes are
/// those of <c>resources/message</c> ("Embed Limits"), error codes those of <c>topics/opcodes-and-status-codes</c>.
/// </summary>
internal sealed class DiscordServer : IAsyncDisposable
{
    public const string Path = "/api/webhooks/81/secret-token";

    private readonly Dictionary<string, (string Channel, JsonElement Body)> messages = [];
    private ChatServer? server;

    public bool IsForum { get; init; }

    public ChatServer Chat => server!;

    public string Url => new Uri(Chat.Address, Path).AbsoluteUri;

    /// <summary>What a person sees now, oldest first.</summary>
    public IReadOnlyList<(string Channel, JsonElement Body)> Messages => [.. messages.Values];

    public static async Task<DiscordServer> StartAsync(bool forum = false)
    {
        var discord = new DiscordServer { IsForum = forum };
        discord.server = await ChatServer.StartAsync(discord.AnswerTo);
        return discord;
    }

    /// <summary>A moderator deletes everything.</summary>
    public void Clear() => messages.Clear();

    public ValueTask DisposeAsync() => Chat.DisposeAsync();

    private Answer AnswerTo(Asked asked)
    {
        if (!asked.Path.StartsWith(Path, StringComparison.Ordinal)) return Error(404, 10015, "Unknown Webhook");
        var query = asked.Query.TrimStart('?').Split('&').Select(p => p.Split('=')).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]);
        var thread = query.GetValueOrDefault("thread_id");
        if (Fault(asked.Json) is { } fault) return Error(400, 50035, $"Invalid Form Body: {fault}");
        if (asked.Method == "PATCH")
        {
            var id = asked.Path[(Path.Length + "/messages/".Length)..];
            if (!messages.TryGetValue(id, out var message) || (IsForum && message.Channel != thread)) return Error(404, 10008, "Unknown Message");
            messages[id] = message with { Body = asked.Json };
            return Answer.Json(new { id, channel_id = message.Channel });
        }

        var opens = asked.Json.TryGetProperty("thread_name", out _);
        if (IsForum && !opens && thread is null) return Error(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id");
        if (!IsForum && opens) return Error(400, 220003, "Webhooks can only create threads in forum channels");
        if (thread is not null && messages.Values.All(m => m.Channel != thread)) return Error(404, 10003, "Unknown Channel");
        if (query.GetValueOrDefault("wait") != "true") return new Answer(204);

        var number = (messages.Count + 1001).ToString(CultureInfo.InvariantCulture);
        var channel = thread ?? (opens ? number : "500");
        messages[number] = (channel, asked.Json);
        return Answer.Json(new { id = number, channel_id = channel });
    }

    private static Answer Error(int status, int code, string message) => Answer.Json(new { message, code }, status);

    /// <summary>What is wrong with a message; null where nothing is.</summary>
    public static string? Fault(JsonElement body)
    {
        if (body.TryGetProperty("thread_name", out var name) && name.GetString()!.Length is < 1 or > 100) return "thread_name";
        var embeds = body.GetProperty("embeds").EnumerateArray().ToList();
        if (embeds.Count is < 1 or > 10) return "embeds";
        var sum = 0;
        foreach (var (field, most) in new[] { ("title", 256), ("description", 4_096) })
        {
            foreach (var embed in embeds)
            {
                if (!embed.TryGetProperty(field, out var text)) continue;
                sum += text.GetString()!.Length;
                if (text.GetString()!.Length is 0 || text.GetString()!.Length > most) return field;
            }
        }

        sum += embeds.Sum(e => e.GetProperty("author").GetProperty("name").GetString()!.Length);
        return sum > 6_000 ? "embeds together" : embeds.Any(e => e.GetProperty("author").GetProperty("name").GetString()!.Length > 256) ? "author.name" : null;
    }
}
