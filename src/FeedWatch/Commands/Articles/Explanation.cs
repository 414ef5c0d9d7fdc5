using System.Globalization;
using System.Text;
using FeedWatch.Detection;
using FeedWatch.Parsing;

namespace FeedWatch.Commands.Articles;

/// <summary>A verdict for a person: the outcome first, then the text with its evidence marked, then the score line by line.</summary>
internal static class Explanation
{
    private const char Open = '\uE000', Close = '\uE001'; // private use: no text holds them by right

    public static string Of(ArticleText text, Verdict verdict, bool colour)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"{VerdictJson.Word(verdict.Label)}, score {verdict.Score:0.00}: {Outcome(verdict)}\n\n");
        Field(page, "networks", verdict.Networks.Select(n => $"{n.Name}{(n.About ? "" : " (named beside)")}{(n.Listed ? "" : " (new to FeedWatch)")}"));
        Field(page, "operations", verdict.Operations);
        Field(page, "agencies", verdict.Agencies);
        Field(page, "countries", verdict.Countries);
        Field(page, "figures", verdict.Figures.Select(Figure));
        page.Append('\n');

        Text(page, "Title", text.Title, TextField.Title, verdict, colour);
        Text(page, "Summary", text.Summary, TextField.Summary, verdict, colour);
        Text(page, "Content", text.Content, TextField.Content, verdict, colour);

        page.Append("How the score came about\n");
        foreach (var evidence in verdict.Evidence.OrderByDescending(e => Math.Abs(e.Weight)))
            page.Append(CultureInfo.InvariantCulture, $"  {evidence.Weight,6:+0.00;-0.00}  {evidence.Concept,-16} “{HtmlText.Plain(evidence.Text)}” ({VerdictJson.Word(evidence.Field)})\n");
        if (verdict.Evidence.Count == 0) page.Append("  no evidence in it\n");
        if (verdict.Reasons.Count > 0) page.Append(verdict.Alert ? "\nWhat spoke against\n" : "\nWhy it does not alert\n");
        foreach (var reason in verdict.Reasons) page.Append("  ").Append(reason).Append('\n');
        return page.ToString();
    }

    private static string Outcome(Verdict verdict) =>
        verdict.Alert ? "people would be told." : verdict.Undecided ? "nobody would be told; undecided, so the full article would be worth a look." : "nobody would be told.";

    private static string Figure(Figure figure)
    {
        var unit = figure.Unit.Length > 0 ? $" {figure.Unit}" : "";
        var what = figure.What.Length > 0 ? $" {figure.What}" : "";
        var scope = figure.Scope.Length > 0 ? $" [{figure.Scope}]" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{figure.Kind} {figure.Value:#,0.##}{unit}{what}{scope}");
    }

    private static void Field(StringBuilder page, string name, IEnumerable<string> values)
    {
        var joined = string.Join(", ", values);
        if (joined.Length > 0) page.Append(CultureInfo.InvariantCulture, $"  {name,-11}{joined}\n");
    }

    private static void Text(StringBuilder page, string heading, string raw, TextField field, Verdict verdict, bool colour)
    {
        if (raw.Length == 0) return;
        var marked = new StringBuilder(raw.Replace(Open, ' ').Replace(Close, ' '));
        var until = raw.Length;
        foreach (var evidence in verdict.Evidence.Where(e => e.Field == field).OrderByDescending(e => e.Start).ThenByDescending(e => e.Length))
        {
            if (evidence.Start + evidence.Length > until) continue; // overlaps one that is marked already
            marked.Insert(evidence.Start + evidence.Length, $"{Close}{evidence.Concept}{Close}").Insert(evidence.Start, Open);
            until = evidence.Start;
        }

        page.Append(heading).Append('\n');
        page.Append("  ").Append(Shown(HtmlText.Plain(marked.ToString()), colour)).Append("\n\n");
    }

    // "[kraakt|takedown]" on paper; bold and its concept in grey on a terminal.
    private static string Shown(string marked, bool colour)
    {
        var shown = new StringBuilder(marked.Length);
        var concept = false;
        foreach (var c in marked)
        {
            if (c == Open) shown.Append(colour ? "\e[1;33m" : "[");
            else if (c == Close)
            {
                shown.Append((colour, concept) switch { (true, false) => "\e[0m \e[90m(", (true, true) => ")\e[0m", (false, false) => "|", _ => "]" });
                concept = !concept;
            }
            else shown.Append(c);
        }

        return shown.ToString();
    }
}
