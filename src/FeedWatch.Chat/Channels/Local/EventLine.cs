using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels.Local;

/// <summary>
/// An event as one JSON line: the body that goes over the bus and <c>ts</c>, the time of delivery in seconds since 1970.
/// A line that may stand there twice also has <c>"possiblyRepeated":true</c>.
/// </summary>
internal static class EventLine
{
    /// <summary>How every line begins, whole or torn.</summary>
    public const string Start = "{\"type\":\"";

    public static string Of(Delivery delivery, DateTimeOffset now, bool possiblyRepeated)
    {
        var body = EventJson.Serialize(delivery.Event);
        var ts = (now.ToUnixTimeMilliseconds() / 1000m).ToString("F3", CultureInfo.InvariantCulture);
        return $"{body[..^1]},\"ts\":{ts}{(possiblyRepeated ? ",\"possiblyRepeated\":true" : "")}}}\n";
    }

    /// <summary>Whether a line is of this event. Quotes inside JSON text are escaped, so that no title can imitate it.</summary>
    public static bool IsOf(ReadOnlySpan<char> line, Guid eventId) =>
        line.IndexOf($"\"id\":\"{eventId}\"", StringComparison.Ordinal) >= 0;
}
