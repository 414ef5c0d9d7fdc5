using System.Globalization;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Posts;

/// <summary>Makes the post of an event.</summary>
internal static class EventPost
{
    private const int MostQuotes = 3;
    private const string PossiblyRepeated = "Possibly repeated: FeedWatch was cut off while it posted this.";

    /// <param name="event">Of any type.</param>
    /// <param name="possiblyRepeated">It may stand in the chat already, and the chat cannot be asked.</param>
    public static Post Of(FeedWatchEvent @event, bool possiblyRepeated = false)
    {
        var post = @event switch
        {
            IncidentEvent incident => Incident(incident),
            ArticleMatched matched => Matched(matched),
            BurstSummary burst => Burst(burst),
            _ => Notice(@event),
        };
        return possiblyRepeated ? post with { Note = PossiblyRepeated } : post;
    }

    private static Post Incident(IncidentEvent incident) => new()
    {
        Badge = AlertWords.Severity(incident.Severity),
        Severity = incident.Severity,
        Kind = KindOf(incident),
        About = AlertWords.AboutWhom(incident.Networks),
        Title = AlertWords.Title(incident.Title),
        Lead = AlertWords.WhatHappened(incident),
        Report = AlertWords.WhatTheReportSays(incident.Article),
        Changes = incident is IncidentUpdated updated ? [.. updated.Changes.Select(AlertWords.Change).Select(c => new Fact(c.Label, c.Text))] : [],
        Facts = FactsOf(incident),
        Figures = FiguresOf(incident.Figures),
        Quotes = QuotesOf(incident.Article),
        Why = WhyOf(incident.Article, PlainText.Of(incident.SeverityReason, 200)),
        Source = AlertWords.Source(incident.Article),
        AlsoBy = AlertWords.AlsoReportedBy(incident),
        Link = PlainText.Link(incident.Article.Link),
        Time = incident.Time,
    };

    private static Post Matched(ArticleMatched matched) => new()
    {
        Badge = AlertWords.Severity(matched.Severity),
        Severity = matched.Severity,
        Kind = "article",
        About = AlertWords.AboutWhom(matched.Networks),
        Title = AlertWords.Title(matched.Article.Title),
        Figures = FiguresOf(matched.Figures),
        Quotes = QuotesOf(matched.Article),
        Why = WhyOf(matched.Article, severityReason: ""),
        Source = AlertWords.Source(matched.Article),
        Link = PlainText.Link(matched.Article.Link),
        Time = matched.Time,
    };

    private static Post Burst(BurstSummary burst) => new()
    {
        Badge = AlertWords.Severity(burst.Severity),
        Severity = burst.Severity,
        Kind = "many at once",
        About = PlainText.Of(burst.Feed, 80),
        Title = $"{burst.Entries.Count} alerts from one poll of one feed",
        Entries = [.. burst.Entries.Select(e => new Entry("", AlertWords.Title(e.Title), "", PlainText.Link(e.Link)))],
        Time = burst.Time,
    };

    private static Post Notice(FeedWatchEvent @event) => new()
    {
        Badge = "NOTICE",
        Kind = EventTypes.Of(@event),
        Title = NoticeWords.WhatHappened(@event),
        Entries = @event is Digest digest
            ? [.. digest.Incidents.Select(i => new Entry(AlertWords.Severity(i.Severity), AlertWords.Title(i.Title), DigestWords.Of(i), PlainText.Link(i.Link)))]
            : [],
        Time = @event.Time,
    };

    private static string KindOf(IncidentEvent incident) => incident switch
    {
        IncidentUpdated => "update",
        IncidentMerged => "merged",
        IncidentSplit => "split",
        IncidentRetracted => "withdrawn",
        _ => incident.Article.Label is ArticleLabel.Takedown ? "takedown" : "follow-up",
    };

    private static List<Fact> FactsOf(IncidentEvent incident)
    {
        var related = AlertWords.Related(incident).Select(title => new Fact(incident is IncidentMerged ? "was also" : "apart now", title));
        Fact[] facts =
        [
            new("network", AlertWords.AboutWhom(incident.Networks)),
            new("also named", AlertWords.NamedBeside(incident.Networks)),
            new("operation", AlertWords.Listed(incident.Operations)),
            new("agencies", AlertWords.Listed(incident.Agencies)),
            new("countries", AlertWords.Countries(incident.Countries)),
        ];
        return [.. related, .. facts.Where(f => f.Text.Length > 0)];
    }

    private static List<Fact> FiguresOf(IReadOnlyList<Figure> figures) => [.. FigureWords.Lines(figures).Select(f => new Fact(f.Label, f.Values))];

    private static List<string> QuotesOf(ReportedArticle article) =>
        [.. article.Evidence.Select(q => AlertWords.Quoted(q.Text)).Where(q => q.Length > 0).Take(MostQuotes)];

    private static string WhyOf(ReportedArticle article, string severityReason)
    {
        var score = article.Score.ToString("0.00", CultureInfo.InvariantCulture);
        return severityReason.Length == 0 ? $"score {score}" : $"{severityReason} (score {score})";
    }
}
