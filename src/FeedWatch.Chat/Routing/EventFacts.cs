using FeedWatch.Contracts;

namespace FeedWatch.Chat.Routing;

/// <summary>What routes and mutes ask of an event. Null where this kind of event has no such thing; empty where it has one that is not known.</summary>
internal sealed record EventFacts
{
    public Severity? Severity { get; private init; }

    /// <summary>Slugs of the networks that it is about.</summary>
    public IReadOnlyList<string>? Networks { get; private init; }

    public IReadOnlyList<string>? Countries { get; private init; }

    /// <summary>Without their regions.</summary>
    public IReadOnlyList<string>? Languages { get; private init; }

    public ArticleLabel? Label { get; private init; }

    public double? Score { get; private init; }

    /// <summary>The name of a digest.</summary>
    public IReadOnlyList<string>? Digests { get; private init; }

    /// <summary>The incidents that it tells of, those that it joins to them or parts from them too.</summary>
    public IReadOnlyList<Guid> Incidents { get; private init; } = [];

    public static EventFacts Of(FeedWatchEvent @event) => @event switch
    {
        IncidentEvent e => OfReport(e.Article, e.Networks, e.Countries) with { Severity = e.Severity, Incidents = [e.IncidentId, .. Related(e)] },
        ArticleMatched e => OfReport(e.Article, e.Networks, e.Countries) with { Severity = e.Severity, Incidents = [e.IncidentId] },
        BurstSummary e => new EventFacts { Severity = e.Severity, Incidents = [.. e.Entries.Select(entry => entry.IncidentId).Distinct()] },
        Digest e => new EventFacts { Severity = e.Severity, Digests = [e.Name] },
        FeedEvent e => new EventFacts { Countries = e.Feed.Country is { } country ? [country] : [], Languages = LanguagesOf(e.Feed.Language) },
        CoverageLost e => OfCoverage(e.Kind, e.Value),
        CoverageRestored e => OfCoverage(e.Kind, e.Value),
        _ => new EventFacts(),
    };

    private static EventFacts OfReport(ReportedArticle article, IReadOnlyList<NetworkReference> networks, IReadOnlyList<string> countries) => new()
    {
        Networks = [.. networks.Where(n => n.About).Select(n => n.Slug)],
        Countries = countries,
        Languages = LanguagesOf(article.Language),
        Label = article.Label,
        Score = article.Score,
    };

    // What is lost everywhere concerns everybody; what is lost of a country says nothing about languages.
    private static EventFacts OfCoverage(string kind, string? value) => kind switch
    {
        CoverageKinds.Country => new EventFacts { Countries = value is null ? [] : [value] },
        CoverageKinds.Language => new EventFacts { Languages = LanguagesOf(value) },
        _ => new EventFacts(),
    };

    private static IEnumerable<Guid> Related(IncidentEvent incident) => incident switch
    {
        IncidentMerged merged => merged.Absorbed.Select(r => r.IncidentId),
        IncidentSplit split => split.SplitOff.Select(r => r.IncidentId),
        _ => [],
    };

    private static IReadOnlyList<string> LanguagesOf(string? language) => string.IsNullOrEmpty(language) ? [] : [language.Split('-', '_')[0]];
}
