using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FeedWatch.Parsing;

namespace FeedWatch.Commands.Letters;

/// <summary>Letters as people and as scripts read them.</summary>
internal static class LetterTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Lines(IReadOnlyList<Letter> letters) => string.Concat(letters.Select(l => JsonSerializer.Serialize(
        new { to = l.To, id = l.Id, @event = l.Type, title = l.Title, subject = l.Subject, createdAt = l.CreatedAt, state = l.State, tries = l.Tries, reason = l.Reason, nextTry = l.NextTry },
        Json) + "\n"));

    public static string Table(IReadOnlyList<Letter> letters, DateTimeOffset now)
    {
        if (letters.Count == 0) return "Nothing waits: every event is on the bus and posted.\n";
        string[] heading = ["STATE", "TO", "ID", "EVENT", "AGE", "TRIES", "NEXT TRY", "SUBJECT"];
        var rows = letters.Select(l => new[]
        {
            l.State, l.To, l.Id, l.Type, Rough(now - l.CreatedAt), l.Tries.ToString(CultureInfo.InvariantCulture), Next(l, now), HtmlText.Shortened(l.Title, 60),
        }).ToList();
        var table = Columns.Text(heading, rows, i => letters[i].Reason is { } reason ? HtmlText.Shortened(reason, 300) : null);
        return $"{table}\n{string.Join(", ", letters.GroupBy(l => l.State).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}")))}.\n";
    }

    private static string Next(Letter letter, DateTimeOffset now) => letter.NextTry is not { } next ? "-" : next <= now ? "due" : $"in {Rough(next - now)}";

    private static string Rough(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
    };
}
