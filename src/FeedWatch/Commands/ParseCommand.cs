using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FeedWatch.Hosting;
using ParseResult = FeedWatch.Parsing.ParseResult;

namespace FeedWatch.Commands;

/// <summary><c>feedwatch parse</c>: a feed as JSON; with <c>--batch</c> many of them, one JSON line each.</summary>
internal static class ParseCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Reading = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var contentType = new Option<string?>("--content-type") { Description = "The Content-Type that the server sent with it." };
        var baseUrl = new Option<string?>("--base-url") { Description = "Where it was fetched from; relative links are resolved against it." };
        var batch = new Option<bool>("--batch") { Description = "Read {\"suite\",\"file\",\"path\",\"content_type\",\"base_url\"} as JSON lines from standard input." };
        var file = new Argument<string?>("FILE") { Description = "The feed.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("parse", "Read a feed and print it as JSON; exit code 2 where it is none.");
        command.Options.Add(contentType);
        command.Options.Add(baseUrl);
        command.Options.Add(batch);
        command.Arguments.Add(file);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(batch) && result.GetValue(file) is null) result.AddError("parse needs a FILE, or --batch.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            if (parsed.GetValue(batch))
            {
                using var input = new StreamReader(Console.OpenStandardInput());
                return await BatchAsync(input, output, cancellationToken);
            }

            var path = parsed.GetValue(file)!;
            switch (await ReadAsync(path, parsed.GetValue(contentType), parsed.GetValue(baseUrl), cancellationToken))
            {
                case ParseResult.Parsed feed:
                    await output.WriteLineAsync(JsonSerializer.Serialize(Shape(feed), Json));
                    return ExitCode.Done;
                case ParseResult.Unreadable unreadable:
                    throw new BadInputException($"{path}: {unreadable.Why}");
                default:
                    throw new InvalidOperationException("No such result.");
            }
        });
        return command;
    }

    internal static async Task<int> BatchAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        var code = ExitCode.Done;
        for (var number = 1; await input.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                var item = JsonSerializer.Deserialize<Item>(line, Reading)!;
                await output.WriteLineAsync(await AnswerAsync(item, cancellationToken));
            }
            catch (JsonException ex)
            {
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {number}: not a request in JSON: {ex.Message}"));
                code = ExitCode.BadInput;
            }
        }

        await output.FlushAsync(cancellationToken);
        return code;
    }

    private static async Task<string> AnswerAsync(Item item, CancellationToken cancellationToken)
    {
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            var result = await ReadAsync(item.Path, item.ContentType, item.BaseUrl, cancellationToken);
            var cpu = (long)(Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
            return result is ParseResult.Parsed feed
                ? JsonSerializer.Serialize(new { suite = item.Suite, file = item.File, ok = true, result = Shape(feed), cpu_us = cpu }, Json)
                : JsonSerializer.Serialize(new { suite = item.Suite, file = item.File, ok = false, error = ((ParseResult.Unreadable)result).Why, cpu_us = cpu }, Json);
        }
        catch (BadInputException ex)
        {
            return JsonSerializer.Serialize(new { suite = item.Suite, file = item.File, ok = false, error = ex.Message }, Json);
        }
    }

    private static async Task<ParseResult> ReadAsync(string path, string? contentType, string? baseUrl, CancellationToken cancellationToken)
    {
        try
        {
            var body = await File.ReadAllBytesAsync(path, cancellationToken);
            return FeedWatch.Parsing.FeedParser.Parse(body, contentType, Uri.TryCreate(baseUrl, UriKind.Absolute, out var address) ? address : null);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {ex.Message}");
        }
    }

    private static object Shape(ParseResult.Parsed feed) => new
    {
        feed_title = feed.Title.Length > 0 ? feed.Title : null,
        items = feed.Articles.Select(a => new
        {
            title = Filled(a.Title),
            link = a.Link?.AbsoluteUri,
            id = Filled(a.Id),
            summary = Filled(a.Summary),
            content = Filled(a.Content),
            published = Iso(a.PublishedAt),
            updated = Iso(a.UpdatedAt),
        }),
        repairs = feed.Repairs,
    };

    private static string? Filled(string text) => text.Length > 0 ? text : null;

    private static string? Iso(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Item(string? Suite, string? File, string Path, string? ContentType, string? BaseUrl);
}
