namespace FeedWatch.Contracts;

/// <summary>What is known of one takedown at the moment of the event. Figures and lists are the incident's, not only the article's.</summary>
public abstract record IncidentEvent : FeedWatchEvent
{
    public required Guid IncidentId { get; init; }

    /// <summary>Which event of its incident this is: 1 for the first. It orders events and identifies nothing.</summary>
    public required int Sequence { get; init; }

    /// <summary>The headline of the report that speaks for the incident; plain text.</summary>
    public required string Title { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Why it has this severity, in a few English words.</summary>
    public required string SeverityReason { get; init; }

    /// <summary>When this network's takedown first became public, where FeedWatch knew it before this report.</summary>
    public DateOnly? KnownSince { get; init; }

    /// <summary>The networks it is about first, then those that reports merely name.</summary>
    public required IReadOnlyList<NetworkReference> Networks { get; init; }

    public required IReadOnlyList<string> Operations { get; init; }

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
    public required IReadOnlyList<Change> Changes { get; init; }
}

/// <summary>One new fact: a figure that appeared or changed (<see cref="Figure"/> set), or a country, network or operation that was not named before.</summary>
public sealed record Change
{
    /// <summary><c>figure</c>, <c>country</c>, <c>network</c> or <c>operation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The country, network or operation that is new; null for a figure.</summary>
    public string? Value { get; init; }

    /// <summary>The figure as it stands now.</summary>
    public Figure? Figure { get; init; }

    /// <summary>What the figure was before; null where it is new.</summary>
    public decimal? Before { get; init; }
}

/// <summary>One article that matched, whether or not it told anything new: for those who want them all.</summary>
public sealed record ArticleMatched : FeedWatchEvent
{
    public required Guid IncidentId { get; init; }
    public required Severity Severity { get; init; }
    public required ReportedArticle Article { get; init; }
    public required IReadOnlyList<NetworkReference> Networks { get; init; }
    public required IReadOnlyList<string> Operations { get; init; }
    public required IReadOnlyList<string> Agencies { get; init; }
    public required IReadOnlyList<string> Countries { get; init; }
    public required IReadOnlyList<Figure> Figures { get; init; }
}

/// <summary>One poll of one feed brought more incident events than <c>Alerts:BurstCap</c>; chats get this list in their place.</summary>
public sealed record BurstSummary : FeedWatchEvent
{
    public required Severity Severity { get; init; }
    public required string Feed { get; init; }
    public required IReadOnlyList<BurstEntry> Entries { get; init; }
}

public sealed record BurstEntry
{
    public required Guid EventId { get; init; }
    public required Guid IncidentId { get; init; }
    public required string Title { get; init; }
    public string? Link { get; init; }
}
