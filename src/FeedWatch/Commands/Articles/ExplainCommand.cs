using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using FeedWatch.Detecting;
using FeedWatch.Detection;
using FeedWatch.Fetching;
using FeedWatch.Hosting;
using FeedWatch.Parsing;
using FeedWatch.Sources.Lists;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Commands.Articles;

/// <summary><c>feedwatch explain</c>: why an article would, or would not, alert.</summary>
internal static partial class ExplainCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var source = new Argument<string>("SOURCE") { Description = "The address of an article, a file with its text (plain, HTML, or JSON with title, summary and content), or - for standard input." };
        var lexicon = DetectCommand.LexiconOption();
        var command = new Command("explain", "Show an article with its evidence marked, how its score came about, and what spoke against it.");
        command.Arguments.Add(source);
        command.Options.Add(lexicon);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var detector = DetectCommand.Detector(settings, parsed.GetValue(lexicon));
            var text = await ReadAsync(parsed.GetValue(source)!, settings, cancellationToken);
            var colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
            await Console.Out.WriteAsync(Explanation.Of(text, detector.Examine(text), colour));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ArticleText> ReadAsync(string source, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        if (source == "-") return Understand(await Console.In.ReadToEndAsync(cancellationToken));
        if (FeedList.Address(source, out _) is { } address) return await FetchAsync(address, settings, cancellationToken);
        try
        {
            return Understand(await File.ReadAllTextAsync(source, cancellationToken));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{source} cannot be read: {ex.Message}");
        }
    }

    private static async Task<ArticleText> FetchAsync(Uri address, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        using var services = RunCommand.Fetching(Settings.Read(settings, RunCommand.Overrides()));
        return await new ArticlePages(services.GetRequiredService<FeedFetcher>(), services.GetRequiredService<IOptions<FetchOptions>>(), TimeProvider.System).GetAsync(address, cancellationToken) switch
        {
            PageResult.Text page => new ArticleText(page.Title, "", page.Body),
            PageResult.Unavailable none => throw new BadInputException($"{address}: {none.Why}. Save the article and give the file."),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is handled nowhere."),
        };
    }

    private static ArticleText Understand(string text)
    {
        var trimmed = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (trimmed.StartsWith('{') && Json(trimmed) is { } article) return article;
        if (trimmed.StartsWith('<'))
        {
            var title = Title().Match(trimmed);
            return new ArticleText(title.Success ? HtmlText.Plain(title.Groups[1].Value) : "", "", HtmlText.Plain(title.Success ? trimmed.Remove(title.Index, title.Length) : trimmed));
        }

        // A short first line above an empty one is a headline.
        var parts = trimmed.Split("\n\n", 2);
        return parts.Length == 2 && parts[0].Length <= 200 ? new ArticleText(parts[0].Trim(), "", parts[1].Trim()) : new ArticleText("", "", trimmed);
    }

    private static ArticleText? Json(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ArticleJson>(text, JsonSerializerOptions.Web) is { } a ? new ArticleText(a.Title ?? "", a.Summary ?? "", a.Content ?? "") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ArticleJson(string? Title, string? Summary, string? Content);

    [GeneratedRegex("<title[^>]{0,200}>([^<]{0,500})</title>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Title();
}
