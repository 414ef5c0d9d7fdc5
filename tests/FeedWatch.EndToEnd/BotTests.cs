using System.Diagnostics;
using System.Runtime.CompilerServices;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>The reference bots of <c>deploy/bots</c>, in their own language, against a real RabbitMQ.</summary>
public sealed class BotTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-bot-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_python_bot_prints_a_breaking_incident()
    {
        var settings = rabbit.Settings;
        if (!HasPika())
        {
            Assert.False(Environment.GetEnvironmentVariable("FEEDWATCH_REQUIRE_SERVICES") == "1", "python3-pika is not installed.");
            Assert.Skip("The Python bot needs pika: apt-get install python3-pika.");
        }

        await using var bot = FeedWatchProcess.Start(new ProcessStartInfo(Python, [Bot(), rabbit.Address.AbsoluteUri]));
        await bot.WaitForAsync(b => b.Log.Any(l => l.StartsWith("waiting", StringComparison.Ordinal)));
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("ANOM", link: "https://herald.example/anom", published: TimeProvider.System.GetUtcNow())));
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, $"feeds:\n  - name: The Herald\n    url: {server.At("/rss")}\n    language: en\n", TestContext.Current.CancellationToken);

        var run = await FeedWatchProcess.RunAsync(["run", "--once", "--feeds", list, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", .. settings]);
        await bot.WaitForAsync(b => b.Output.Any(l => l.Contains("ANOM", StringComparison.Ordinal)));

        Assert.Equal(0, run.Code);
        Assert.Contains("https://herald.example/anom", bot.Output.Single(), StringComparison.Ordinal);
    }

    private static bool HasPika()
    {
        if (!File.Exists(Python)) return false;
        using var python = Process.Start(new ProcessStartInfo(Python, ["-c", "import pika"]) { RedirectStandardError = true })!;
        python.WaitForExit();
        return python.ExitCode == 0;
    }

    private static string Bot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "deploy", "bots", "python", "bot.py"));
}
