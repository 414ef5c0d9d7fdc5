using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FeedWatch.Detection;
using FeedWatch.Detection.Scoring;
using FeedWatch.Hosting;

namespace FeedWatch.Commands.Articles;

/// <summary><c>feedwatch fit</c>: finds the detector's weights from labelled articles, and says what they are worth on articles they have not seen.</summary>
internal static class FitCommand
{
    private const int Folds = 5;

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    public static Command Create(IReadOnlyList<string> settings)
    {
        var files = new Argument<string[]>("FILE") { Description = "Labelled articles as JSON lines: title, summary, content, label (takedown, followup, background, unrelated).", Arity = ArgumentArity.OneOrMore };
        var lexicon = DetectCommand.LexiconOption();
        var command = new Command("fit", "Fit the detector's weights to labelled articles: a weights.yaml on standard output, its worth on unseen fifths on standard error.");
        command.Arguments.Add(files);
        command.Options.Add(lexicon);
        var nameless = new Option<bool>("--nameless") { Description = "Fit only how texts that name no network are judged; all other weights stay as they are." };
        command.Options.Add(nameless);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var articles = new List<LabelledArticle>();
            foreach (var file in parsed.GetValue(files)!) articles.AddRange(await ReadAsync(file, cancellationToken));
            await RunAsync(DetectCommand.Detector(settings, parsed.GetValue(lexicon)), articles, parsed.GetValue(nameless), Console.Out, Console.Error);
            return ExitCode.Done;
        });
        return command;
    }

    internal static async Task RunAsync(TakedownDetector detector, IReadOnlyList<LabelledArticle> articles, bool isOfNameless, TextWriter output, TextWriter report)
    {
        var fitter = new WeightFitter(detector);
        Func<IEnumerable<LabelledArticle>, IReadOnlyDictionary<string, double>> fit = isOfNameless ? fitter.FitNameless : fitter.Fit;
        var unseen = Parts(articles).SelectMany(part => Judge(detector.With(fit(part.Fitted)), part.Judged)).ToList();
        await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{articles.Count} articles, {articles.Count(a => IsEvent(a.Label))} of them events"));
        await report.WriteLineAsync(Line("weights in use", [.. Judge(detector, articles)]));
        await report.WriteLineAsync(Line($"new weights, {Folds} unseen fifths", unseen));
        await output.WriteAsync(WeightFitter.ToYaml(fit(articles)));
    }

    /// <summary>Every fifth article, to be judged by weights that were fitted without it, however often it was given.</summary>
    internal static IEnumerable<(IReadOnlyList<LabelledArticle> Fitted, IReadOnlyList<LabelledArticle> Judged)> Parts(IReadOnlyList<LabelledArticle> articles)
    {
        var folds = articles.DistinctBy(a => a.Article).Select((a, i) => (a.Article, Fold: i % Folds)).ToDictionary(a => a.Article, a => a.Fold);
        for (var fold = 0; fold < Folds; fold++)
            yield return ([.. articles.Where(a => folds[a.Article] != fold)], [.. articles.Where(a => folds[a.Article] == fold).Distinct()]);
    }

    private static IEnumerable<(Label Label, Verdict Verdict)> Judge(TakedownDetector detector, IEnumerable<LabelledArticle> articles) => articles.Select(a => (a.Label, detector.Examine(a.Article)));

    private static string Line(string name, IReadOnlyList<(Label Label, Verdict Verdict)> judged)
    {
        double found = judged.Count(j => IsEvent(j.Label) && j.Verdict.Alert), events = judged.Count(j => IsEvent(j.Label)), alerts = judged.Count(j => j.Verdict.Alert);
        var right = judged.Count(j => IsEvent(j.Label) && j.Label == j.Verdict.Label) / Math.Max(1, events);
        return string.Create(CultureInfo.InvariantCulture, $"{name,-28} recall {found / Math.Max(1, events):0.000}  precision {found / Math.Max(1, alerts):0.000}  label {right:0.000}");
    }

    private static bool IsEvent(Label label) => label is Label.Takedown or Label.Followup;

    private static async Task<IReadOnlyList<LabelledArticle>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var articles = new List<LabelledArticle>();
        try
        {
            var number = 0;
            foreach (var line in await File.ReadAllLinesAsync(file, cancellationToken))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                var item = JsonSerializer.Deserialize<Item>(line, Reading);
                if (item is null || !Enum.TryParse<Label>(item.Label, ignoreCase: true, out var label))
                    throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"{file}:{number}: no 'label', or none of takedown, followup, background, unrelated."));
                if (!item.Ambiguous) articles.Add(new LabelledArticle(new ArticleText(item.Title ?? "", item.Summary ?? "", item.Content ?? ""), label));
            }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new BadInputException($"{file} cannot be read: {ex.Message}");
        }

        return articles;
    }

    private sealed record Item(string? Title, string? Summary, string? Content, string? Label, bool Ambiguous);
}
