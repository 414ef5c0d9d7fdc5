using System.Text.Encodings.Web;
using System.Text.Json;
using FeedWatch.Detection;

namespace FeedWatch.Commands.Articles;

/// <summary>A verdict as one JSON line; scripts and scorers read it.</summary>
internal static class VerdictJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(string id, Verdict verdict) => JsonSerializer.Serialize(
        new
        {
            id,
            label = Word(verdict.Label),
            alert = verdict.Alert,
            score = Math.Round(verdict.Score, 4),
            networks = verdict.Networks.Select(n => n.Name),
            about = verdict.Networks.Where(n => n.About).Select(n => n.Name),
            unlisted = verdict.Networks.Where(n => !n.Listed).Select(n => n.Name),
            operations = verdict.Operations,
            agencies = verdict.Agencies,
            countries = verdict.Countries,
            figures = verdict.Figures.Select(f => new { kind = f.Kind, value = f.Value, unit = f.Unit, scope = f.Scope, what = f.What, field = Word(f.Field), start = f.Start, length = f.Length }),
            evidence = verdict.Evidence.Select(e => new { field = Word(e.Field), start = e.Start, length = e.Length, text = e.Text, concept = e.Concept, weight = Math.Round(e.Weight, 4) }),
            reasons = verdict.Reasons,
        },
        Options);

    public static string Word(Label label) => label switch
    {
        Label.Takedown => "takedown",
        Label.Followup => "followup",
        Label.Background => "background",
        _ => "unrelated",
    };

    public static string Word(TextField field) => field switch
    {
        TextField.Title => "title",
        TextField.Summary => "summary",
        _ => "content",
    };
}
