namespace FeedWatch.Contracts;

/// <summary>Two incidents that were told apart turned out to be one. The event carries the one that goes on, with the facts of both.</summary>
public sealed record IncidentMerged : IncidentEvent
{
    /// <summary>The incidents that ended in this one. Nothing more will be told under their ids.</summary>
    public required IReadOnlyList<RelatedIncident> Absorbed { get; init; }

    /// <summary>What showed that they are one, in a few English words.</summary>
    public required string Reason { get; init; }
}

/// <summary>An incident turned out to be two or more. The event carries the one that keeps the id, without what was not its own.</summary>
public sealed record IncidentSplit : IncidentEvent
{
    /// <summary>The incidents that were part of this one. Each is told by its own <c>incident.updated</c> from now on.</summary>
    public required IReadOnlyList<RelatedIncident> SplitOff { get; init; }

    /// <summary>What showed that they are several, in a few English words.</summary>
    public required string Reason { get; init; }
}

/// <summary>What was told of an incident was wrong: no takedown, a hoax, an old story. The event carries it as it was last told.</summary>
public sealed record IncidentRetracted : IncidentEvent
{
    /// <summary>Why, in the operator's words.</summary>
    public required string Reason { get; init; }

    /// <summary>The events that told it, oldest first; a bot may mark or delete what it posted for them.</summary>
    public required IReadOnlyList<Guid> RetractedEvents { get; init; }
}

/// <summary>Another incident that an event speaks of.</summary>
public sealed record RelatedIncident
{
    /// <summary>The incident's id, the same in all its events.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>The headline under which it is, or was, told; plain text.</summary>
    public required string Title { get; init; }

    /// <summary>The networks it is about.</summary>
    public required IReadOnlyList<NetworkReference> Networks { get; init; }
}
