using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.Tests.Detecting;

public sealed class FullTextTests
{
    private const string Vague = "Police say they read the messages of a phone service";

    private static readonly string Page =
        "<html><head><title>Herald</title></head><body><nav>Home News Sport</nav><article><h1>Police read messages</h1>"
        + string.Concat(Enumerable.Repeat("<p>Police in six countries dismantled the encrypted phone network EncroChat, which was used by organised crime, and arrested 38 people worldwide after reading the messages of its users for months, Europol said on Tuesday.</p>", 4))
        + "</article></body></html>";

    [Fact]
    public async Task An_undecided_article_is_decided_by_its_page()
    {
        await using var server = await ServingAsync();
        server.Answer("/article", 200, Page, ("Content-Type", "text/html"));
        await using var watch = await Watch.OverAsync(server, ("Detection:UndecidedThreshold", "0"));

        await watch.PollAsync();

        Assert.Contains(watch.Told.OfType<IncidentDetected>(), e => e.Networks.Any(n => n.Name == "EncroChat"));
    }

    [Theory]
    [InlineData(403, "User-agent: *\nAllow: /")]
    [InlineData(200, "User-agent: *\nDisallow: /article")]
    public async Task A_page_that_cannot_be_had_leaves_it_to_the_feeds_text(int status, string robots)
    {
        await using var server = await ServingAsync();
        server.Answer("/article", status, Page, ("Content-Type", "text/html"));
        server.Answer("/robots.txt", 200, robots);
        await using var watch = await Watch.OverAsync(server, ("Detection:UndecidedThreshold", "0"));

        var failed = await watch.PollAsync();

        Assert.Equal(0, failed);
        Assert.Empty(watch.Told);
        Assert.Equal(status == 403, server.Requests.Any(r => r.Path == "/article"));
    }

    [Fact]
    public async Task A_page_is_asked_for_once()
    {
        await using var server = await ServingAsync();
        server.Answer("/article", 200, Page, ("Content-Type", "text/html"));
        await using var watch = await Watch.OverAsync(server, ("Detection:UndecidedThreshold", "0"));

        await watch.PollAsync();
        await watch.PollAsync();

        Assert.Single(server.Requests, r => r.Path == "/article");
    }

    private static async Task<FeedServer> ServingAsync()
    {
        var server = await FeedServer.StartAsync();
        server.Serve(AFeed.With(AFeed.Item(Vague, server.At("/article").AbsoluteUri, "It was encrypted, they say.", Watch.Start)));
        return server;
    }
}
