using System.Net;
using System.Net.Sockets;
using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Sources;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Fetching;

public sealed class ProxyTests
{
    private const string AFeedAnswer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss/>";

    [Theory]
    [InlineData("http://public.example/rss")]
    [InlineData("http://only-the-proxy-knows.example/rss")]
    [InlineData("http://8.8.8.8/rss")]
    public async Task A_public_feed_is_asked_for_through_the_proxy(string url)
    {
        await using var proxy = RawServer.Saying(AFeedAnswer);

        var result = await FetchAsync(proxy, url);

        Assert.IsType<FetchResult.Fetched>(result);
        Assert.StartsWith($"GET {url} HTTP/1.1\r\n", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1/rss")]
    [InlineData("http://2130706433/rss")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:10.0.0.1]/rss")]
    [InlineData("http://localhost/rss")]
    [InlineData("http://intranet/rss")]
    [InlineData("http://printer.local/rss")]
    [InlineData("http://private.example/rss")]
    [InlineData("https://private.example/rss")]
    [InlineData("http://mixed.example/rss")]
    [InlineData("http://public.example:25/rss")]
    public async Task A_proxy_is_not_asked_for_what_must_not_be_reached(string url)
    {
        await using var proxy = RawServer.Saying(AFeedAnswer);

        Assert.IsType<FetchResult.Failed>(await FetchAsync(proxy, url));
        Assert.Equal(0, proxy.Connections);
    }

    [Fact]
    public async Task A_redirect_into_the_house_is_not_followed_through_a_proxy_either()
    {
        await using var proxy = RawServer.Saying("HTTP/1.1 302 Found\r\nLocation: http://private.example/\r\nContent-Length: 0\r\n\r\n");

        var result = await FetchAsync(proxy, "http://public.example/rss");

        Assert.Contains("private.example leads to 10.1.2.3", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task A_tunnel_that_the_proxy_refuses_is_said()
    {
        await using var proxy = RawServer.Saying("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");

        var result = await FetchAsync(proxy, "https://public.example/rss");

        Assert.StartsWith("CONNECT public.example:443 HTTP/1.1\r\n", Assert.Single(proxy.Requests), StringComparison.Ordinal);
        Assert.Contains("the proxy (Fetching:Proxy) did not let us through", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxys_password_comes_from_its_file_and_goes_to_the_proxy_when_it_asks()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "pass\n", TestContext.Current.CancellationToken);
        await using var proxy = RawServer.Start(c => c.SayAsync(c.Request.Contains("Proxy-Authorization: Basic bWU6cGFzcw==", StringComparison.Ordinal)
            ? AFeedAnswer
            : "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

        var result = await FetchAsync(proxy, "http://public.example/rss", o => (o.ProxyUser, o.ProxyPasswordFile) = ("me", file));

        Assert.IsType<FetchResult.Fetched>(result);
        File.Delete(file);
    }

    [Fact]
    public async Task A_server_of_our_own_is_reached_past_the_proxy()
    {
        await using var own = RawServer.Saying(AFeedAnswer);
        await using var proxy = RawServer.Saying(AFeedAnswer);

        var result = await FetchAsync(proxy, own.Address.AbsoluteUri, own: own.Endpoint);

        Assert.IsType<FetchResult.Fetched>(result);
        Assert.Equal((0, 1), (proxy.Connections, own.Connections));
    }

    [Theory]
    [InlineData("proxy.example:3128", "is no proxy's address; write it as http://proxy.example:3128.")]
    [InlineData("socks5://proxy.example:1080", "is no proxy's address")]
    [InlineData("http://me:s3cret@proxy.example:3128", "put them into Fetching:ProxyUser and a file that Fetching:ProxyPasswordFile names.")]
    public void A_wrong_proxy_stops_the_start(string proxy, string said)
    {
        var result = new FetchOptionsRules().Validate(null, new FetchOptions { Proxy = proxy });

        Assert.Contains(said, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.FailureMessage, StringComparison.Ordinal);
    }

    private static async Task<FetchResult> FetchAsync(RawServer proxy, string url, Action<FetchOptions>? set = null, IPEndPoint? own = null)
    {
        var options = new FetchOptions { Proxy = proxy.Address.AbsoluteUri, Timeout = TimeSpan.FromSeconds(10) };
        set?.Invoke(options);
        var guard = new AddressGuard(Options.Create(options));
        if (own is not null) guard.AllowOwn(own);
        using var http = GuardedHttp.Client(guard, OperatorProxy.From(options, guard), ResolveAsync);
        return await new FeedFetcher(http, Options.Create(options), TimeProvider.System).FetchAsync(new Uri(url), Validators.None, TestContext.Current.CancellationToken);
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => host switch
    {
        "public.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8")]),
        "private.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.1.2.3")]),
        "mixed.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.1.2.3")]),
        _ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
    };
}
