using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Posts;

/// <summary>Makes the post of an event, in the words of one language.</summary>
internal sealed class EventPost
{
    private const int MostQuotes = 3;

    private readonly Words words;
    private readonly AlertWords alert;
    private readonly FigureWords figures;

    private EventPost(Words words) => (this.words, alert, figures) = (words, new AlertWords(words), new FigureWords(words));

    /// <param name="event">Of any type.</param>
    /// <param name="possiblyRepeated">It may stand in the chat already, and the chat cannot be asked.</param>
    /// <param name="words">The language; English where it is left out.</param>
    public static Post Of(FeedWatchEvent @event, bool possiblyRepeated = false, Words? words = null)
    {
        var maker = new EventPost(words ?? Words.English);
        var post = @event switch
        {
            IncidentEvent incident => maker.Incident(incident),
            ArticleMatched matched => maker.Matched(matched),
            BurstSummary burst => maker.Burst(burst),
            _ => maker.Notice(@event),
        };
        return post with { Words = maker.words, Note = possiblyRepeated ? maker.words["note.repeated"] : "" };
    }

    private Post Incident(IncidentEvent incident) => new()
    {
        Badge = alert.Severity(incident.Severity),
        Severity = incident.Severity,
        Kind = KindOf(incident),
        About = alert.AboutWhom(incident.Networks),
        Title = alert.Title(incident.Title),
        Lead = alert.WhatHappened(incident),
        Report = alert.WhatTheReportSays(incident.Article),
        Changes = incident is IncidentUpdated updated ? [.. updated.Changes.Select(alert.Change).Select(c => new Fact(c.Label, c.Text))] : [],
        Facts = FactsOf(incident),
        Figures = FiguresOf(incident.Figures),
        Quotes = QuotesOf(incident.Article),
        Why = alert.Why(incident.Article, incident.SeverityReason),
        Source = alert.Source(incident.Article),
        AlsoBy = alert.AlsoReportedBy(incident),
        Link = PlainText.Link(incident.Article.Link),
        Time = incident.Time,
    };

    private Post Matched(ArticleMatched matched) => new()
    {
        Badge = alert.Severity(matched.Severity),
        Severity = matched.Severity,
        Kind = words["kind.article"],
        About = alert.AboutWhom(matched.Networks),
        Title = alert.Title(matched.Article.Title),
        Figures = FiguresOf(matched.Figures),
        Quotes = QuotesOf(matched.Article),
        Why = alert.Why(matched.Article, severityReason: ""),
        Source = alert.Source(matched.Article),
        Link = PlainText.Link(matched.Article.Link),
        Time = matched.Time,
    };

    private Post Burst(BurstSummary burst) => new()
    {
        Badge = alert.Severity(burst.Severity),
        Severity = burst.Severity,
        Kind = words["kind.burst"],
        About = PlainText.Of(burst.Feed, 80),
        Title = words.Count("burst", burst.Entries.Count),
        Entries = [.. burst.Entries.Select(e => new Entry("", alert.Title(e.Title), "", PlainText.Link(e.Link)))],
        Time = burst.Time,
    };

    private Post Notice(FeedWatchEvent @event) => new()
    {
        Badge = words["severity.notice"],
        Kind = EventTypes.Of(@event),
        Title = new NoticeWords(words).WhatHappened(@event),
        Lead = @event is Digest told ? new NoticeWords(words).CoverageOf(told) : "",
        Entries = @event is Digest digest ? [.. digest.Incidents.Select(Listed)] : [],
        Time = @event.Time,
    };

    private Entry Listed(DigestIncident incident) =>
        new(alert.Severity(incident.Severity), alert.Title(incident.Title), new DigestWords(words).Of(incident), PlainText.Link(incident.Link));

    private string KindOf(IncidentEvent incident) => words[incident switch
    {
        IncidentUpdated => "kind.update",
        IncidentMerged => "kind.merged",
        IncidentSplit => "kind.split",
        IncidentRetracted => "kind.withdrawn",
        _ => incident.Article.Label is ArticleLabel.Takedown ? "kind.takedown" : "kind.followup",
    }];

    private List<Fact> FactsOf(IncidentEvent incident)
    {
        var related = alert.Related(incident).Select(title => Fact(incident is IncidentMerged ? "was-also" : "apart-now", title));
        Fact[] facts =
        [
            Fact("network", alert.AboutWhom(incident.Networks)),
            Fact("also-named", alert.NamedBeside(incident.Networks)),
            Fact("operation", alert.Listed(incident.Operations)),
            Fact("agencies", alert.Listed(incident.Agencies)),
            Fact("countries", alert.Countries(incident.Countries)),
        ];
        return [.. related, .. facts.Where(f => f.Text.Length > 0)];
    }

    private Fact Fact(string label, string text) => new(words[$"label.{label}"], text);

    private List<Fact> FiguresOf(IReadOnlyList<Figure> all) => [.. figures.Lines(all).Select(f => new Fact(f.Label, f.Values))];

    private List<string> QuotesOf(ReportedArticle article) =>
        [.. article.Evidence.Select(q => alert.Quoted(q.Text)).Where(q => q.Length > 0).Take(MostQuotes)];
}
