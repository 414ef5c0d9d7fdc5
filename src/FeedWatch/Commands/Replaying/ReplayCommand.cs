using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Hosting;
using FeedWatch.Incidents;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Commands.Replaying;

/// <summary><c>feedwatch replay</c>: what an archive of articles would have been told as, and when.</summary>
internal static class ReplayCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var files = new Argument<string[]>("FILE") { Description = "Archived articles as JSON lines {\"id\",\"title\",\"summary\",\"content\",\"lang\",\"link\",\"source\",\"date\"}; - reads standard input.", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json") { Description = "Write a line {article, label, incident, event} for each article in place of the report." };
        var since = new Option<string?>("--since") { Description = "In place of files: the articles that the service told of since then, out of its own store, and what would be told otherwise today.", HelpName = "DATE" };
        var data = new Option<string?>("--data") { Description = "The data folder of the service, for --since.", HelpName = "DIR" };
        var keep = new Option<string?>("--keep") { Description = "A new folder that keeps the outcome, for feedwatch incidents show --data DIR.", HelpName = "DIR" };
        var lexicon = Articles.DetectCommand.LexiconOption();
        var command = new Command("replay", "Run archived articles through today's detector and linker, in the order of their dates: the incidents, the alerts and when they would have come.");
        command.Arguments.Add(files);
        foreach (var option in new Option[] { json, since, data, keep, lexicon }) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(since) is { } date && !TryParse(date, out _)) result.AddError($"--since '{date}' is no date; write it as 2026-06-01.");
            else if (result.GetValue(files)!.Length > 0 == result.GetValue(since) is not null) result.AddError("replay needs FILEs, or --since DATE.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = Settings.Read(settings, RunCommand.Overrides(("Detection:LexiconFolder", parsed.GetValue(lexicon)), (RunCommand.DataKey, parsed.GetValue(data))));
            var window = (configuration.GetSection(AlertOptions.Section).Get<AlertOptions>() ?? new AlertOptions()).UpdateWindow;
            var then = TryParse(parsed.GetValue(since), out var from) ? await ReplayedStore.ReadAsync(WatchHost.Storage(configuration), from, cancellationToken) : null;
            var items = then?.Items.ToList() ?? [];
            foreach (var file in parsed.GetValue(files)!) items.AddRange(await ReplayItem.ReadAsync(file, cancellationToken));
            await using var run = ReplayRun.Begin(Articles.DetectCommand.Detector(settings, parsed.GetValue(lexicon)), window, parsed.GetValue(keep));
            await ReplayProgress.OverAsync([.. items.OrderBy(i => i.At)], item => run.TellAsync(item, cancellationToken));
            await run.FinishAsync(cancellationToken);
            if (parsed.GetValue(json)) await WriteLinesAsync(run, items, Console.Out);
            else await ReplayReport.WriteAsync(run, Console.Out, cancellationToken);
            if (then is not null && !parsed.GetValue(json)) await Console.Out.WriteAsync(then.Difference(run));
            return ExitCode.Done;
        });
        return command;
    }

    // Days are counted in UTC, as everywhere.
    private static bool TryParse(string? date, out DateTimeOffset at) => DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    /// <summary>A line for each article, in the order in which they were given.</summary>
    internal static async Task WriteLinesAsync(ReplayRun run, IReadOnlyList<ReplayItem> items, TextWriter output)
    {
        var answers = run.Articles.ToDictionary(a => (object)a.Item, ReferenceEqualityComparer.Instance);
        var detected = run.Events.OfType<IncidentDetected>().Select(e => e.Article.Id).ToHashSet();
        foreach (var item in items)
        {
            var answer = answers[item];
            await output.WriteLineAsync(JsonSerializer.Serialize(new
            {
                article = item.Id,
                label = answer.Label.ToString().ToLowerInvariant(),
                incident = answer.Incident,
                @event = !answer.IsTold ? "none"
                    : detected.Contains(answer.Article) && answer.IsNews ? EventTypes.IncidentDetected
                    : answer.IsNews ? EventTypes.IncidentUpdated : EventTypes.ArticleMatched,
            }));
        }
    }
}
