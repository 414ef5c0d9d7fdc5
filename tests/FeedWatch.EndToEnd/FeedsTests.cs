using System.Text.Json;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary><c>feedwatch feeds</c> as its user types it.</summary>
public sealed class FeedsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-feeds-");

    public void Dispose() => folder.Delete(recursive: true);

    private string List => Path.Combine(folder.FullName, "mine.yaml");

    [Fact]
    public async Task The_feed_behind_a_web_page_is_found_added_and_not_added_twice()
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("One", "https://a.example/1")), "/news/rss");
        server.Answer("/", 200, "<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/news/rss'></head></html>");
        await File.WriteAllTextAsync(List, "# mine\nfeeds:\n  - url: https://old.example/rss # kept\n", TestContext.Current.CancellationToken);

        var first = await RunAsync("add", server.At("/").AbsoluteUri, "--language", "EN", "--interval", "90m");
        var again = await RunAsync("add", server.At("/news/rss").AbsoluteUri);

        Assert.Equal(0, first.Code);
        Assert.Equal($"# mine\nfeeds:\n  - url: https://old.example/rss # kept\n  - name: A feed\n    url: {server.At("/news/rss")}\n    language: en\n    interval: 1h30m\n", await File.ReadAllTextAsync(List, TestContext.Current.CancellationToken));
        Assert.Equal(2, again.Code);
        Assert.Contains($"is in {List} already, as 'A feed'.", again.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<LINK REL=\"alternate\" TYPE='application/atom+xml; charset=utf-8' title=\"a > b\" HREF=\"/n?a=1&amp;b=2\">", "/n?a=1&b=2")]
    [InlineData("<link href=n rel='home alternate' type=application/feed+json />", "/news/n")]
    [InlineData("<base href='/deep/'><link type='application/rss+xml' rel='alternate' href='n'>", "/deep/n")]
    [InlineData("<!-- <link rel='alternate' type='application/rss+xml' href='/old'> --><link rel='alternate' type='application/rss+xml' href='/n'>", "/n")]
    [InlineData("<link rel='alternate' type='application/rss+xml' href='/comments/n'><link rel='alternate' type='application/rss+xml' href='/n'>", "/n")]
    [InlineData("<link rel='alternate' type='application/rss+xml' href='http://169.254.169.254/'><link rel='alternate' type='application/rss+xml' href='javascript:x'><link rel='alternate' type='application/rss+xml' href='/n'>", "/n")]
    public async Task A_page_names_its_feed_in_many_ways(string head, string feed)
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("One", "https://a.example/1")), feed.Split('?')[0]);
        server.Answer("/news/", 200, $"<!doctype html><html><head>{head}</head><body>{string.Concat(Enumerable.Repeat("<b>", 100_000))}</body></html>");

        var run = await RunAsync("add", server.At("/news/").AbsoluteUri);

        Assert.Equal(0, run.Code);
        Assert.Equal($"{server.At("/news/")} is a web page; its feed is {server.At(feed)}.", run.Output[0]);
    }

    [Fact]
    public async Task A_page_without_a_named_feed_is_tried_at_the_usual_places()
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("One", "https://a.example/1")), "/feed.xml");
        server.Answer("/", 200, "<!doctype html><html><body>Welcome</body></html>");

        var run = await RunAsync("add", server.At("/").AbsoluteUri);

        Assert.Equal(0, run.Code);
        Assert.Contains($"url: {server.At("/feed.xml")}", await File.ReadAllTextAsync(List, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "was not added: it answered 404", "add", "{server}/missing")]
    [InlineData(2, "it must begin with http:// or https://.", "add", "ftp://a.example/rss")]
    [InlineData(2, "carries a user name or password", "add", "http://me:secret@a.example/rss")]
    [InlineData(2, "leads to port 25, which no web server uses", "add", "http://a.example:25/rss")]
    [InlineData(2, "--interval 'soon' is no interval; write 30m, 2h or 1d.", "add", "http://a.example/", "--interval", "soon")]
    [InlineData(2, "--language 'english' is no code of two letters; write it as en.", "add", "http://a.example/", "--language", "english")]
    [InlineData(2, "there is no feed 'Nobody'", "remove", "Nobody")]
    [InlineData(2, "nowhere.opml cannot be read", "import", "nowhere.opml")]
    [InlineData(1, "FAILED      it answered 404", "test", "{server}/missing")]
    [InlineData(64, "Required argument 'FEED' missing", "disable")]
    [InlineData(78, "Fetching:AllowedNetworks:1 'here' is no network", "test", "http://a.example/", "--Fetching:AllowedNetworks:1", "here")]
    public async Task What_goes_wrong_is_one_line_with_the_right_exit_code(int code, string said, params string[] arguments)
    {
        await using var server = await FeedServer.StartAsync();
        await File.WriteAllTextAsync(List, "feeds:\n  - url: https://old.example/rss\n", TestContext.Current.CancellationToken);

        var run = await RunAsync([.. arguments.Select(a => a.Replace("{server}", server.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal))]);

        Assert.Equal(code, run.Code);
        Assert.Contains(said, $"{string.Join('\n', run.Output)}\n{run.Log}", StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_shows_verdicts_and_what_the_publisher_should_mend()
    {
        var feed = AFeed.With(AFeed.Takedown(), AFeed.Item("Fish & chips", "https://a.example/2")).Replace("&amp;", "&", StringComparison.Ordinal);
        await using var server = await FeedServer.ServingAsync(feed);

        var run = await RunAsync("test", server.At("/rss").AbsoluteUri);

        Assert.Equal(0, run.Code);
        Assert.Contains(run.Output, line => line.Contains("kind        RSS 2.0, 'A feed'", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.Contains("ALERT", StringComparison.Ordinal) && line.Contains("EncroChat", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.Contains("Bare & in text, which must be written &amp;.", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.Contains("2 entries have no date", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_takes_what_it_can_and_names_the_rest()
    {
        var opml = Path.Combine(folder.FullName, "in.opml");
        await File.WriteAllTextAsync(opml, "<opml><body>\n<outline xmlUrl='ftp://x.example'/>\n<outline text='A' xmlUrl='http://a.example/'/>\n<outline text='B' xmlUrl='http://a.example/'/></body></opml>", TestContext.Current.CancellationToken);

        var run = await RunAsync("import", opml);
        var export = await RunAsync("export");

        Assert.Equal(2, run.Code);
        Assert.Contains($"{opml}:2: 'ftp://x.example' is no address of a feed", run.Log, StringComparison.Ordinal);
        Assert.Equal([$"{opml}:4: http://a.example/ is there already, as 'A'.", $"Added 1 to {List}; 1 there already, 1 not usable. 'feedwatch feeds test' tries them all."], run.Output);
        Assert.Contains(export.Output, line => line.Contains("xmlUrl=\"http://a.example/\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_running_service_takes_up_edits_and_is_looked_at_beside_it()
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Item("One", "https://a.example/1")));
        server.Serve(AFeed.With(AFeed.Takedown(published: TimeProvider.System.GetUtcNow())), "/two");
        await File.WriteAllTextAsync(List, $"feeds:\n  - name: First\n    url: {server.At("/rss")}\n", TestContext.Current.CancellationToken);
        await using var service = FeedWatchProcess.Start("run", "--feeds", List, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8");
        await service.WaitForAsync(_ => server.Requests.Any(r => r.Path == "/rss"));

        var added = await RunAsync("add", server.At("/two").AbsoluteUri, "--name", "Second");
        await service.WaitForAsync(p => p.Output.Any(l => l.StartsWith("BREAKING", StringComparison.Ordinal)));
        await RunAsync("disable", "Second");
        var listed = await RunAsync("list", "--json");

        Assert.Equal(0, added.Code);
        var states = listed.Output.Select(l => JsonDocument.Parse(l).RootElement).Select(e => (e.GetProperty("name").GetString(), e.GetProperty("state").GetString(), e.GetProperty("succeededAt").ValueKind)).ToList();
        Assert.Equal([("First", "ok", JsonValueKind.String), ("Second", "off", JsonValueKind.String)], states);
        Assert.Equal(0, await service.TerminateAsync());
    }

    private Task<(int Code, IReadOnlyList<string> Output, string Log)> RunAsync(params string[] arguments) =>
        FeedWatchProcess.RunAsync(["feeds", .. arguments, "--feeds", List, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8"]);
}
