using System.Globalization;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Channels;

/// <summary>An event as a person reads it in a terminal: what happened first, then the facts in a column, then where it is from.</summary>
internal static class ConsoleAlert
{
    private const string Indent = "  ";
    private const int LabelWidth = 12;
    private const int MostQuotes = 3;

    public static Page Of(FeedWatchEvent @event, int width, bool possiblyRepeated = false)
    {
        var page = new Page(width);
        switch (@event)
        {
            case IncidentEvent incident:
                Incident(page, incident);
                break;
            case ArticleMatched matched:
                Matched(page, matched);
                break;
            case BurstSummary burst:
                Burst(page, burst);
                break;
            default:
                page.Line(new Span("NOTICE", Tone.Faint), new Span($"  {EventTypes.Of(@event)}", Tone.Plain));
                page.Text(NoticeWords.WhatHappened(@event), Tone.Title, "");
                if (@event is Digest digest) Titles(page, digest);
                break;
        }

        if (possiblyRepeated) page.Text("Possibly repeated: FeedWatch was cut off while it posted this.", Tone.Faint, Indent);
        page.Line();
        return page;
    }

    private static void Incident(Page page, IncidentEvent incident)
    {
        var kind = incident switch
        {
            IncidentUpdated => "update",
            IncidentMerged => "merged",
            IncidentSplit => "split",
            IncidentRetracted => "withdrawn",
            _ => incident.Article.Label is ArticleLabel.Takedown ? "takedown" : "follow-up",
        };
        Head(page, incident.Severity, kind, AlertWords.AboutWhom(incident.Networks));
        page.Text(AlertWords.Title(incident.Title), Tone.Title, "");
        page.Line();
        page.Text(AlertWords.WhatHappened(incident), Tone.Plain, Indent);
        if (AlertWords.WhatTheReportSays(incident.Article) is { Length: > 0 } summary) page.Text(summary, Tone.Plain, Indent);
        page.Line();

        foreach (var title in AlertWords.Related(incident)) Field(page, incident is IncidentMerged ? "was also" : "apart now", title);
        if (incident is IncidentUpdated updated) Column(page, "changed", [.. updated.Changes.Select(AlertWords.Change)], Tone.Fresh);
        Field(page, "network", AlertWords.AboutWhom(incident.Networks));
        Field(page, "also named", AlertWords.NamedBeside(incident.Networks));
        Field(page, "operation", AlertWords.Listed(incident.Operations));
        Field(page, "agencies", AlertWords.Listed(incident.Agencies));
        Field(page, "countries", AlertWords.Countries(incident.Countries));
        Column(page, "figures", FigureWords.Lines(incident.Figures), Tone.Plain);
        Report(page, incident.Article, AlertWords.AlsoReportedBy(incident), PlainText.Of(incident.SeverityReason, 200));
    }

    private static void Matched(Page page, ArticleMatched matched)
    {
        Head(page, matched.Severity, "article", AlertWords.AboutWhom(matched.Networks));
        page.Text(AlertWords.Title(matched.Article.Title), Tone.Title, "");
        page.Line();
        Column(page, "figures", FigureWords.Lines(matched.Figures), Tone.Plain);
        Report(page, matched.Article, alsoReportedBy: "", severityReason: "");
    }

    private static void Burst(Page page, BurstSummary burst)
    {
        Head(page, burst.Severity, "many at once", PlainText.Of(burst.Feed, 80));
        page.Text($"{burst.Entries.Count} alerts from one poll of one feed", Tone.Title, "");
        page.Line();
        for (var i = 0; i < burst.Entries.Count; i++)
        {
            page.Labelled($"{Indent}{i + 1,3}. ", AlertWords.Title(burst.Entries[i].Title), Tone.Plain);
            if (PlainText.Link(burst.Entries[i].Link) is { } link) page.Line(new Span($"{Indent}     {link}", Tone.Faint));
        }
    }

    private static void Titles(Page page, Digest digest)
    {
        page.Line();
        foreach (var incident in digest.Incidents)
        {
            page.Labelled($"{Indent}{AlertWords.Severity(incident.Severity),-10}", AlertWords.Title(incident.Title), Tone.Plain);
            if (PlainText.Link(incident.Link) is { } link) page.Line(new Span($"{Indent}{"",10}{link}", Tone.Faint));
        }
    }

    private static void Head(Page page, Severity severity, string kind, string about)
    {
        var tone = severity switch { Severity.Breaking => Tone.Breaking, Severity.Major => Tone.Major, Severity.Minor => Tone.Minor, _ => Tone.Faint };
        var rest = about.Length == 0 ? $"  {kind}" : $"  {kind} · {about}";
        page.Line(new Span(AlertWords.Severity(severity), tone), new Span(rest, Tone.Plain));
    }

    private static void Report(Page page, ReportedArticle article, string alsoReportedBy, string severityReason)
    {
        var label = "evidence";
        foreach (var quote in article.Evidence.Select(q => AlertWords.Quoted(q.Text)).Where(q => q.Length > 0).Take(MostQuotes))
        {
            page.Labelled(Label(label), quote, Tone.Quote);
            label = "";
        }

        var score = article.Score.ToString("0.00", CultureInfo.InvariantCulture);
        Field(page, "why", severityReason.Length == 0 ? $"score {score}" : $"{severityReason} (score {score})");
        Field(page, "source", AlertWords.Source(article));
        Field(page, "also by", alsoReportedBy);
        page.Line(new Span(Label("link"), Tone.Faint), new Span(PlainText.Link(article.Link) ?? "none", Tone.Plain));
    }

    private static void Field(Page page, string label, string text)
    {
        if (text.Length > 0) page.Labelled(Label(label), text, Tone.Plain);
    }

    /// <summary>A label and, beside it, lines of two columns.</summary>
    private static void Column(Page page, string label, IReadOnlyList<(string Label, string Text)> lines, Tone tone)
    {
        if (lines.Count == 0) return;

        var inner = lines.Max(line => Page.Cells(line.Label)) + 2;
        foreach (var (name, text) in lines)
        {
            page.Labelled(Label(label) + name + new string(' ', inner - Page.Cells(name)), text, tone);
            label = "";
        }
    }

    private static string Label(string label) => Indent + label.PadRight(LabelWidth);
}
