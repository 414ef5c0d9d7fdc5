using System.Globalization;
using System.Text.Json;
using FeedWatch.Commands.Replaying;
using FeedWatch.Contracts;

namespace FeedWatch.Tests.Incidents;

/// <summary>A fact that a careful reader takes from a report that is the first to tell it.</summary>
/// <param name="Kind">As in <see cref="Change"/>.</param>
/// <param name="Value">The country or operation; what became of an operator or what a court decided, in a few words; the number of a figure.</param>
/// <param name="Figure">What a figure counts.</param>
internal sealed record Planted(string Kind, JsonElement Value, string? Figure, string? Scope, string? Unit, string? What)
{
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal) { "", "world", "EU" };

    // Who stands trial is a suspect to one reader and charged to another.
    private static readonly HashSet<string> Accused = new(StringComparer.Ordinal) { "suspects", "charges" };
    private static readonly HashSet<string> NoKind = new(StringComparer.Ordinal) { "", "unspecified" };

    private static readonly Dictionary<string, string> Translated = new(StringComparer.OrdinalIgnoreCase) { ["Flor de la Pasión"] = "Passionflower" };

    private static readonly string[] Undertaking = ["oper", "opér", "project", "otf"];

    /// <summary>Whether a figure is this one: the same number of the same, of the same place as far as both name one.</summary>
    public bool Is(Figure told) => (Figure == told.Kind || (Accused.Contains(Figure!) && Accused.Contains(told.Kind))) && Value.GetDecimal() == told.Value && (Unit ?? "") == told.Unit
        && (told.Scope == Scope || told.Scope.Length == 0 || string.IsNullOrEmpty(Scope) || (Whole.Contains(told.Scope) && Whole.Contains(Scope!)))
        && (told.What == Drug || NoKind.Contains(told.What) || NoKind.Contains(Drug));

    private string Drug => What switch
    {
        "hashish" or "hash" => "cannabis",
        "crystal meth" => "methamphetamine",
        "xtc" or "ecstasy" => "mdma",
        _ => What ?? "",
    };

    /// <summary>Whether a change is this fact. What befell an operator and what a court said are words, and matched by the report alone; a verdict is a ruling.</summary>
    public bool Is(Change told) => Kind switch
    {
        "figure" => told.Figure is { } figure && Is(figure),
        "country" or "operation" => Kind == told.Kind && IsNamed(told.Value!),
        "ruling" => told.Kind == "ruling" || told is { Kind: "operator", Value: "convicted" } || told.Figure?.Kind is "years" or "convictions",
        _ => Kind == told.Kind,
    };

    /// <summary>Whether it is told in words that only a reader can compare.</summary>
    public bool IsInWords => Kind is "operator" or "ruling";

    /// <summary>Whether the country or operation is so called.</summary>
    public bool IsNamed(string told) => Bare(told).Equals(Bare(Value.GetString()!), StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == "figure" ? $"{Figure} {Value}{Unit} {What} [{Scope}]" : $"{Kind} {Value}";

    // "Operação Eclipse" is Operation Eclipse, and "Flor de la Pasión" Passionflower.
    private static string Bare(string operation) => Translated.GetValueOrDefault(Name(operation)) ?? Name(operation);

    private static string Name(string operation) =>
        operation.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 && Undertaking.Any(word => operation.StartsWith(word, StringComparison.OrdinalIgnoreCase)) ? operation[(space + 1)..] : operation;
}

/// <summary>Of the facts planted in a set of stories: how many were told in exactly one event, in several and in none; and how many changes nobody planted.</summary>
internal sealed record FactScore(int Once, int Again, int Never, int Unplanted, int Changes, IReadOnlyList<string> Misses)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(20);

    public static FactScore Of(IReadOnlyList<Story> stories, ReplayRun run)
    {
        var byArticle = run.Articles.Zip(stories).GroupBy(a => a.First.Article).ToDictionary(g => g.Key, g => g.First().Second);
        var told = run.Events.OfType<IncidentEvent>().Where(e => e is IncidentDetected or IncidentUpdated && byArticle[e.Article.Id].Of is not null).ToLookup(e => byArticle[e.Article.Id].Of);
        var misses = new List<string>();
        int once = 0, again = 0, never = 0, unplanted = 0, changes = 0;
        foreach (var story in stories.Where(s => s.Of is not null).GroupBy(s => s.Of))
        {
            foreach (var report in story)
            {
                foreach (var fact in report.News)
                {
                    var times = told[story.Key].Count(e => Tells(e, fact, report, byArticle[e.Article.Id]));
                    if (times == 1) once++;
                    else if (times == 0) never++;
                    else again++;
                    if (times != 1) misses.Add($"{(times == 0 ? "never" : "again")} {report.Item.Id}: {fact}");
                }
            }

            var planted = story.SelectMany(r => r.News.Select(p => (Fact: p, Report: r))).ToList();
            foreach (var (update, change) in told[story.Key].OfType<IncidentUpdated>().SelectMany(e => e.Changes.Where(c => c.Kind != "network").Select(c => (e, c))))
            {
                changes++;
                if (planted.Exists(p => p.Fact.Is(change) && (!p.Fact.IsInWords || IsOf(update, p.Report)))) continue;
                unplanted++;
                misses.Add(string.Create(CultureInfo.InvariantCulture, $"unplanted {byArticle[update.Article.Id].Item.Id}: {change.Kind} {change.Value}{change.Figure?.Kind} {change.Figure?.Value}{change.Figure?.Unit} {change.Figure?.What} [{change.Figure?.Scope}]"));
            }
        }

        return new FactScore(once, again, never, unplanted, changes, misses);
    }

    private static bool Tells(IncidentEvent told, Planted fact, Story report, Story by) => told switch
    {
        IncidentUpdated update => update.Changes.Any(fact.Is) && (!fact.IsInWords || IsOf(update, report)),
        IncidentDetected detected => fact.Kind switch
        {
            "figure" => detected.Figures.Any(fact.Is),
            "operation" => detected.Operations.Any(fact.IsNamed),
            "country" => detected.Countries.Any(fact.IsNamed),
            _ => by == report,
        },
        _ => false,
    };

    // Told in the window in which the report came.
    private static bool IsOf(IncidentUpdated update, Story report) => update.Time >= report.Item.At && update.Time - report.Item.At <= Window;

    public override string ToString() => $"facts told once {Once}, again {Again}, never {Never}; changes that nobody planted {Unplanted} of {Changes}";
}
