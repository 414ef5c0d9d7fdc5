using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Sources;
using Microsoft.Extensions.Options;

namespace FeedWatch.Fetching;

/// <summary>Asks for a feed: conditionally, within limits of size and time, through at most five redirects.</summary>
internal sealed class FeedFetcher(HttpMessageInvoker http, IOptions<FetchOptions> options, TimeProvider time, ServerClocks? clocks = null)
{
    private const int MaxRedirects = 5;
    private const int LongestValidator = 4096;
    private const string Feeds = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1";
    private const string Pages = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";

    private readonly FetchOptions options = options.Value;

    public Task<FetchResult> FetchAsync(Uri address, Validators validators, CancellationToken cancellationToken) =>
        FetchAsync(address, validators, auth: null, cancellationToken);

    /// <param name="auth">Given to its own origin only, and to nobody after a redirect has left that.</param>
    public Task<FetchResult> FetchAsync(Uri address, Validators validators, FeedAuth? auth, CancellationToken cancellationToken) =>
        FetchAsync(new Asking(address, validators, Feeds, auth), cancellationToken);

    /// <summary>The poll of a feed, whose connection is kept only where another feed of the same host may use it.</summary>
    public Task<FetchResult> FetchAsync(Feed feed, CancellationToken cancellationToken) =>
        FetchAsync(new Asking(feed.Url, feed.Validators, Feeds, feed.Auth) { IsOnlyOne = feed.IsAloneOnHost }, cancellationToken);

    /// <summary>An article's page, or a robots.txt, under the same limits and the same guard.</summary>
    public Task<FetchResult> FetchPageAsync(Uri address, CancellationToken cancellationToken) =>
        FetchAsync(new Asking(address, Validators.None, Pages, null), cancellationToken);

    private async Task<FetchResult> FetchAsync(Asking asking, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FollowAsync(asking, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new FetchResult.Failed(string.Create(CultureInfo.InvariantCulture, $"it did not answer in full within {options.Timeout.TotalSeconds:0.#} s (Fetching:Timeout)"));
        }
        catch (ForbiddenAddressException ex)
        {
            return new FetchResult.Failed(ex.Message);
        }
        catch (HttpRequestException ex) when (ex.InnerException is ForbiddenAddressException forbidden)
        {
            return new FetchResult.Failed(forbidden.Message);
        }
        catch (HttpRequestException ex) when (ex.InnerException is NamesAwayException away)
        {
            return new FetchResult.Failed(away.Message) { IsOfThisMachine = true };
        }
        catch (NamesAwayException ex)
        {
            return new FetchResult.Failed(ex.Message) { IsOfThisMachine = true };
        }
        catch (HttpRequestException ex)
        {
            return new FetchResult.Failed(Explain(ex));
        }
        catch (Exception ex) when (ex is IOException or InvalidDataException)
        {
            return new FetchResult.Failed($"the connection broke: {ex.Message}");
        }
    }

    private async Task<FetchResult> FollowAsync(Asking asking, CancellationToken cancellationToken)
    {
        if (WebAddress.Refusal(asking.Address) is { } refusal) return new FetchResult.Failed($"its address {refusal}");

        var (address, auth, permanent) = (asking.Address, asking.Auth, true);
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            if (auth is not null && auth.Origin != FeedAuth.OriginOf(address)) auth = null;
            var movedTo = permanent && hop > 0 ? address : null;
            using var request = Request(asking with { Address = address });
            if (auth is not null && await Credentials.AddAsync(request, auth, cancellationToken) is { } missing) return new FetchResult.Failed(missing);
            using var response = await http.SendAsync(request, cancellationToken);
            clocks?.Hear(response);
            switch ((int)response.StatusCode)
            {
                case 200:
                    return await ReadAsync(response, address, FreshnessOf(response, movedTo), cancellationToken);
                case 304 when asking.Validators.Any:
                    return new FetchResult.NotModified(ValidatorsOf(response, otherwise: asking.Validators)) { Freshness = FreshnessOf(response, movedTo) };
                case 301 or 302 or 303 or 307 or 308:
                    if (Redirects.Next(address, response, out var next) is { } why) return new FetchResult.Failed(why, (int)response.StatusCode);
                    permanent &= (int)response.StatusCode is 301 or 308;
                    address = next;
                    break;
                case 410:
                    return new FetchResult.Gone();
                case 429:
                case 503 when response.Headers.NonValidated.Contains("Retry-After"):
                    return new FetchResult.Throttled(RetryAfter.Until(response, time.GetUtcNow()), Status(response), (int)response.StatusCode);
                default:
                    return new FetchResult.Failed(Status(response), (int)response.StatusCode);
            }
        }

