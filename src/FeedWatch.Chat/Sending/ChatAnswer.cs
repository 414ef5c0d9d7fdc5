using System.Globalization;
using System.Text.Json;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Wording;

namespace FeedWatch.Chat.Sending;

/// <summary>What a chat answered. Reading it never throws, whatever a proxy in between made of it.</summary>
internal sealed record ChatAnswer(int Status, string Body = "")
{
    private const int MostOfReason = 200;

    /// <summary>By name, whatever its case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>When it came; dates in headers count from there.</summary>
    public DateTimeOffset At { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The body as JSON; an undefined element where it is none.</summary>
    public JsonElement Json { get; } = Parse(Body);

    /// <summary>A text, or a number as text, at a path of the body such as <c>message.id</c>; null where there is none.</summary>
    public string? Text(string path) => Find(path) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>
    /// What an answer that is no success means for most chats: 401, 403, 404 and 410 say that the channel itself is of no use until a person
    /// mends it, other 4xx that this one post is not taken, the rest that it may be tried later.
    /// </summary>
    /// <param name="reason">What the chat said, in its own words; its whole answer otherwise.</param>
    public SendResult NotAccepted(string? reason = null)
    {
        var why = Why(reason);
        return Status switch
        {
            401 or 403 or 404 or 410 => new SendResult.Broken(why),
            >= 300 and < 400 => new SendResult.Broken($"{why} It points elsewhere, and redirects are not followed: put the right address into the settings."),
            408 or 425 or 429 => new SendResult.RetryLater(RetryAfter.Of(this), why),
            503 => new SendResult.RetryLater(RetryAfter.Of(this), why),
            >= 500 => new SendResult.RetryLater(RetryAfter.Of(this), why) { PerhapsSent = true },
            _ => new SendResult.Refused(why),
        };
    }

    /// <summary>"HTTP 404: Unknown Webhook."</summary>
    public string Why(string? reason = null)
    {
        var said = PlainText.Of(reason ?? Body, MostOfReason).TrimEnd('.');
        return said.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"HTTP {Status}.")
            : string.Create(CultureInfo.InvariantCulture, $"HTTP {Status}: {said}.");
    }

    private JsonElement Find(string path)
    {
        var element = Json;
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element)) return default;
        }

        return element;
    }

    private static JsonElement Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
