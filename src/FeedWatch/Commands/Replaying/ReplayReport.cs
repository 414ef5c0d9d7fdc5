using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Incidents.Telling;

namespace FeedWatch.Commands.Replaying;

/// <summary>A replay for people: each incident with its alerts and their times, and how long the first report had to wait for its alert.</summary>
internal static class ReplayReport
{
    public static async Task WriteAsync(ReplayRun run, TextWriter output, CancellationToken cancellationToken)
    {
        var incidents = (await run.IncidentsAsync(cancellationToken)).ToDictionary(i => i.Id);
        var alerts = run.Articles.Count(a => a.IsTold);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Articles.Count} articles, {alerts} of them about a takedown: {incidents.Count} incidents, {run.Events.OfType<IncidentUpdated>().Count()} updates. Nothing was sent."));
        foreach (var incident in incidents.Values.OrderBy(i => i.FirstReport))
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"{incident.Title}");
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {IncidentPage.Names(incident)} · {incident.Reports} reports, {incident.FirstReport:yyyy-MM-dd HH:mm} to {incident.LastReport:yyyy-MM-dd HH:mm} · {incident.Id}"));
            foreach (var told in run.Events.OfType<IncidentEvent>().Where(e => e.IncidentId == incident.Id)) await output.WriteLineAsync($"  {Line(told, incident.FirstReport)}");
        }
    }

    private static string Line(IncidentEvent told, DateTimeOffset first) => told switch
    {
        IncidentDetected => string.Create(CultureInfo.InvariantCulture, $"{told.Time:yyyy-MM-dd HH:mm}  {told.Severity,-8}  {(told.Time - first).TotalMinutes:0} min after the first report · {told.Article.Source}"),
        IncidentUpdated updated => string.Create(CultureInfo.InvariantCulture, $"{told.Time:yyyy-MM-dd HH:mm}  update    {string.Join(", ", updated.Changes.Select(Words))} · {told.Article.Source}"),
        IncidentMerged merged => string.Create(CultureInfo.InvariantCulture, $"{told.Time:yyyy-MM-dd HH:mm}  merged    with {string.Join(", ", merged.Absorbed.Select(a => a.IncidentId))}: {merged.Reason}"),
        IncidentSplit split => string.Create(CultureInfo.InvariantCulture, $"{told.Time:yyyy-MM-dd HH:mm}  split     from {string.Join(", ", split.SplitOff.Select(a => a.IncidentId))}: {split.Reason}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{told.Time:yyyy-MM-dd HH:mm}  {EventTypes.Of(told)}"),
    };

    private static string Words(Change change) => change.Figure is { } f
        ? string.Create(CultureInfo.InvariantCulture, $"{f.Kind} {(change.Before is { } before ? $"{before:#,0.##} → " : "")}{f.Value:#,0.##}{(f.Unit.Length > 0 ? $" {f.Unit}" : "")}{(f.What.Length > 0 ? $" {f.What}" : "")}{(f.Scope.Length > 0 ? $" [{f.Scope}]" : "")}")
        : change is { Kind: "ruling", Value: null or "" } ? "a ruling" : $"{change.Kind} {change.Value}";
}
