using System.Globalization;

namespace FeedWatch.Chat.Sending;

/// <summary>How long a chat asks to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>Where chats say it in the body, and in what unit: Discord, Telegram, Matrix before 1.10.</summary>
    private static readonly (string Path, double Seconds)[] InBody = [("retry_after", 1), ("parameters.retry_after", 1), ("retry_after_ms", 0.001)];

    /// <summary>The longest of what header and body say; null where neither does.</summary>
    public static TimeSpan? Of(ChatAnswer answer)
    {
        var asked = InBody.Select(b => Span(answer.Text(b.Path), b.Seconds)).Append(Header(answer)).Max();
        return asked is { } wait && wait > TimeSpan.Zero ? wait : null;
    }

    /// <summary>A number of seconds, with a fraction where the chat gives one.</summary>
    public static TimeSpan? Span(string? text, double seconds = 1) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * seconds < TimeSpan.MaxValue.TotalSeconds / 2
            ? TimeSpan.FromMilliseconds(Math.Ceiling(number * seconds * 1_000)) // never too early
            : null;

    /// <summary>Seconds or a date (RFC 9110, 10.2.3).</summary>
    private static TimeSpan? Header(ChatAnswer answer)
    {
        if (!answer.Headers.TryGetValue("Retry-After", out var value)) return null;
        return Span(value) ?? (DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date - answer.At : null);
    }
}
