using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Sources;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FeedWatch.Tests.Fetching;

/// <summary>A server whose name cannot be believed is not read. No setting changes that.</summary>
public sealed class TlsTests
{
    private readonly FakeTimeProvider time = new(Watch.Start);
    private readonly IOptions<FetchOptions> options = Options.Create(new FetchOptions { AllowedNetworks = { "127.0.0.0/8" } });

    [Theory]
    [InlineData("signed by itself", "localhost", -1, 365)]
    [InlineData("expired", "localhost", -20, -10)]
    [InlineData("of the future", "localhost", 10, 20)]
    [InlineData("of somebody else", "other.example", -1, 365)]
    public async Task A_certificate_that_proves_nothing_is_refused(string kind, string name, int from, int to)
    {
        Assert.NotEqual("", kind);
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(from), now.AddDays(to));
        await using var server = RawServer.Start(_ => Task.CompletedTask, handshake: certificate);

        var result = await FetchAsync(server);

        Assert.StartsWith("no secure connection", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Plain\r\n\r\n")]
    [InlineData("\u0015\u0003\u0001\0\u0002\u0002\u0028")]
    [InlineData("\u0016\u0003\u0003ÿÿ")]
    [InlineData("")]
    public async Task What_is_no_handshake_is_refused(string answer)
    {
        await using var server = RawServer.Saying(answer);

        Assert.StartsWith("no ", Assert.IsType<FetchResult.Failed>(await FetchAsync(server)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_left_at_the_timeout()
    {
        await using var server = RawServer.Start(c => c.StallAsync());

        var result = await FetchAsync(server);

        Assert.StartsWith("it did not answer in full", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
    }

    private async Task<FetchResult> FetchAsync(RawServer server)
    {
        using var http = GuardedHttp.Client(new AddressGuard(options), resolve: (_, _) => Task.FromResult(new[] { System.Net.IPAddress.Loopback }));
        var fetching = new FeedFetcher(http, options, time).FetchAsync(new Uri($"https://feeds.localhost:{server.Port}/"), Validators.None, TestContext.Current.CancellationToken);
        await Task.WhenAny(fetching, server.Stalled).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        if (!fetching.IsCompleted) time.Advance(options.Value.Timeout);
        return await fetching.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }
}
