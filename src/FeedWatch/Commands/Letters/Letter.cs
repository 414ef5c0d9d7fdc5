using System.Globalization;
using System.Text.Json;
using FeedWatch.Chat.Keeping;
using FeedWatch.Chat.Storing;
using FeedWatch.Publishing.Letters;

namespace FeedWatch.Commands.Letters;

/// <summary>An event that has not arrived everywhere: on its way to the bus, or to one chat channel.</summary>
internal sealed record Letter
{
    public const string Dead = "dead";

    /// <summary><c>bus</c>, or the name of the channel.</summary>
    public required string To { get; init; }

    /// <summary>The chat side's ledger that it is in; null where it is in the outbox.</summary>
    public LedgerPlace? Ledger { get; init; }

    /// <summary>Its number in its own store.</summary>
    public required long Number { get; init; }

    /// <summary>The event's id.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }
    public required string Title { get; init; }

    /// <summary>The incident, which keeps events in order; null where it is not known.</summary>
    public string? Subject { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>waiting</c>, <c>failing</c> (and tried again) or <c>dead</c>.</summary>
    public required string State { get; init; }
    public required long Tries { get; init; }
    public string? Reason { get; init; }

    /// <summary>Null where it is not tried any more.</summary>
    public DateTimeOffset? NextTry { get; init; }

    public static Letter Of(OutboxLetter row)
    {
        var (type, title) = Words(row.Body);
        return new Letter
        {
            To = "bus", Number = row.Position, Id = row.EventId.ToString(), Type = type, Title = title, Subject = row.Subject.ToString(), CreatedAt = Time(row.CreatedAt),
            State = row.DeadAt is not null ? Dead : row.Attempts > 0 ? "failing" : "waiting",
            Tries = row.Attempts, Reason = row.Failure, NextTry = row.DeadAt is null ? Time(row.NextAt) : null,
        };
    }

    public static Letter Of(ChatLetter row, LedgerPlace ledger)
    {
        var (type, title) = Words(row.Body);
        return new Letter
        {
            To = row.Channel, Ledger = ledger, Number = row.Seq, Id = row.EventId, Type = type, Title = title, CreatedAt = Time(row.RecordedAt),
            State = row.IsDead ? Dead : row.Tries > 0 ? "failing" : "waiting",
            Tries = row.Tries, Reason = row.State == "unsure" ? $"{row.Reason} Perhaps it was posted." : row.Reason, NextTry = row.IsDead ? null : Time(row.DueAt),
        };
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    // Whatever is in there: an event that cannot be read is one of the things to be shown.
    private static (string Type, string Title) Words(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return (Text(root, "type") ?? "?", Text(root, "title") ?? Text(root, "feed") ?? (root.TryGetProperty("article", out var article) ? Text(article, "title") : null) ?? "");
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return ("unreadable", string.Create(CultureInfo.InvariantCulture, $"{body.Length} characters"));
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
