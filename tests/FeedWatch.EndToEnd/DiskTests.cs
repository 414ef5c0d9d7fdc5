using System.Diagnostics;
using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>A data folder that cannot be written, on a real small file system.</summary>
public sealed class DiskTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly string Quiet = AFeed.With(AFeed.Item("Quiet day", "https://herald.example/1", published: Now));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-disk-test-");

    public void Dispose() => folder.Delete(recursive: true);

    private string Events => Path.Combine(folder.FullName, "events.jsonl");

    [Fact]
    public async Task On_a_full_disk_nothing_is_polled_and_it_goes_on_by_itself_when_there_is_room()
    {
        using var disk = SmallDisk.Mount();
        await using var server = await FeedServer.StartAsync();

        await StandsStillAndGoesOnAsync(server, disk.Path, disk.Fill, disk.Empty);
    }

    [Fact]
    public async Task A_database_that_becomes_write_protected_is_said_and_it_goes_on_by_itself_when_that_is_over()
    {
        var data = folder.CreateSubdirectory("data").FullName;
        var journal = Path.Combine(data, "feedwatch.db-wal");
        await File.WriteAllTextAsync(Path.Combine(data, "try"), "", TestContext.Current.CancellationToken);
        if (!Change("+i", Path.Combine(data, "try"))) Assert.Skip("This user, or this file system, cannot protect a file.");
        Change("-i", Path.Combine(data, "try"));
        await using var server = await FeedServer.StartAsync();

        try
        {
            await StandsStillAndGoesOnAsync(server, data, () => Change("+i", journal), () => Change("-i", journal));
        }
        finally
        {
            Change("-i", journal);
        }
    }

    [Fact]
    public async Task A_start_on_a_read_only_or_full_disk_says_so_in_one_line()
    {
        using var disk = SmallDisk.Mount(2);
        await using var server = await FeedServer.StartAsync();

        disk.Fill();
        var full = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server, disk.Path)]);
        disk.Empty();
        disk.MakeReadOnly();
        var readOnly = await FeedWatchProcess.RunAsync(["run", "--once", .. Arguments(server, disk.Path)]);

        Assert.Equal((78, 78), (full.Code, readOnly.Code));
        Assert.Contains("full", full.Log, StringComparison.Ordinal);
        Assert.Contains($"The data folder {disk.Path} cannot be written", readOnly.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Log + readOnly.Log, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private async Task StandsStillAndGoesOnAsync(FeedServer server, string data, Action spoil, Action mend)
    {
        foreach (var path in Paths) server.Serve(Quiet, path);
        await using var service = FeedWatchProcess.Start(["run", .. Arguments(server, data)]);
        await service.WaitForAsync(_ => Paths.All(p => server.Requests.Count(r => r.Path == p) > 1));

        spoil();
        foreach (var path in Paths) server.Serve(AFeed.With(AFeed.Takedown("Sky ECC", link: "https://herald.example/sky", published: Now)), path);
        await service.WaitForAsync(p => Stopped(p, data) > 0);
        await UnderWayAsync();
        var before = server.Requests.Count;
        var trials = Trials(service);
        await service.WaitForAsync(p => Trials(p) >= trials + 3); // at each of which feeds were due
        var (after, errors) = (server.Requests.Count, service.Log.Count(l => l.Contains("\"@l\":\"Error\"", StringComparison.Ordinal)));
        mend();
        await service.WaitForAsync(p => p.Log.Any(l => l.Contains("can be written again", StringComparison.Ordinal) && l.Contains("feedwatch.db", StringComparison.Ordinal)));
        await service.WaitForAsync(_ => File.Exists(Events));
        var recovered = server.Requests.Count;
        await service.WaitForAsync(_ => Paths.All(p => server.Requests.Skip(recovered).Any(r => r.Path == p)));

        Assert.Equal(0, await service.TerminateAsync());
        Assert.Equal(before, after);
        Assert.InRange(errors, 1, 2); // one for each of the two files
        Assert.Equal(1, Stopped(service, data));
        Assert.Single(await File.ReadAllLinesAsync(Events, TestContext.Current.CancellationToken), l => l.Contains($"\"{EventTypes.IncidentDetected}\"", StringComparison.Ordinal));

        async Task UnderWayAsync()
        {
            int count;
            do
            {
                count = server.Requests.Count;
                await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
            }
            while (count != server.Requests.Count);
        }
    }

    private static readonly string[] Paths = ["/rss", "/two", "/three"];

    private static int Trials(FeedWatchProcess service) => service.Log.Count(l => l.Contains("Tried again: nothing can be written", StringComparison.Ordinal));

    private static int Stopped(FeedWatchProcess service, string data) =>
        service.Log.Count(l => l.Contains("Nothing can be written to", StringComparison.Ordinal) && l.Contains(Path.Combine(data, "feedwatch.db"), StringComparison.Ordinal));

    private string[] Arguments(FeedServer server, string data)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, "feeds:\n" + string.Concat(Paths.Select(p => $"  - url: {server.At(p)}\n    language: en\n")));
        return ["--feeds", list, "--data", data, "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Polling:MinimumInterval=1s", "--Polling:HostSpacing=0s", "--Polling:PerHost=8", "--Polling:Lease=5s", "--Fetching:Timeout=1s", "--Chat:Channels:0:Type=file", $"--Chat:Channels:0:Path={Events}", "--Serilog:MinimumLevel:Override:FeedWatch.Storage=Debug"];
    }

    private static bool Change(string flag, string file)
    {
        using var process = Process.Start(new ProcessStartInfo("chattr", [flag, file]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
