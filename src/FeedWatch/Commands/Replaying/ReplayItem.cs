using System.Globalization;
using System.Text.Json;
using FeedWatch.Detection;
using FeedWatch.Parsing;
using FeedWatch.Parsing.Dates;
using FeedWatch.Seen;
using FeedWatch.Sources;
using FeedWatch.Storage;

namespace FeedWatch.Commands.Replaying;

/// <summary>One archived article, as a line of the archive has it.</summary>
/// <param name="Id">What it is called in the answer; its line's number where the archive gives none.</param>
/// <param name="At">When it was published.</param>
internal sealed record ReplayItem(string Id, string Title, string Summary, string Content, string? Language, Uri? Link, string Source, DateTimeOffset At)
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    public ArticleText Text => new(Title, Summary, Content);

    /// <summary>The outlet, as if its feed had been polled.</summary>
    public Feed Feed => new() { Id = NameUuid.Of("feed", Source), Url = new Uri("https://archive.invalid/"), Name = Source, Language = Language };

    public NewArticle ToArticle() => ArticleKey.OfFeed([new Article(Title, Summary, Content, Id, Link, At, null)], Feed.Id)[0];

    /// <summary>The lines of an archive in the order of their dates; a line without one stands with the line before it.</summary>
    /// <exception cref="BadInputException">A line is no article; the message names file and line.</exception>
    public static async Task<IReadOnlyList<ReplayItem>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var items = new List<ReplayItem>();
        try
        {
            using var lines = file == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(file);
            var last = DateTimeOffset.UnixEpoch;
            for (var number = 1; await lines.ReadLineAsync(cancellationToken) is { } line; number++)
            {
                if (string.IsNullOrWhiteSpace(line)) continue;
                items.Add(Read(line, file, number, ref last));
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file} cannot be read: {ex.Message}");
        }

        return items;
    }

    private static ReplayItem Read(string line, string file, int number, ref DateTimeOffset last)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{file}:{number}");
        Line? item;
        try
        {
            item = JsonSerializer.Deserialize<Line>(line, Reading);
        }
        catch (JsonException ex)
        {
            throw new BadInputException($"{place}: not an article in JSON: {ex.Message} One line is one object with id, title, summary, content, lang, link, source and date.");
        }

        if (!string.IsNullOrWhiteSpace(item?.Date))
            last = FeedDate.Parse(item.Date) ?? throw new BadInputException($"{place}: '{item.Date}' is no date; write it as 2021-06-08T08:00:00Z.");
        return new ReplayItem(
            item?.Id ?? number.ToString(CultureInfo.InvariantCulture),
            item?.Title ?? "",
            item?.Summary ?? "",
            item?.Content ?? "",
            item?.Lang,
            Uri.TryCreate(item?.Link, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? link : null,
            string.IsNullOrWhiteSpace(item?.Source) ? "(unknown)" : item.Source,
            last);
    }

    private sealed record Line(string? Id, string? Title, string? Summary, string? Content, string? Lang, string? Link, string? Source, string? Date);
}
