using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FeedWatch.EndToEnd;

/// <summary><c>feedwatch run --once --json</c> as its user types it, against a real web server.</summary>
public sealed class OnceTests : IDisposable
{
    private const string Takedown = "Police take down encrypted phone network EncroChat, 38 arrested";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("feedwatch-once-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task A_takedown_is_alerted_once_however_often_the_feed_is_polled()
    {
        List<string> validators = [];
        await using var server = await ServeAsync(validators);
        var feeds = Path.Combine(data.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(feeds, $"feeds:\n  - name: Herald\n    url: {server.Urls.First()}/rss\n", TestContext.Current.CancellationToken);

        var first = await RunAsync(feeds);
        var second = await RunAsync(feeds);

        Assert.Contains("\"type\":\"incident.detected\"", Assert.Single(first), StringComparison.Ordinal);
        Assert.Empty(second);
        Assert.Equal(["", "\"v1\""], validators);
    }

    private static async Task<WebApplication> ServeAsync(List<string> validators)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            validators.Add(context.Request.Headers.IfNoneMatch.ToString());
            context.Response.Headers.ETag = "\"v1\"";
            if (context.Request.Headers.IfNoneMatch == "\"v1\"")
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            var date = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).ToString("r");
            await context.Response.WriteAsync($"<rss version='2.0'><channel><title>H</title><item><title>{Takedown}</title><link>https://herald.example/1</link><pubDate>{date}</pubDate><description>Europol said it was used by organised crime.</description></item><item><title>Matrix film fills cinemas</title><link>https://herald.example/2</link><pubDate>{date}</pubDate></item></channel></rss>");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private async Task<string[]> RunAsync(string feeds)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "feedwatch.dll"), "run", "--once", "--json", "--feeds", feeds, "--data", Path.Combine(data.FullName, "data"), "--Fetching:AllowedNetworks:0", "127.0.0.0/8" }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
