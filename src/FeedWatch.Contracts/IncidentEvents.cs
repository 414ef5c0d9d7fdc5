using System.ComponentModel.DataAnnotations;

namespace FeedWatch.Contracts;

/// <summary>What is known of one takedown at the moment of the event. Figures and lists are the incident's, not only the article's.</summary>
public abstract record IncidentEvent : FeedWatchEvent
{
    /// <summary>The incident's id, the same in all its events.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>Which event of its incident this is: 1 for the first. It orders events and identifies nothing.</summary>
    [Range(1, int.MaxValue)]
    public required int Sequence { get; init; }

    /// <summary>The headline of the report that speaks for the incident; plain text.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Why it has this severity, in a few English words.</summary>
    public required string SeverityReason { get; init; }

    /// <summary>When this network's takedown first became public, where FeedWatch knew it before this report.</summary>
    public DateOnly? KnownSince { get; init; }

    /// <summary>The networks it is about first, then those that reports merely name.</summary>
    public required IReadOnlyList<NetworkReference> Networks { get; init; }

    /// <summary>Names of police operations, for example <c>Trojan Shield</c>.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>Police forces, prosecutors and the like, for example <c>Europol</c>.</summary>
    public required IReadOnlyList<string> Agencies { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>The current value of every figure, one for each kind, unit, scope and thing counted.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>The article that led to this event.</summary>
    public required ReportedArticle Article { get; init; }

    /// <summary>Who has reported on the incident so far, in order of arrival; the first 50.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>The <c>burst.summary</c> that tells this event to chats, where one poll brought so many that single posts would flood them.</summary>
    public Guid? FoldedInto { get; init; }
}

/// <summary>A takedown, or news of one, that this installation had not told before.</summary>
public sealed record IncidentDetected : IncidentEvent;

/// <summary>A known incident has new facts.</summary>
public sealed record IncidentUpdated : IncidentEvent
{
    /// <summary>What is new, at least one fact.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }
}

/// <summary>
/// One new fact: a figure that appeared or changed (<see cref="Figure"/> set), a country, network or operation that was not told before,
/// an operator held or judged, or what a court decided.
/// </summary>
public sealed record Change
{
    /// <summary><c>figure</c>, <c>country</c>, <c>network</c>, <c>operation</c>, <c>operator</c> or <c>ruling</c>; later versions may know more.</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// The country, network or operation that is new; <c>arrested</c>, <c>charged</c> or <c>convicted</c> for an operator; the court for a ruling,
    /// empty where it is not known; null for a figure.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>The figure as it stands now.</summary>
    public Figure? Figure { get; init; }

    /// <summary>What the figure was before; null where it is new.</summary>
    public decimal? Before { get; init; }
}

/// <summary>One article that matched, whether or not it told anything new: for those who want them all.</summary>
public sealed record ArticleMatched : FeedWatchEvent
{
    /// <summary>The incident that the article belongs to.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>How much the article matters by itself.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The article.</summary>
    public required ReportedArticle Article { get; init; }

    /// <summary>The networks it is about first, then those that it merely names.</summary>
    public required IReadOnlyList<NetworkReference> Networks { get; init; }

    /// <summary>Names of police operations in the article.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>Police forces, prosecutors and the like in the article.</summary>
    public required IReadOnlyList<string> Agencies { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>The figures that this article gives for the incident.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }
}

/// <summary>One poll of one feed brought more incident events than <c>Alerts:BurstCap</c>; chats get this list in their place.</summary>
public sealed record BurstSummary : FeedWatchEvent
{
    /// <summary>The highest severity of the folded events.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The feed's name.</summary>
    public required string Feed { get; init; }

    /// <summary>The folded events, in order. Each is on the bus in full as well, with this event in <c>foldedInto</c>.</summary>
    public required IReadOnlyList<BurstEntry> Entries { get; init; }
}

/// <summary>One event that a burst folded.</summary>
public sealed record BurstEntry
{
    /// <summary>The folded event's id.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Its incident.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>Its headline; plain text.</summary>
    public required string Title { get; init; }

    /// <summary>An absolute http or https address; null where the feed gave none.</summary>
    public string? Link { get; init; }
}
