using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FeedWatch.Hosting;
using FeedWatch.Parsing;
using FeedWatch.Sources;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Feeds;

/// <summary><c>feedwatch feeds list</c>: how each feed fares, read beside a running service.</summary>
internal static class ListCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Places places)
    {
        var json = new Option<bool>("--json") { Description = "One JSON line for each feed." };
        var command = new Command("list", "Show each feed's state, last success, next poll, failures and what had to be repaired.");
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var desk = places.Open(parsed);
            using var database = StorageRoom.OpenReadOnly(desk.Storage);
            var now = TimeProvider.System.GetUtcNow();
            var states = await FeedState.ReadAsync(desk.Lists.Read(), database, now, cancellationToken);
            await Console.Out.WriteAsync(parsed.GetValue(json) ? Lines(states) : Table(states, now, database is not null));
            return ExitCode.Done;
        });
        return command;
    }

    internal static string Lines(IReadOnlyList<FeedState> states) => string.Concat(states.Select(s => JsonSerializer.Serialize(
        new
        {
            name = s.Feed.Name,
            url = s.Feed.Url.AbsoluteUri,
            movedTo = s.Url == s.Feed.Url ? null : s.Url.AbsoluteUri,
            state = s.Word,
            enabled = s.Feed.Enabled,
            language = s.Feed.Language,
            country = s.Feed.Country,
            polledAt = s.PolledAt,
            succeededAt = s.SucceededAt,
            nextPollAt = s.NextPollAt,
            failures = s.Failures,
            failure = s.Failure,
            repairs = s.Repairs,
        },
        Json) + "\n"));

    internal static string Table(IReadOnlyList<FeedState> states, DateTimeOffset now, bool polled)
    {
        string[] heading = ["STATE", "NAME", "LAST SUCCESS", "NEXT POLL", "FAILURES", "REPAIRS", "ADDRESS"];
        var rows = states.Select(s => new[]
        {
            s.Word, HtmlText.Shortened(s.Feed.Name, 40), Ago(s.SucceededAt, now), Ahead(s.NextPollAt, now), Count(s.Failures), Count(s.Repairs.Count), s.Url.AbsoluteUri,
        }).ToList();
        var table = Columns.Text(heading, rows, i => states[i] is { Failure: { } failure } ? failure : null);
        var words = states.GroupBy(s => s.Word).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}"));
        return string.Create(CultureInfo.InvariantCulture, $"{table}\n{states.Count} feeds: {string.Join(", ", words)}.{(polled ? "" : " No poll was recorded in this data folder yet.")}\n");
    }

    private static string Count(int count) => count == 0 ? "-" : count.ToString(CultureInfo.InvariantCulture);

    private static string Ago(DateTimeOffset? then, DateTimeOffset now) => then is { } t ? $"{Rough(now - t)} ago" : "-";

    private static string Ahead(DateTimeOffset? then, DateTimeOffset now) => then is not { } t ? "-" : t <= now ? "due" : $"in {Rough(t - now)}";

    private static string Rough(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "moments",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
    };
}
