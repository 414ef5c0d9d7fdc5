using System.ComponentModel.DataAnnotations;

namespace FeedWatch.Contracts;

/// <summary>What happened in a day or a week, in one message.</summary>
public sealed record Digest : FeedWatchEvent
{
    /// <summary>What the operator calls it; <see cref="Period"/> where they call it nothing.</summary>
    public required string Name { get; init; }

    /// <summary><c>daily</c> or <c>weekly</c>.</summary>
    public required string Period { get; init; }

    /// <summary>The first moment of the period, UTC. After a downtime one digest tells of all the periods that were missed.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The first moment after the period, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The highest severity of its incidents; <c>info</c> where there are none.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The incidents that were new or had new reports in the period, the most severe first.</summary>
    public required IReadOnlyList<DigestIncident> Incidents { get; init; }

    /// <summary>How well FeedWatch could see in the period.</summary>
    public required Coverage Coverage { get; init; }
}

/// <summary>One incident's line in a digest.</summary>
public sealed record DigestIncident
{
    /// <summary>The incident's id, the same in all its events.</summary>
    public required Guid IncidentId { get; init; }

    /// <summary>The headline of the report that speaks for the incident; plain text.</summary>
    public required string Title { get; init; }

    /// <summary>How much the incident matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>True where the incident was first told in the period.</summary>
    public required bool New { get; init; }

    /// <summary>True where it was taken back in the period: what was told of it was wrong.</summary>
    public required bool Retracted { get; init; }

    /// <summary>The networks it is about.</summary>
    public required IReadOnlyList<NetworkReference> Networks { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>The current value of every figure.</summary>
    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>What became known in the period.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }

    /// <summary>Reports in the period, repeats and coverage alone included.</summary>
    [Range(0, int.MaxValue)]
    public required int Articles { get; init; }

    /// <summary>Outlets that reported in the period.</summary>
    [Range(0, int.MaxValue)]
    public required int Outlets { get; init; }

    /// <summary>Those among them that had not reported on the incident before.</summary>
    [Range(0, int.MaxValue)]
    public required int MoreOutlets { get; init; }

    /// <summary>The report to read, an absolute http or https address; null where no feed gave one.</summary>
    public string? Link { get; init; }
}

/// <summary>How much of the list could be read, and how much was read.</summary>
public sealed record Coverage
{
    /// <summary>Feeds that are enabled.</summary>
    [Range(0, int.MaxValue)]
    public required int Feeds { get; init; }

    /// <summary>Those among them that fail now.</summary>
    [Range(0, int.MaxValue)]
    public required int Failing { get; init; }

    /// <summary>Their names, those first that have failed for longest; the first 20.</summary>
    public required IReadOnlyList<string> FailingFeeds { get; init; }

    /// <summary>Those among them that are silent now.</summary>
    [Range(0, int.MaxValue)]
    public required int Silent { get; init; }

    /// <summary>New articles that were examined.</summary>
    [Range(0, int.MaxValue)]
    public required int Articles { get; init; }

    /// <summary>Those among them that matched.</summary>
    [Range(0, int.MaxValue)]
    public required int Matched { get; init; }
}

/// <summary>A chat channel does not take what is posted to it. Told once, until it takes something again: on the other channels, and by <c>feedwatch bot</c> to every bot.</summary>
public sealed record ChannelFailing : FeedWatchEvent
{
    /// <summary>The channel's name in the settings.</summary>
    public required string Channel { get; init; }

    /// <summary>Its type, for example <c>discord</c>.</summary>
    public required string ChannelType { get; init; }

    /// <summary>The first of the failures in a row, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Failures in a row.</summary>
    [Range(1, int.MaxValue)]
    public required int Failures { get; init; }

    /// <summary>What went wrong last, in a few English words and without secrets.</summary>
    public required string Reason { get; init; }

    /// <summary>Events that wait for the channel.</summary>
    [Range(0, int.MaxValue)]
    public required int Waiting { get; init; }

    /// <summary>Events that were given up for good since then.</summary>
    [Range(0, int.MaxValue)]
    public required int GivenUp { get; init; }

    /// <summary>When it is tried again, UTC; null where a person must act first.</summary>
    public DateTimeOffset? NextTryAt { get; init; }
}

/// <summary>A chat channel that was told as failing takes posts again, or is to take none any more. Told where that was.</summary>
public sealed record ChannelRecovered : FeedWatchEvent
{
    /// <summary>The channel's name in the settings.</summary>
    public required string Channel { get; init; }

    /// <summary>Its type, for example <c>discord</c>.</summary>
    public required string ChannelType { get; init; }

    /// <summary>The event that told what was wrong.</summary>
    public required Guid After { get; init; }

    /// <summary>Since when it had taken nothing, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Events that still wait for the channel.</summary>
    [Range(0, int.MaxValue)]
    public required int Waiting { get; init; }

    /// <summary>True where it was not mended: it has been taken out of the settings.</summary>
    public bool Removed { get; init; }
}
