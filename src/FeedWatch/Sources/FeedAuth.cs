namespace FeedWatch.Sources;

/// <summary>How FeedWatch makes itself known to a feed's server. The secret itself lies in a file and is read at each request; only its path is kept.</summary>
/// <param name="User">For basic; else null.</param>
/// <param name="Header">The name of a header of its own; else null. With neither it is a bearer token.</param>
/// <param name="SecretFile">Absolute.</param>
internal sealed record FeedAuth(string? User, string? Header, string SecretFile)
{
    /// <summary>Scheme, host and port that the secret is meant for: nobody else gets it, whatever redirects or moves say.</summary>
    public required string Origin { get; init; }

    public static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
