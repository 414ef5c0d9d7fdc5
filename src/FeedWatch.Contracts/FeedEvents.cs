using System.ComponentModel.DataAnnotations;

namespace FeedWatch.Contracts;

/// <summary>Something about the watching of one feed, for the people who run FeedWatch.</summary>
public abstract record FeedEvent : FeedWatchEvent
{
    /// <summary>The feed it is about.</summary>
    public required WatchedFeed Feed { get; init; }
}

/// <summary>One feed of the operator's list.</summary>
public sealed record WatchedFeed
{
    /// <summary>UUIDv5 of the address in the list.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name in the list.</summary>
    public required string Name { get; init; }

    /// <summary>Its address as it is polled, without user name and password.</summary>
    public required string Url { get; init; }

    /// <summary>Language of the feed, ISO 639-1; null where unknown.</summary>
    public string? Language { get; init; }

    /// <summary>Country of the outlet, ISO 3166 alpha-2; null where the list does not say.</summary>
    public string? Country { get; init; }
}

/// <summary>A feed has failed three times in a row at least, and for longer than <c>Polling:FailingAfter</c> (an hour). Told once, until it recovers.</summary>
public sealed record FeedFailing : FeedEvent
{
    /// <summary>The first of the failures in a row, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Failures in a row.</summary>
    [Range(1, int.MaxValue)]
    public required int Failures { get; init; }

    /// <summary>What went wrong last, in a few English words, for example <c>HTTP 503</c> or <c>the certificate has expired</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The status of the last answer; null where there was none.</summary>
    [Range(100, 599)]
    public int? HttpStatus { get; init; }

    /// <summary>The last poll that went well, UTC; null where none ever did.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>When it is tried again, UTC; null where it is not.</summary>
    public DateTimeOffset? NextPollAt { get; init; }
}

/// <summary>A feed that was told as failing, silent or gone is well again, or is not to be polled any more.</summary>
public sealed record FeedRecovered : FeedEvent
{
    /// <summary>The event that told what was wrong.</summary>
    public Guid? After { get; init; }

    /// <summary>Since when it had not been well, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Articles that the first good poll brought and that were new.</summary>
    [Range(0, int.MaxValue)]
    public required int NewArticles { get; init; }

    /// <summary>True where it was not mended: it has been taken out of the list, or switched off there.</summary>
    public bool Removed { get; init; }
}

/// <summary>A feed answers, but has brought nothing new for ten times as long as it usually takes, and for three days at least. Told once, until something new comes.</summary>
public sealed record FeedSilent : FeedEvent
{
    /// <summary>When the last new article came, UTC; null where none ever did.</summary>
    public DateTimeOffset? LastArticleAt { get; init; }

    /// <summary>Hours since then, or since the feed was first polled.</summary>
    [Range(0, double.MaxValue)]
    public required double SilentHours { get; init; }

    /// <summary>Hours that usually lie between two of its articles; null where it is not known yet.</summary>
    [Range(0, double.MaxValue)]
    public double? UsualHours { get; init; }
}

/// <summary>A feed has a new address for good (HTTP 301 or 308, kept up over several days), and is polled there.</summary>
public sealed record FeedMoved : FeedEvent
{
    /// <summary>Where it was polled until now: the address in the list, which the operator may want to change, unless it had moved before; without user name and password.</summary>
    public required string From { get; init; }

    /// <summary>The new address, without user name and password.</summary>
    public required string To { get; init; }
}

/// <summary>A feed's server says that it is gone for good (HTTP 410). It is not polled any more until the operator enables it.</summary>
public sealed record FeedGone : FeedEvent
{
    /// <summary>What the server said, in a few English words.</summary>
    public required string Reason { get; init; }

    /// <summary>The last poll that went well, UTC; null where none ever did.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }
}
