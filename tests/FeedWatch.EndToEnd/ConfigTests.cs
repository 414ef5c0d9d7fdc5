using System.Diagnostics;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>Settings as an operator meets them: shown, found wrong, changed under a running service, completed by a shell.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-config-test-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string SettingsFile => Path.Combine(folder.FullName, "appsettings.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_running_service_takes_up_changed_settings_and_refuses_wrong_ones()
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("Exclu", link: "https://herald.example/exclu", published: TimeProvider.System.GetUtcNow())));
        var (first, second) = (Path.Combine(folder.FullName, "first.jsonl"), Path.Combine(folder.FullName, "second.jsonl"));
        await WriteAsync(Json(first, "1s"));
        await using var service = FeedWatchProcess.StartIn(folder.FullName, "run", "--feeds", List(server), "--data", folder.FullName);
        await service.WaitForAsync(_ => LinesOf(first).Length == 1);

        await WriteAsync(Json(second, "soon"));
        await service.WaitForAsync(s => s.Log.Any(l => l.Contains("Polling:MinimumInterval 'soon' is no span of time", StringComparison.Ordinal) && l.Contains($"{SettingsFile}:2: ", StringComparison.Ordinal)));
        await WriteAsync(Json(second, "2s"));
        await service.WaitForAsync(s => s.Log.Count(l => l.Contains("FeedWatch watches 1 feeds", StringComparison.Ordinal)) == 2);
        server.Serve(AFeed.With(AFeed.Takedown("Ghost", link: "https://herald.example/ghost", published: TimeProvider.System.GetUtcNow())));
        await service.WaitForAsync(_ => LinesOf(second).Any(l => l.Contains("Ghost", StringComparison.Ordinal)));

        Assert.Single(LinesOf(first));
        Assert.Equal(0, await service.TerminateAsync());
        Assert.Contains(service.Log, l => l.Contains("FeedWatch has stopped", StringComparison.Ordinal));
        Assert.Single(service.Log, l => l.Contains("are refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_in_force_is_shown_with_its_origin_and_a_fault_with_its_place()
    {
        await WriteAsync("{ \"Polling\": {\n \"PerHost\": 99 } }");

        await using var run = FeedWatchProcess.StartIn(folder.FullName, "config", "--set", "Polling", "Bus", "--Bus:Password", "s3cret");

        Assert.Equal(78, await run.EndedAsync());
        Assert.Equal(["SETTING          VALUE  ORIGIN", $"Polling:PerHost  99     {SettingsFile}:2", "Bus:Password     ***    command line"], run.Output);
        Assert.Equal($"{SettingsFile}:2: Polling:PerHost must be between 1 and 64.", Assert.Single(run.Log));
    }

    [Theory]
    [InlineData("feedwatch fee", "feeds")]
    [InlineData("feedwatch feeds ex", "export")]
    [InlineData("feedwatch incidents show --d", "--data")]
    public async Task Bash_completes_what_is_typed(string typed, string completed)
    {
        var script = await FeedWatchProcess.RunAsync("completion", "bash");
        var program = Path.Combine(folder.FullName, "feedwatch");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "feedwatch.dll")} \"$@\"\n", Cancelled);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var bash = $"{string.Join('\n', script.Output)}\nCOMP_LINE='{typed}'; COMP_POINT={typed.Length}; _feedwatch {program} '{typed.Split(' ')[^1]}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"";

        await using var shell = FeedWatchProcess.Start(new ProcessStartInfo("bash", ["-c", bash]));

        Assert.Equal(0, await shell.EndedAsync());
        Assert.Contains(completed, shell.Output);
        Assert.All(shell.Output, word => Assert.StartsWith(typed.Split(' ')[^1], word, StringComparison.Ordinal));
    }

    private static string Json(string posts, string interval) => $$"""
        { "Fetching": { "AllowedNetworks": [ "127.0.0.0/8" ] },
          "Polling": { "MinimumInterval": "{{interval}}", "HostSpacing": "0s" }, "Health": { "Urls": "" },
          "Chat": { "Channels": [ { "Type": "file", "Path": "{{posts}}" } ], "Routes": [ { "Events": [ "incident.detected" ] } ] } }
        """;

    private Task WriteAsync(string json) => File.WriteAllTextAsync(SettingsFile, json, Cancelled);

    private string List(FeedServer server)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, $"feeds:\n  - url: {server.At("/rss")}\n    name: Herald\n    interval: 1s\n");
        return list;
    }

    private static string[] LinesOf(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
