using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>The words of an alert, the same in every channel of a language. All that comes out is harmless plain text (<see cref="PlainText"/>), not yet escaped for a chat.</summary>
internal sealed class AlertWords(Words words)
{
    private const int MostNames = 12;

    private readonly FigureWords figures = new(words);

    public string Severity(Severity severity) => words[$"severity.{RoutingKey.Name(severity)}"];

    public string Title(string title) => PlainText.Of(title, 300) is { Length: > 0 } plain ? plain : words["title.none"];

    /// <summary>One sentence: what this event says, and about which network.</summary>
    public string WhatHappened(IncidentEvent incident)
    {
        var names = About(incident.Networks);
        var network = ("network", names.Count == 0 ? words["about.nobody"] : words.Count("about", names.Count, ("names", words.Listed(names))));
        var sentence = incident switch
        {
            IncidentUpdated updated => words.Count("happened.updated", updated.Changes.Count, network),
            IncidentMerged merged => words.Count("happened.merged", merged.Absorbed.Count + 1, network, ("reason", Reason(merged.Reason))),
            IncidentSplit split => words.Say("happened.split", network, ("reason", Reason(split.Reason))),
            IncidentRetracted retracted => words.Say("happened.retracted", network, ("reason", Reason(retracted.Reason))),
            { Article.Label: ArticleLabel.Followup } => words.Say("happened.followup", network),
            _ => words.Say("happened.detected", network),
        };
        return incident.KnownSince is { } since ? $"{sentence} {words.Say("happened.since", ("date", words.Date(since)))}" : sentence;
    }

    /// <summary>The networks it is about: "ANOM", "BlackLine (new to FeedWatch)".</summary>
    public string AboutWhom(IReadOnlyList<NetworkReference> networks) => words.Listed(About(networks));

    public string NamedBeside(IReadOnlyList<NetworkReference> networks) =>
        string.Join(", ", Few(networks.Where(n => !n.About).Select(n => Name(n.Name))));

    public string Countries(IReadOnlyList<string> countries) => string.Join(", ", Few(countries.Select(words.Country)));

    public string Listed(IReadOnlyList<string> names) => string.Join(", ", Few(names.Select(Name)));

    /// <summary>"De Kadebode, Dutch, published 8 Jun 2021 09:30 UTC".</summary>
    public string Source(ReportedArticle article)
    {
        var language = article.Language is { Length: > 0 } code ? $", {words.Language(code)}" : "";
        var published = article.PublishedAt is { } at ? words.Say("source.published", ("time", words.Time(at))) : words["source.undated"];
        return $"{Name(article.Source)}{language}, {published}";
    }

    /// <summary>The other outlets that told it before; empty where there is none.</summary>
    public string AlsoReportedBy(IncidentEvent incident) =>
        string.Join(", ", Few(incident.Sources.Select(s => s.Name).Where(n => n != incident.Article.Source).Distinct().Select(Name)));

    /// <summary>A quotation in the language's quotation marks, those inside it changed; empty where nothing was said.</summary>
    public string Quoted(string text)
    {
        if (PlainText.Of(text, 300) is not { Length: > 0 } plain) return "";
        foreach (var pair in words["quote.inner"].Split(' ')) plain = plain.Replace(pair[0], pair[1]);
        return words.Say("quote", ("text", plain));
    }

    /// <summary>What the report says, in its own words and under its own name; empty where it has no summary.</summary>
    public string WhatTheReportSays(ReportedArticle article) => Quoted(article.Summary) is { Length: > 0 } quote
        ? words.Say("labelled", ("label", Name(article.Source)), ("text", quote))
        : "";

    /// <summary>The headlines of the incidents that this one took in or gave away; empty where it did neither.</summary>
    public IReadOnlyList<string> Related(IncidentEvent incident) => incident switch
    {
        IncidentMerged merged => Few(merged.Absorbed.Select(r => Title(r.Title))),
        IncidentSplit split => Few(split.SplitOff.Select(r => Title(r.Title))),
        _ => [],
    };

    /// <summary>What changed: "arrests", "worldwide: 800 → 1,000".</summary>
    public (string Label, string Text) Change(Change change)
    {
        if (change.Figure is not { } figure) return (words.Find($"new.{change.Kind}") ?? Name(change.Kind), New(Subject(change)));

        var now = figures.Amount(figure.Value, figure.Unit);
        var amount = change.Before is { } before ? words.Say("change.from-to", ("before", figures.Amount(before, figure.Unit)), ("now", now)) : New(now);
        return (figures.Label(figure.Kind), figures.About(figure) is { Length: > 0 } about ? words.Say("change.figure", ("about", about), ("amount", amount)) : amount);
    }

    /// <summary>Why it has its severity, and how sure the detector is.</summary>
    public string Why(ReportedArticle article, string severityReason)
    {
        var score = ("score", words.Score(article.Score));
        return PlainText.Of(severityReason, 200) is { Length: > 0 } reason ? words.Say("why", ("reason", words.Reason(reason)), score) : words.Say("why.score", score);
    }

    private List<string> About(IReadOnlyList<NetworkReference> networks) =>
        Few(networks.Where(n => n.About).Select(n => n.Listed ? Name(n.Name) : words.Say("network.new", ("name", Name(n.Name)))));

    private string New(string what) => words.Say("change.new", ("what", what));

    private string Subject(Change change) => change.Kind switch
    {
        "country" => words.Country(change.Value ?? ""),
        "operator" => words.Find($"fate.{change.Value}") ?? Name(change.Value ?? ""),
        "ruling" when string.IsNullOrEmpty(change.Value) => words["ruling.some-court"],
        _ => Name(change.Value ?? ""),
    };

    private string Reason(string reason) => words.Reason(PlainText.Of(reason, 200).TrimEnd('.'));

    private static string Name(string name) => PlainText.Of(name, 80);

    private List<string> Few(IEnumerable<string> names)
    {
        var all = names.Where(n => n.Length > 0).ToList();
        return all.Count <= MostNames ? all : [.. all.Take(MostNames), words.Count("list.more", all.Count - MostNames)];
    }
}
