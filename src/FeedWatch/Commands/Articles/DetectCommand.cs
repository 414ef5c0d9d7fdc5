using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FeedWatch.Detecting;
using FeedWatch.Detection;
using FeedWatch.Hosting;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Commands.Articles;

/// <summary><c>feedwatch detect</c>: JSON lines of articles in, JSON lines of verdicts out, for scoring and pipelines.</summary>
internal static class DetectCommand
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    public static Command Create(IReadOnlyList<string> settings)
    {
        var lexicon = LexiconOption();
        var command = new Command("detect", "Read {\"id\",\"title\",\"summary\",\"content\"} as JSON lines from standard input and write a verdict for each.");
        command.Options.Add(lexicon);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var detector = Detector(settings, parsed.GetValue(lexicon));
            using var input = new StreamReader(Console.OpenStandardInput());
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            return await RunAsync(detector, input, output, Console.Error, cancellationToken);
        });
        return command;
    }

    public static Option<string?> LexiconOption() =>
        new("--lexicon") { Description = "A folder of lexicon files that extend or replace the built-in ones.", HelpName = "DIR" };

    public static TakedownDetector Detector(IReadOnlyList<string> settings, string? lexicon)
    {
        var configuration = Settings.Read(settings, RunCommand.Overrides(("Detection:LexiconFolder", lexicon)));
        return LiveDetector.From(configuration.GetSection(DetectionOptions.Section).Get<DetectionOptions>() ?? new DetectionOptions());
    }

    /// <returns>0, or 2 where a line was no article; the others are answered all the same.</returns>
    internal static async Task<int> RunAsync(TakedownDetector detector, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var code = ExitCode.Done;
        for (var number = 1; await input.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            Item? item;
            try
            {
                item = JsonSerializer.Deserialize<Item>(line, Reading);
            }
            catch (JsonException ex)
            {
                await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"line {number}: not an article in JSON: {ex.Message}"));
                code = ExitCode.BadInput;
                continue;
            }

            var text = new ArticleText(item?.Title ?? "", item?.Summary ?? "", item?.Content ?? "");
            await output.WriteLineAsync(VerdictJson.Line(item?.Id ?? number.ToString(CultureInfo.InvariantCulture), detector.Examine(text)));
        }

        await output.FlushAsync(cancellationToken);
        return code;
    }

    private sealed record Item(string? Id, string? Title, string? Summary, string? Content);
}
