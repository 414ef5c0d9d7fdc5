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
        if (!await CanAsync([.. cutOff, "true"])) Assert.Skip("This user may not make a network of its own.");
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
    public async Task Without_icu_it_says_in_one_line_what_to_install()
    {
        string[] alone = Environment.IsPrivilegedProcess ? ["unshare", "--mount"] : ["unshare", "--user", "--map-root-user", "--mount"];
        if (!await CanAsync([.. alone, "ldconfig", "--version"])) Assert.Skip("This user may not hide files from a process.");
        const string hide = "for library in $(ldconfig -p | sed -n 's/.*=> \\(.*libicu.*\\)/\\1/p'); do mount --bind /dev/null \"$library\" || exit 99; done; exec \"$0\" \"$@\"";

        await using var run = FeedWatchProcess.StartBehind([.. alone, "sh", "-c", hide], "run", "--once", "--data", folder.FullName);

        Assert.Equal(78, await run.EndedAsync());
        Assert.StartsWith("FeedWatch needs ICU, ", Assert.Single(run.Log), StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("bot")]
    [InlineData("detect")]
    public async Task Told_to_do_without_icu_it_refuses_in_place_of_reading_accents_wrongly(string command)
    {
        await using var run = FeedWatchProcess.StartWith("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "true", command);

        Assert.Equal(78, await run.EndedAsync());
        Assert.StartsWith("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT tells .NET to do without ICU", Assert.Single(run.Log), StringComparison.Ordinal);
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

    [Theory]
    [InlineData("run", "--demo")]
    [InlineData("etiquette")]
    [InlineData("replay", "{archive}")]
    public async Task Without_a_folder_for_passing_things_a_command_says_what_it_needs(params string[] command)
    {
        var archive = Path.Combine(folder.FullName, "archive.jsonl");
        await File.WriteAllTextAsync(archive, "{\"id\":\"1\",\"title\":\"Quiet day\",\"date\":\"2026-01-01T08:00:00Z\"}\n", Cancelled);

        await using var run = FeedWatchProcess.StartWith("TMPDIR", "/proc/nowhere", [.. command.Select(w => w == "{archive}" ? archive : w)]);

        Assert.Equal(78, await run.EndedAsync());
        Assert.Contains("Name another one in TMPDIR", Assert.Single(run.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_is_another_users_is_not_taken_for_a_second_feedwatch()
    {
        folder.CreateSubdirectory("feedwatch.lock"); // to root, whom nothing else stops, it is as closed

        var run = await FeedWatchProcess.RunAsync("run", "--once", "--data", folder.FullName);

        Assert.Equal(78, run.Code);
        Assert.Contains("It seems to be another user's: run FeedWatch, and every command that looks into its data, as the same user.", run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("feedwatch.db", "600")]
    [InlineData("feedwatch.db", "644")]
    [InlineData("feedwatch.db-wal", "644")]
    [InlineData("feedwatch.lock", "644")]
    [InlineData("chat.db", "644")]
    [InlineData("chat.db.lock", "644")]
    [InlineData(".", "700")]
    public async Task What_another_user_left_in_the_data_folder_is_named_in_one_line_and_kept_until_it_is_given_back(string file, string mode)
    {
        string[] nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        if (!await CanAsync([.. nobody, "test", "-r", Path.Combine(AppContext.BaseDirectory, "feedwatch.dll")])) Assert.Skip("No other user can run FeedWatch here.");
        await using var server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: TimeProvider.System.GetUtcNow())));
        var (data, list) = (folder.CreateSubdirectory("data").FullName, Path.Combine(folder.FullName, "feeds.yaml"));
        await File.WriteAllTextAsync(list, $"feeds:\n  - url: {server.At("/rss")}\n    language: en\n", Cancelled);
        string[] arguments = ["run", "--once", "--json", "--feeds", list, "--data", data, "--Fetching:AllowedNetworks:0=127.0.0.0/8"];
        var first = await FeedWatchProcess.RunAsync(arguments);
        var mine = Path.Combine(data, file);
        if (!Path.Exists(mine)) await File.WriteAllTextAsync(mine, "", Cancelled);
        await ShellAsync($"chmod 755 '{folder.FullName}' && chown -R 65534:65534 '{data}' && chown root:root '{mine}' && chmod {mode} '{mine}'");
        var before = await ShellAsync($"find '{mine}' -type f -exec sha256sum {{}} +");

        await using (var refused = FeedWatchProcess.StartBehind(nobody, arguments))
        {
            Assert.Equal((0, 78), (first.Code, await refused.EndedAsync()));
            var line = Assert.Single(refused.Log, l => !l.StartsWith('{'));
            Assert.Contains(mine.TrimEnd('.', '/').Replace("-wal", "", StringComparison.Ordinal), line, StringComparison.Ordinal);
            Assert.Contains("user", line, StringComparison.Ordinal);
            Assert.DoesNotContain(refused.Log, l => l.Contains("   at ", StringComparison.Ordinal) || l.Contains("\"@l\":\"Error\"", StringComparison.Ordinal));
        }

        Assert.Equal(before, await ShellAsync($"find '{mine}' -type f -exec sha256sum {{}} +"));
        await ShellAsync($"chown -R 65534:65534 '{data}'");
        await using var again = FeedWatchProcess.StartBehind(nobody, arguments);
        Assert.Equal(0, await again.EndedAsync());
        Assert.Empty(again.Output); // it was told before
    }

    private static async Task<string> ShellAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(Cancelled), shell.StandardError.ReadToEndAsync(Cancelled));
        await shell.WaitForExitAsync(Cancelled);
        Assert.True(shell.ExitCode == 0, await error);
        return await output;
    }

    private static async Task<bool> CanAsync(string[] command)
    {
        try
        {
            using var trial = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await trial.WaitForExitAsync(Cancelled);
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
