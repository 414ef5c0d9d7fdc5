using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>The words of an alert, the same in every channel. All that comes out is harmless plain text (<see cref="PlainText"/>), not yet escaped for a chat.</summary>
internal static class AlertWords
{
    private const int MostNames = 12;

    public static string Severity(Severity severity) => RoutingKey.Name(severity).ToUpperInvariant();

    public static string Title(string title) => PlainText.Of(title, 300) is { Length: > 0 } plain ? plain : "(a report without a headline)";

    /// <summary>One sentence: what this event says, and about which network.</summary>
    public static string WhatHappened(IncidentEvent incident)
    {
        var network = AboutWhom(incident.Networks) is { Length: > 0 } about ? about : "an encrypted-phone network that the report does not name";
        var sentence = incident switch
        {
            IncidentUpdated { Changes.Count: 1 } => $"One new fact about the takedown of {network}.",
            IncidentUpdated updated => $"{updated.Changes.Count} new facts about the takedown of {network}.",
            IncidentMerged merged => $"What was told as {merged.Absorbed.Count + 1} incidents is one, the takedown of {network}: {Reason(merged.Reason)}.",
            IncidentSplit split => $"Part of what was told about the takedown of {network} is another story: {Reason(split.Reason)}.",
            IncidentRetracted retracted => $"What was told about a takedown of {network} is withdrawn: {Reason(retracted.Reason)}.",
            { Article.Label: ArticleLabel.Followup } => $"A follow-up to the takedown of {network} is reported.",
            _ => $"A takedown of {network} is reported.",
        };
        return incident.KnownSince is { } since
            ? $"{sentence} It has been public since {since.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}."
            : sentence;
    }

    /// <summary>The networks it is about: "ANOM", "BlackLine (new to FeedWatch)".</summary>
    public static string AboutWhom(IReadOnlyList<NetworkReference> networks) => Names.Listed(
        Few(networks.Where(n => n.About).Select(n => n.Listed ? Name(n.Name) : $"{Name(n.Name)} (new to FeedWatch)")));

    public static string NamedBeside(IReadOnlyList<NetworkReference> networks) =>
        string.Join(", ", Few(networks.Where(n => !n.About).Select(n => Name(n.Name))));

    public static string Countries(IReadOnlyList<string> countries) => string.Join(", ", Few(countries.Select(Names.Country)));

    public static string Listed(IReadOnlyList<string> names) => string.Join(", ", Few(names.Select(Name)));

    /// <summary>"De Kadebode, Dutch, published 8 Jun 2021 09:30 UTC".</summary>
    public static string Source(ReportedArticle article)
    {
        var language = article.Language is { Length: > 0 } code ? $", {Names.Language(code)}" : "";
        var published = article.PublishedAt is { } at
            ? $"published {at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)} UTC"
            : "no publication date";
        return $"{Name(article.Source)}{language}, {published}";
    }

    /// <summary>The other outlets that told it before; empty where there is none.</summary>
    public static string AlsoReportedBy(IncidentEvent incident) =>
        string.Join(", ", Few(incident.Sources.Select(s => s.Name).Where(n => n != incident.Article.Source).Distinct().Select(Name)));

    /// <summary>A quotation in quotation marks, those inside it single; empty where nothing was said.</summary>
    public static string Quoted(string text) => PlainText.Of(text, 300) is { Length: > 0 } plain
        ? $"“{plain.Replace('“', '‘').Replace('”', '’').Replace('„', '‚').Replace('"', '\'')}”"
        : "";

    /// <summary>What the report says, in its own words and under its own name; empty where it has no summary.</summary>
    public static string WhatTheReportSays(ReportedArticle article) => Quoted(article.Summary) is { Length: > 0 } quote
        ? $"{Name(article.Source)}: {quote}"
        : "";

    /// <summary>The headlines of the incidents that this one took in or gave away; empty where it did neither.</summary>
    public static IReadOnlyList<string> Related(IncidentEvent incident) => incident switch
    {
        IncidentMerged merged => [.. Few(merged.Absorbed.Select(r => Title(r.Title)))],
        IncidentSplit split => [.. Few(split.SplitOff.Select(r => Title(r.Title)))],
        _ => [],
    };

    /// <summary>What changed: "arrests", "worldwide: 800 → 1,000".</summary>
    public static (string Label, string Text) Change(Change change)
    {
        if (change.Figure is not { } figure) return (Name(change.Kind), $"{Subject(change)}, new");

        var about = FigureWords.About(figure) is { Length: > 0 } words ? $"{words}: " : "";
        var now = FigureWords.Amount(figure.Value, figure.Unit);
        return (FigureWords.Label(figure.Kind),
            change.Before is { } before ? $"{about}{FigureWords.Amount(before, figure.Unit)} → {now}" : $"{about}{now}, new");
    }

    private static string Subject(Change change) => change.Kind switch
    {
        "country" => Names.Country(change.Value ?? ""),
        "ruling" when string.IsNullOrEmpty(change.Value) => "a court decided",
        _ => Name(change.Value ?? ""),
    };

    private static string Reason(string reason) => PlainText.Of(reason, 200).TrimEnd('.');

    private static string Name(string name) => PlainText.Of(name, 80);

    private static List<string> Few(IEnumerable<string> names)
    {
        var all = names.Where(n => n.Length > 0).ToList();
        return all.Count <= MostNames ? all : [.. all.Take(MostNames), $"{all.Count - MostNames} more"];
    }
}
