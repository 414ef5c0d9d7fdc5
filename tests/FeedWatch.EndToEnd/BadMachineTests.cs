using System.Diagnostics;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;

namespace FeedWatch.EndToEnd;

/// <summary>Machines that lack something: what their operator sees.</summary>
public sealed class BadMachineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-machine-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Without_dns_it_starts_says_so_once_for_all_feeds_and_asks_again_in_a_minute()
    {
        string[] cutOff = Environment.IsPrivilegedProcess ? ["unshare", "--net"] : ["unshare", "--user", "--net"];
        if (!await CanAsync(cutOff)) Assert.Skip("This user may not make a network of its own.");
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        await File.WriteAllTextAsync(list, "feeds:\n" + string.Concat(Enumerable.Range(1, 5).Select(i => $"  - url: https://herald{i}.example/rss\n    language: en\n")), Cancelled);
        var database = Path.Combine(folder.FullName, SqliteDatabase.FileName);

        await using var service = FeedWatchProcess.StartBehind(cutOff, "run", "--feeds", list, "--data", folder.FullName);
        await service.WaitForAsync(p => p.Log.Any(l => l.Contains("DNS answers nothing", StringComparison.Ordinal)) && LandedData.Ask(database, "select count(*) from feeds where polled_at is not null") is 5L);

        Assert.Equal(0, await service.TerminateAsync());
        Assert.Single(service.Log, l => l.Contains("\"@l\":\"Warning\"", StringComparison.Ordinal));
        Assert.Equal((0L, 60_000L), (LandedData.Ask(database, "select max(failures) from feeds"), LandedData.Ask(database, "select max(next_poll_at - polled_at) from feeds")));
    }

    [Fact]
    public async Task Without_time_zones_a_setting_that_needs_one_is_refused_with_what_to_install()
    {
        await using var run = FeedWatchProcess.StartWith(
            "TZDIR", "/nowhere", "run", "--once", "--data", folder.FullName, "--Chat:Channels:0:Type=console", "--Chat:Channels:0:Quiet:From=22:00", "--Chat:Channels:0:Quiet:To=07:00", "--Chat:Channels:0:Quiet:TimeZone=Europe/Amsterdam");

        Assert.Equal(78, await run.EndedAsync());
        Assert.Contains("TimeZone 'Europe/Amsterdam' is unknown, and so is every other: this machine has no time-zone data. Install tzdata, or write UTC.", string.Join('\n', run.Log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("bot")]
    public async Task With_too_little_memory_it_refuses_in_place_of_standing_still(string command)
    {
        await using var run = FeedWatchProcess.StartWith("DOTNET_GCHeapHardLimit", "3000000", command, "--data", folder.FullName); // what a limit of 64 MB comes to

        Assert.Equal(78, await run.EndedAsync());
        Assert.StartsWith("FeedWatch needs 96 MB of memory and may use less here. Raise MemoryMax", Assert.Single(run.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_is_another_users_is_not_taken_for_a_second_feedwatch()
    {
        folder.CreateSubdirectory("feedwatch.lock"); // to root, whom nothing else stops, it is as closed

        var run = await FeedWatchProcess.RunAsync("run", "--once", "--data", folder.FullName);

        Assert.Equal(78, run.Code);
        Assert.Contains("It seems to be another user's: run FeedWatch, and every command that looks into its data, as the same user.", run.Log, StringComparison.Ordinal);
    }

    private static async Task<bool> CanAsync(string[] command)
    {
        try
        {
            using var trial = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), "true"]) { RedirectStandardError = true })!;
            await trial.WaitForExitAsync(Cancelled);
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
