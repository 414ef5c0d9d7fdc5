using System.Text.Json;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary><c>feedwatch run --once</c> as its user types it.</summary>
public sealed class OnceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-once-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task One_takedown_among_other_news_is_one_line_the_first_time_and_none_the_second()
    {
        await using var server = await ServeAsync();

        var first = await RunAsync(server, "--json");
        var second = await RunAsync(server, "--json");

        using var alert = JsonDocument.Parse(Assert.Single(first.Output));
        Assert.Equal("incident.detected", alert.RootElement.GetProperty("type").GetString());
        Assert.True(alert.RootElement.GetProperty("ts").GetDouble() > 1_700_000_000);
        Assert.Empty(second.Output);
        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.NotEqual("", server.Requests.Last().IfNoneMatch);
    }

    [Fact]
    public async Task Without_json_a_person_can_read_it()
    {
        await using var server = await ServeAsync();

        var (code, output, _) = await RunAsync(server);

        Assert.Equal(0, code);
        Assert.StartsWith("BREAKING  takedown", output[0], StringComparison.Ordinal);
        Assert.Contains(output, line => line.Contains("link        https://herald.example/takedown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_that_fails_is_said_and_the_exit_code_tells()
    {
        await using var server = await ServeAsync();
        server.Answer("/rss2", 404);

        var (code, output, log) = await RunAsync(server, "--json");

        Assert.Equal(0, code);
        Assert.Single(output);
        (code, _, log) = await RunAsync(server, path: "/rss2");
        Assert.Equal(1, code);
        Assert.Contains("it answered 404 Not Found", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_in_use_is_refused()
    {
        await using var server = await ServeAsync();
        await using var first = FeedWatchProcess.Start("run", "--feeds", List(server, "/rss"), "--data", Data, "--Fetching:AllowedNetworks:0=127.0.0.0/8");
        await first.WaitForAsync(p => p.Output.Any(l => l.StartsWith("BREAKING", StringComparison.Ordinal)));

        var (code, _, log) = await RunAsync(server);

        Assert.Equal(78, code);
        Assert.Contains("Another FeedWatch uses the data folder", log, StringComparison.Ordinal);
        Assert.Equal(0, await first.TerminateAsync());
    }

    private string Data => Path.Combine(folder.FullName, "data");

    private Task<(int Code, IReadOnlyList<string> Output, string Log)> RunAsync(FeedServer server, string? flag = null, string path = "/rss") => FeedWatchProcess.RunAsync(
        ["run", "--once", .. flag is null ? Array.Empty<string>() : [flag], "--feeds", List(server, path), "--data", Data, "--Fetching:AllowedNetworks:0", "127.0.0.0/8"]);

    private string List(FeedServer server, string path)
    {
        var list = Path.Combine(folder.FullName, $"feeds{path.TrimStart('/')}.yaml");
        File.WriteAllText(list, $"feeds:\n  - name: The Herald\n    url: {server.At(path)}\n    language: en\n");
        return list;
    }

    private static Task<FeedServer> ServeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        return FeedServer.ServingAsync(AFeed.With(
            [AFeed.Takedown(published: now), .. Enumerable.Range(1, 20).Select(i => AFeed.Item($"Council debates cycle path {i}", $"https://herald.example/{i}", "The vote is on Thursday.", now))]));
    }
}
