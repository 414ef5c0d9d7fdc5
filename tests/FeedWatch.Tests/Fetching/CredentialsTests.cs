using FeedWatch.Fetching;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Fetching;

public sealed class CredentialsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-auth-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("auth: { user: me, passwordFile: secret }", "\r\nAuthorization: Basic bWU6czNjcmV0\r\n")]
    [InlineData("auth: { bearerFile: secret }", "\r\nAuthorization: Bearer s3cret\r\n")]
    [InlineData("auth: { header: X-Api-Key, valueFile: secret }", "\r\nX-Api-Key: s3cret\r\n")]
    public async Task A_secret_of_the_list_reaches_its_own_server(string auth, string sent)
    {
        await using var server = RawServer.Saying("HTTP/1.1 200 OK\r\n\r\n<rss/>");

        var result = await FetchAsync(Listed(server.Address, auth));

        Assert.IsType<FetchResult.Fetched>(result);
        Assert.Contains(sent, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth: { user: me, passwordFile: secret }", "Authorization:")]
    [InlineData("auth: { bearerFile: secret }", "Authorization:")]
    [InlineData("auth: { header: X-Api-Key, valueFile: secret }", "X-Api-Key:")]
    public async Task A_secret_does_not_follow_a_redirect_to_another_origin_nor_back(string auth, string header)
    {
        RawServer? other = null;
        await using var server = RawServer.Start(c => c.SayAsync(c.Path == "/back" ? "HTTP/1.1 200 OK\r\n\r\n<rss/>" : $"HTTP/1.1 302 Found\r\nLocation: {other!.Address}\r\n\r\n"));
        await using var elsewhere = other = RawServer.Saying($"HTTP/1.1 302 Found\r\nLocation: {server.Address}back\r\n\r\n");

        await FetchAsync(Listed(server.Address, auth));

        Assert.Equal([true, false], server.Requests.Select(r => r.Contains(header, StringComparison.Ordinal)));
        Assert.DoesNotContain(header, Assert.Single(other.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_moved_for_good_does_not_take_its_secret_along()
    {
        await using var elsewhere = RawServer.Saying("HTTP/1.1 200 OK\r\n\r\n<rss/>");
        var listed = Listed(new Uri("https://old.example/rss"), "auth: { bearerFile: secret }");

        await FetchAsync(listed with { Url = elsewhere.Address });

        Assert.DoesNotContain("Authorization", Assert.Single(elsewhere.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "its secret file cannot be read")]
    [InlineData("", "is empty")]
    [InlineData("one\r\ntwo: three", "holds more than one line")]
    public async Task A_secret_that_cannot_be_used_is_said_and_never_shown(string? content, string said)
    {
        await using var server = RawServer.Saying("HTTP/1.1 200 OK\r\n\r\n<rss/>");
        var listed = Listed(server.Address, "auth: { bearerFile: secret }");
        File.Delete(Secret);
        if (content is not null) File.WriteAllText(Secret, content);

        var why = Assert.IsType<FetchResult.Failed>(await FetchAsync(listed)).Why;

        Assert.Contains(said, why, StringComparison.Ordinal);
        Assert.DoesNotContain("three", why, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("auth: { bearer: s3cret }", "a secret has no place in the list")]
    [InlineData("auth: { user: me, password: s3cret }", "a secret has no place in the list")]
    [InlineData("auth: me", "'auth:' cannot be understood; write { user: me, passwordFile: FILE }")]
    [InlineData("auth: { user: me }", "'auth:' cannot be understood")]
    [InlineData("auth: { header: Cookie, valueFile: secret }", "'Cookie' is no header that a feed's secret may be in")]
    [InlineData("auth: { header: 'A: b', valueFile: secret }", "'A: b' is no header that a feed's secret may be in")]
    public void Auth_that_is_wrong_is_named_with_file_line_and_remedy(string auth, string said)
    {
        var fault = Assert.Throws<FeedListException>(() => Listed(new Uri("https://a.example/rss"), auth));

        Assert.StartsWith($"{List}:3: {said}", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_sends_it_and_remembers_only_where_it_lies()
    {
        await using var server = RawServer.Saying($"HTTP/1.1 200 OK\r\n\r\n{AFeed.With(AFeed.Item("One", "https://a.example/1"))}");
        await using var watch = await Watch.OverAsync([]);
        await watch.Services.GetRequiredService<FeedCatalog>().ReplaceAsync([Listed(server.Address, "auth: { bearerFile: secret }")], TestContext.Current.CancellationToken);

        Assert.Equal(0, await watch.PollAsync());

        Assert.Contains("\r\nAuthorization: Bearer s3cret\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
        var kept = await watch.Services.GetRequiredService<Database>().ReadAsync(session => session.FindAsync<string>("select auth from feeds"), TestContext.Current.CancellationToken);
        Assert.Contains("secret", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void Auth_is_kept_where_a_list_that_cannot_be_written_is_overridden()
    {
        Listed(new Uri("https://a.example/rss"), "auth: { user: 'me: \"I\"', passwordFile: secret }");
        File.SetAttributes(List, FileAttributes.ReadOnly);
        var lists = new FeedLists(List, Path.Combine(folder.FullName, "data"));
        var before = lists.Read();

        lists.SetEnabled(before[0], enabled: false);

        Assert.Equal([before[0] with { Enabled = false }], lists.Read());
    }

    private string List => Path.Combine(folder.FullName, "feeds.yaml");

    private string Secret => Path.Combine(folder.FullName, "secret");

    private ListedFeed Listed(Uri url, string auth)
    {
        File.WriteAllText(Secret, "s3cret\n");
        File.WriteAllText(List, $"feeds:\n  - url: {url}\n    {auth}\n");
        return FeedList.Read(List)[0];
    }

    private static async Task<FetchResult> FetchAsync(ListedFeed feed)
    {
        var options = Options.Create(new FetchOptions { AllowedNetworks = { "127.0.0.0/8" } });
        using var http = GuardedHttp.Client(new AddressGuard(options));
        return await new FeedFetcher(http, options, TimeProvider.System).FetchAsync(feed.Url, Validators.None, feed.Auth, TestContext.Current.CancellationToken);
    }
}