        return new FetchResult.Failed($"it redirects more than {MaxRedirects} times, last to {WebAddress.Shown(address.AbsoluteUri)}");
    }

    private HttpRequestMessage Request(Asking asking)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, asking.Address) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", asking.Accept);
        if (asking.Validators.ETag is { } etag) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        if (asking.Validators.LastModified is { } date) request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
        if (asking.IsOnlyOne && options.Proxy is null) request.Headers.ConnectionClose = true; // else it waits for nothing: a socket, its buffers and a timer for each feed
        return request;
    }

    private async Task<FetchResult> ReadAsync(HttpResponseMessage response, Uri address, Freshness freshness, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > options.MaxBytes) return TooLarge();

        // What the handler could undo is gone from this header by now.
        if (response.Content.Headers.ContentEncoding.FirstOrDefault(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)) is { } encoding)
            return new FetchResult.Failed($"its body is encoded in a way that was not asked for ({WebAddress.Shown(encoding)})");

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[]? body;
        try
        {
            body = await BoundedBody.ReadAsync(stream, options.MaxBytes, cancellationToken);
        }
        catch (InvalidOperationException ex) // BrotliStream's word for data that is no brotli
        {
            return new FetchResult.Failed($"the connection broke: {ex.Message}");
        }

        if (body is null) return TooLarge();

        var type = Raw(response.Content.Headers, "Content-Type");
        return new FetchResult.Fetched(body, type, address, ValidatorsOf(response, otherwise: Validators.None)) { Freshness = freshness };

        FetchResult.Failed TooLarge() => new(string.Create(CultureInfo.InvariantCulture, $"it is larger than {options.MaxBytes:N0} bytes (Fetching:MaxBytes)"));
    }

    private Freshness FreshnessOf(HttpResponseMessage response, Uri? movedTo)
    {
        var cache = response.Headers.CacheControl;
        if (cache is { NoCache: true } or { NoStore: true }) return new Freshness(null, movedTo);
        var fresh = cache?.MaxAge is { } maxAge ? maxAge - (response.Headers.Age ?? TimeSpan.Zero)
            : response.Content.Headers.Expires is { } expires ? expires - (response.Headers.Date ?? time.GetUtcNow())
            : (TimeSpan?)null;
        return new Freshness(fresh > TimeSpan.Zero ? fresh : null, movedTo);
    }

    private static Validators ValidatorsOf(HttpResponseMessage response, Validators otherwise) => new(
        Raw(response.Headers, "ETag") ?? otherwise.ETag,
        Raw(response.Content.Headers, "Last-Modified") ?? otherwise.LastModified);

    // Byte for byte: a parsed and rewritten ETag or date is another one (miniflux #2675, feedbin #726). One that is too long to be
    // sent back is none: the server would refuse the request for it, for good.
    private static string? Raw(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 and <= LongestValidator } value ? value : null;

    private static string Status(HttpResponseMessage response) =>
        string.Create(CultureInfo.InvariantCulture, $"it answered {(int)response.StatusCode} {WebAddress.Shown(response.ReasonPhrase ?? "")}").TrimEnd();

    private string Explain(HttpRequestException ex) => ex.HttpRequestError switch
    {
        HttpRequestError.ProxyTunnelError => $"the proxy (Fetching:Proxy) did not let us through ({ex.InnerException?.Message ?? ex.Message})",
        HttpRequestError.NameResolutionError => "its host name is not known",
        HttpRequestError.ConnectionError => $"no connection ({ex.InnerException?.Message ?? ex.Message})",
        HttpRequestError.SecureConnectionError when (ex.InnerException?.Message ?? "").Contains("NotTimeValid", StringComparison.Ordinal) =>
            string.Create(CultureInfo.InvariantCulture, $"no secure connection (its certificate has expired, or is not valid yet, if this machine's clock is right, which says {time.GetUtcNow():yyyy-MM-dd})"),
        HttpRequestError.SecureConnectionError => $"no secure connection ({ex.InnerException?.Message ?? ex.Message})",
        _ => $"no usable answer ({ex.InnerException?.Message ?? ex.Message})",
    };

    private sealed record Asking(Uri Address, Validators Validators, string Accept, FeedAuth? Auth)
    {
        /// <summary>No other request to its host is to be expected within seconds. HTTP/2 knows no such word, and keeps its connection.</summary>
        public bool IsOnlyOne { get; init; }
    }
}
