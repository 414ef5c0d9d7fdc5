using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Sources;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FeedWatch.Tests.Fetching;

/// <summary>However a server answers, asking ends, within its limits, and as a value.</summary>
public sealed class HttpAttackTests
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider time = new(Watch.Start);
    private readonly FetchOptions options = new() { AllowedNetworks = { "127.0.0.0/8" }, MaxBytes = HttpAttack.MaxBytes };

    public static TheoryData<string> Names { get; } = new(HttpAttack.All.Select(a => a.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_answer_of_that_kind_ends_as_it_should(string name)
    {
        var attack = HttpAttack.All.Single(a => a.Name == name);
        await using var server = RawServer.Start(attack.Answer);

        var result = await FetchAsync(server, Validators.None);

        Assert.Equal(attack.Kind, result.GetType().Name);
        Assert.Contains(attack.Says, (result as FetchResult.Failed)?.Why ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.ToString(), StringComparison.Ordinal);
        Assert.True(result is not FetchResult.Failed { Why.Length: > 1000 });
        Assert.True(result is not FetchResult.Fetched { Body.Length: > HttpAttack.MaxBytes });
        Assert.True(server.Requests.Count <= 6);
    }

    [Fact]
    public async Task A_cookie_is_not_sent_back()
    {
        await using var server = RawServer.Saying("HTTP/1.1 200 OK\r\nSet-Cookie: id=1\r\nConnection: close\r\n\r\n<rss/>");

        await FetchAsync(server, Validators.None);
        await FetchAsync(server, Validators.None);

        Assert.DoesNotContain(server.Requests, r => r.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("\"caf\u00e9\"")]
    [InlineData("no quotes")]
    [InlineData("\"a\tb\"")]
    public async Task A_strange_etag_goes_back_byte_for_byte(string etag)
    {
        await using var server = RawServer.Saying($"HTTP/1.1 200 OK\r\nETag: {etag}\r\nConnection: close\r\n\r\n<rss/>");

        var first = Assert.IsType<FetchResult.Fetched>(await FetchAsync(server, Validators.None));
        await FetchAsync(server, first.Validators);

        Assert.Contains($"\r\nIf-None-Match: {etag}\r\n", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_etag_too_long_to_be_sent_back_is_forgotten()
    {
        await using var server = RawServer.Saying($"HTTP/1.1 200 OK\r\nETag: \"{new string('a', 50_000)}\"\r\nConnection: close\r\n\r\n<rss/>");

        Assert.Equal(Validators.None, Assert.IsType<FetchResult.Fetched>(await FetchAsync(server, Validators.None)).Validators);
    }

    [Theory]
    [InlineData("http://a.example/b")]
    [InlineData("//a.example:80/b")]
    public void A_redirect_does_not_leave_https(string location)
    {
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.Found);
        response.Headers.TryAddWithoutValidation("Location", location);

        var why = Redirects.Next(new Uri("https://a.example/"), response, out var next);

        Assert.Equal(location.StartsWith("http:", StringComparison.Ordinal), why is not null);
        Assert.Equal(Uri.UriSchemeHttps, next.Scheme);
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("Tue, 24 Nov 2026 12:01:00 GMT", 61)] // a date has no fractions of a second
    [InlineData("Tue, 24 Nov 2026 11:00:00 GMT", -3599)]
    [InlineData("99999999999999999999", 3650 * 24 * 3600)]
    [InlineData("-60", null)]
    [InlineData("1.5", null)]
    [InlineData("whenever", null)]
    public async Task Whatever_a_server_says_about_coming_back_is_a_time_or_none(string retryAfter, int? seconds)
    {
        await using var server = RawServer.Saying($"HTTP/1.1 429 Too Many Requests\r\nRetry-After: {retryAfter}\r\nContent-Length: 0\r\n\r\n");

        var throttled = Assert.IsType<FetchResult.Throttled>(await FetchAsync(server, Validators.None));

        Assert.Equal(seconds is { } s ? Watch.Start.AddSeconds(s) : null, throttled.Until);
    }

    [Fact]
    public async Task A_redirect_that_is_not_escaped_is_taken_for_utf8()
    {
        await using var server = RawServer.Start(c => c.SayAsync(c.Path == "/" ? [.. "HTTP/1.1 302 Found\r\nLocation: /caf\u00e9\r\nContent-Length: 0\r\n\r\n"u8] : [.. "HTTP/1.1 200 OK\r\n\r\n<rss/>"u8]));

        var fetched = Assert.IsType<FetchResult.Fetched>(await FetchAsync(server, Validators.None));

        Assert.Equal("/caf%C3%A9", fetched.Address.AbsolutePath);
    }

    // The clock is the test's: it moves on when the server has fallen silent, not before.
    private async Task<FetchResult> FetchAsync(RawServer server, Validators validators)
    {
        using var http = GuardedHttp.Client(new AddressGuard(Options.Create(options)));
        var fetching = new FeedFetcher(http, Options.Create(options), time).FetchAsync(server.Address, validators, TestContext.Current.CancellationToken);
        await Task.WhenAny(fetching, server.Stalled).WaitAsync(AtMost, TestContext.Current.CancellationToken);
        if (!fetching.IsCompleted) time.Advance(options.Timeout);
        return await fetching.WaitAsync(AtMost, TestContext.Current.CancellationToken);
    }
}
