using System.IO.Compression;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary><c>feedwatch backup</c> beside a running service, and a start from what it wrote.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-backup-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_restored_backup_tells_nothing_again_and_goes_on_with_what_is_new()
    {
        var now = TimeProvider.System.GetUtcNow();
        var known = AFeed.Takedown(published: now);
        await using var server = await FeedServer.ServingAsync(AFeed.With(known));
        var zip = Path.Combine(folder.FullName, "backup.zip");
        await using (var service = Start(server, "first"))
        {
            await service.WaitForAsync(p => p.Output.Any(l => l.StartsWith("BREAKING", StringComparison.Ordinal)));

            var backup = await FeedWatchProcess.RunAsync("backup", zip, "--data", Data("first"));
            var again = await FeedWatchProcess.RunAsync("backup", zip, "--data", Data("first"));

            Assert.Equal((0, ""), (backup.Code, backup.Log));
            Assert.StartsWith($"{zip} holds feedwatch.db, chat.db of {Data("first")}", Assert.Single(backup.Output), StringComparison.Ordinal);
            Assert.Contains("unzip it into an empty data folder", backup.Output[0], StringComparison.Ordinal);
            Assert.Equal(2, again.Code);
            Assert.Contains("replace it with --force", again.Log, StringComparison.Ordinal);
            Assert.Equal(0, await service.TerminateAsync());
        }

        await ZipFile.ExtractToDirectoryAsync(zip, Data("second"), TestContext.Current.CancellationToken);
        var before = server.Requests.Count;
        await using var restored = Start(server, "second");
        await restored.WaitForAsync(_ => server.Requests.Count >= before + 2);
        Assert.Empty(restored.Output);
        server.Serve(AFeed.With(AFeed.Takedown("Sky ECC", link: "https://herald.example/sky", published: now), known));
        await restored.WaitForAsync(p => p.Output.Any(l => l.Contains("https://herald.example/sky", StringComparison.Ordinal)));

        Assert.Equal(0, await restored.TerminateAsync());
        Assert.Single(restored.Output, l => l.StartsWith("BREAKING", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(64, "Required argument 'FILE' missing", "backup")]
    [InlineData(2, "There is no feedwatch.db in", "backup", "{folder}/backup.zip")]
    [InlineData(2, "is a folder; name a file.", "backup", "{folder}")]
    public async Task What_cannot_be_backed_up_is_one_line_with_the_right_exit_code(int code, string said, params string[] arguments)
    {
        var run = await FeedWatchProcess.RunAsync([.. arguments.Select(a => a.Replace("{folder}", folder.FullName, StringComparison.Ordinal)), "--data", folder.FullName]);

        Assert.Equal(code, run.Code);
        Assert.Contains(said, run.Log, StringComparison.Ordinal);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    private string Data(string name) => Path.Combine(folder.FullName, name);

    private FeedWatchProcess Start(FeedServer server, string data)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, $"feeds:\n  - name: The Herald\n    url: {server.At("/rss")}\n    language: en\n");
        return FeedWatchProcess.Start("run", "--feeds", list, "--data", Data(data), "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Polling:MinimumInterval=1s", "--Polling:HostSpacing=0s");
    }
}
