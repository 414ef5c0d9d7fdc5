using FeedWatch.Sources;

namespace FeedWatch.Fetching;

/// <summary>How asking for a feed ended. Each case is handled, none is thrown.</summary>
internal abstract record FetchResult
{
    private FetchResult()
    {
    }

    /// <param name="Body">Decompressed; at most <see cref="FetchOptions.MaxBytes"/> long.</param>
    /// <param name="ContentType">The media type as the server gave it, with its charset; null where it gave none.</param>
    /// <param name="Address">Where it came from, after redirects.</param>
    /// <param name="Validators">To be stored together with the articles of this body, never before them.</param>
    public sealed record Fetched(byte[] Body, string? ContentType, Uri Address, Validators Validators) : FetchResult
    {
        public Freshness Freshness { get; init; } = Freshness.Unknown;
    }

    /// <param name="Validators">Those to send next time: what the 304 offered anew, else the ones that were sent.</param>
    public sealed record NotModified(Validators Validators) : FetchResult
    {
        public Freshness Freshness { get; init; } = Freshness.Unknown;
    }

    /// <param name="Until">When the server allows the next request; null where it did not say.</param>
    /// <param name="Why">In words for the operator.</param>
    /// <param name="Status">What the server answered.</param>
    public sealed record Throttled(DateTimeOffset? Until, string Why, int Status) : FetchResult;

    /// <summary>410: the feed will not come back.</summary>
    public sealed record Gone : FetchResult;

    /// <param name="Why">In words for the operator.</param>
    /// <param name="Status">What the server answered; null where no answer came.</param>
    public sealed record Failed(string Why, int? Status = null) : FetchResult
    {
        /// <summary>The feed is not to blame: nobody was asked, and it may be asked again soon.</summary>
        public bool IsOfThisMachine { get; init; }
    }
}

/// <summary>What an answer says about the next one.</summary>
/// <param name="For">How long the server calls it fresh (Cache-Control max-age less Age, else Expires; RFC 9111, section 4.2); null where it does not say.</param>
/// <param name="MovedTo">Where it lives now, if every redirect on the way was a permanent one; null without redirects.</param>
internal sealed record Freshness(TimeSpan? For, Uri? MovedTo)
{
    public static Freshness Unknown { get; } = new(null, null);
}
