using FeedWatch.EndToEnd.Crashing;
using FeedWatch.Chat.Keeping;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>A start that brings the data folder of an earlier version up to date and is killed meanwhile.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-upgrade-test-");

    public void Dispose() => folder.Delete(recursive: true);

    private string Database => Path.Combine(folder.FullName, SqliteDatabase.FileName);

    [Theory]
    [InlineData(1)] // the copy is made, and no script is run
    [InlineData(4)]
    public async Task The_next_start_finds_what_this_one_found_and_tells_what_waited(int script)
    {
        await using var server = await FeedServer.ServingAsync(AFeed.With(LandedData.Items));
        LandedData.Make(folder.FullName, LandedData.Schemas[0], server.At("/rss"));
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, $"feeds:\n  - url: {server.At("/rss")}\n    language: en\n", TestContext.Current.CancellationToken);
        string[] arguments = ["run", "--once", "--json", "--feeds", list, "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8"];

        await using var doomed = FeedWatchProcess.StartDoomed($"{FaultPoints.OfUpgrade}:{script}", arguments);
        var killed = await doomed.EndedAsync();
        var between = LandedData.SchemaOf(Database);
        var next = await FeedWatchProcess.RunAsync(arguments);

        Assert.Equal((FeedWatchProcess.Killed, LandedData.Schemas[0], 0), (killed, between, next.Code));
        Assert.Equal(LandedData.Schemas[^1], LandedData.SchemaOf(Database));
        Assert.Contains("Sky ECC", Assert.Single(next.Output), StringComparison.Ordinal);
        foreach (var name in new[] { SqliteDatabase.FileName, LedgerCopy.Name })
        {
            var copy = Assert.Single(Directory.GetFiles(folder.FullName, name + ".before-*"));
            Assert.Single(next.Log.Split('\n'), l => l.Contains("was of an older FeedWatch and is up to date now", StringComparison.Ordinal) && l.Contains(copy, StringComparison.Ordinal));
        }
    }
}
