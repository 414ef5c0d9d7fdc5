using System.Collections.Concurrent;
using System.IO.Compression;
using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Sources;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Fetching;

public sealed class FeedFetcherTests : IDisposable
{
    private readonly FetchOptions options = new() { AllowedNetworks = { "127.0.0.0/8" }, MaxBytes = 100_000, Timeout = TimeSpan.FromSeconds(5) };
    private readonly List<IDisposable> owned = [];

    public void Dispose() => owned.ForEach(o => o.Dispose());

    [Fact]
    public async Task Validators_are_kept_and_sent_byte_for_byte()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", 200, "<rss/>", ("ETag", "W/\"a b\""), ("Last-Modified", "Tue, 8 Jun 2021 09:30:00 +0000"));

        var fetched = Assert.IsType<FetchResult.Fetched>(await FetchAsync(server.At("/rss")));
        await FetchAsync(server.At("/rss"), fetched.Validators);

        Assert.Equal("W/\"a b\"", server.Requests.Last().IfNoneMatch);
        Assert.Equal("Tue, 8 Jun 2021 09:30:00 +0000", server.Requests.Last().IfModifiedSince);
    }

    [Fact]
    public async Task A_304_may_bring_new_validators()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", 304, "", ("ETag", "\"new\""));

        var result = await FetchAsync(server.At("/rss"), new Validators("\"old\"", "Tue, 08 Jun 2021 09:30:00 GMT"));

        Assert.Equal(new Validators("\"new\"", "Tue, 08 Jun 2021 09:30:00 GMT"), Assert.IsType<FetchResult.NotModified>(result).Validators);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task A_connection_is_kept_only_where_another_feed_of_its_host_may_use_it(bool isAlone, int connections)
    {
        await using var server = await FeedServer.StartAsync();
        var used = new ConcurrentBag<string>();
        server.Answer("/rss", context =>
        {
            used.Add(context.Connection.Id);
            return Task.CompletedTask;
        });
        using var http = GuardedHttp.Client(new AddressGuard(Options.Create(options)));
        var fetcher = new FeedFetcher(http, Options.Create(options), TimeProvider.System);
        var feed = new Feed { Id = NameUuid.Of("feed", "one"), Url = server.At("/rss"), Name = "one", IsAloneOnHost = isAlone };

        for (var poll = 0; poll < 2; poll++) Assert.IsType<FetchResult.Fetched>(await fetcher.FetchAsync(feed, TestContext.Current.CancellationToken));

        Assert.Equal(connections, used.Distinct().Count());
    }

    [Fact]
    public async Task A_small_packet_that_unpacks_beyond_the_limit_is_refused()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[10_000_000], context.RequestAborted);
        });

        var result = await FetchAsync(server.At("/rss"));

        Assert.Contains("larger than 100,000 bytes", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_without_end_end()
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", 302, "", ("Location", "/rss"));

        var result = await FetchAsync(server.At("/rss"));

        Assert.Contains("redirects more than 5 times", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "no web address")]
    [InlineData("http://169.254.169.254/latest/", "not a public address")]
    [InlineData("http://[::1]/", "not a public address")]
    public async Task A_redirect_into_the_house_is_not_followed(string target, string said)
    {
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", 302, "", ("Location", target));

        var result = await FetchAsync(server.At("/rss"));

        Assert.Contains(said, Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_finishes_is_left_at_the_timeout()
    {
        options.Timeout = TimeSpan.FromSeconds(1);
        await using var server = await FeedServer.StartAsync();
        server.Answer("/rss", async context =>
        {
            await context.Response.WriteAsync("<rss>", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        var result = await FetchAsync(server.At("/rss"));

        Assert.Contains("within 1 s", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_said_plainly()
    {
        await using var server = await FeedServer.StartAsync();
        var address = server.At("/rss");
        await server.DisposeAsync();

        var result = await FetchAsync(address);

        Assert.StartsWith("no connection (Connection refused", Assert.IsType<FetchResult.Failed>(result).Why, StringComparison.Ordinal);
    }

    private async Task<FetchResult> FetchAsync(Uri address, Validators? validators = null)
    {
        var http = GuardedHttp.Client(new AddressGuard(Options.Create(options)));
        owned.Add(http);
        return await new FeedFetcher(http, Options.Create(options), TimeProvider.System).FetchAsync(address, validators ?? Validators.None, TestContext.Current.CancellationToken);
    }
}
