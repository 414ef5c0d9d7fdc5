using System.IO.Compression;
using System.Text;
using FeedWatch.Chat.Keeping;
using FeedWatch.Commands;
using FeedWatch.Commands.Keeping;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Storage.Upkeep;
using FeedWatch.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Tests.Commands;

public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-backup-");

    public void Dispose() => folder.Delete(recursive: true);

    private string Zip => Path.Combine(folder.FullName, "backups", "monday.zip");

    [Fact]
    public async Task It_holds_the_database_before_the_ledgers_and_nothing_is_left_beside_it()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        Directory.CreateDirectory(Path.Combine(watch.Folder, "bot"));
        LedgerCopy.Take(watch.Folder, Path.Combine(watch.Folder, "bot", "chat.db"));
        await File.WriteAllTextAsync(Path.Combine(watch.Folder, "added-feeds.yaml"), "feeds:\n  - url: https://a.example/\n", TestContext.Current.CancellationToken);

        var held = await WriteAsync(watch.Folder);

        Assert.Equal(["feedwatch.db", "chat.db", Path.Combine("bot", "chat.db"), "added-feeds.yaml"], held);
        await using var zip = await ZipFile.OpenReadAsync(Zip, TestContext.Current.CancellationToken);
        Assert.Equal(["feedwatch.db", "chat.db", "bot/chat.db", "added-feeds.yaml"], zip.Entries.Select(e => e.FullName));
        Assert.Equal([Zip], Directory.GetFileSystemEntries(Path.GetDirectoryName(Zip)!));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Zip));
    }

    [Fact]
    public async Task What_is_posted_between_the_two_copies_is_posted_no_second_time_after_a_restore()
    {
        await using var feeds = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown("ANOM", link: "https://herald.example/anom", published: Watch.Start)));
        await using var watch = await Watch.OverAsync(feeds);
        await watch.PollAsync();
        var copy = folder.CreateSubdirectory("restored");
        DatabaseCopy.Take(watch.Folder, Path.Combine(copy.FullName, SqliteDatabase.FileName));
        feeds.Serve(AFeed.With(AFeed.Takedown("Sky ECC", link: "https://herald.example/sky", published: Watch.Start), AFeed.Takedown("ANOM", link: "https://herald.example/anom", published: Watch.Start)));
        await watch.PollAsync();
        LedgerCopy.Take(watch.Folder, Path.Combine(copy.FullName, LedgerCopy.Name));

        await using var restored = await Watch.InAsync(copy, [feeds.At("/rss")]);
        await restored.PollAsync();
        var repeated = restored.Told.Count;
        feeds.Serve(AFeed.With(AFeed.Takedown("Exclu", link: "https://herald.example/exclu", published: Watch.Start)));
        await restored.PollAsync();

        Assert.NotEmpty(watch.Told);
        Assert.Equal(0, repeated);
        Assert.NotEmpty(restored.Told);
    }

    [Fact]
    public async Task An_earlier_backup_is_replaced_only_when_told_to()
    {
        MakeDatabase();
        await WriteAsync(folder.FullName);
        var first = await File.ReadAllBytesAsync(Zip, TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<BadInputException>(() => WriteAsync(folder.FullName));
        var untouched = await File.ReadAllBytesAsync(Zip, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "added-feeds.yaml"), "feeds:\n  - url: https://a.example/\n", TestContext.Current.CancellationToken);
        await WriteAsync(folder.FullName, replace: true);

        Assert.Contains("is there already and was left as it is", refused.Message, StringComparison.Ordinal);
        Assert.Equal(first, untouched);
        await using var zip = await ZipFile.OpenReadAsync(Zip, TestContext.Current.CancellationToken);
        Assert.Equal(2, zip.Entries.Count);
    }

    [Fact]
    public async Task What_is_no_backup_is_never_replaced()
    {
        MakeDatabase();
        var database = Path.Combine(folder.FullName, SqliteDatabase.FileName);

        var refused = await Assert.ThrowsAsync<BadInputException>(() => new Backup(folder.FullName).WriteAsync(database, replace: true, TestContext.Current.CancellationToken));

        Assert.Contains("is no backup and was left as it is", refused.Message, StringComparison.Ordinal);
        using var whole = SqliteDatabase.OpenReadOnly(folder.FullName);
        Assert.NotNull(whole);
    }

    [Fact]
    public async Task A_folder_without_a_database_is_named()
    {
        var refused = await Assert.ThrowsAsync<BadInputException>(() => WriteAsync(folder.FullName));

        Assert.Contains($"There is no feedwatch.db in {folder.FullName}", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Zip)!));
    }

    [Fact]
    public async Task A_damage_deep_in_the_database_is_found_and_no_backup_written()
    {
        MakeDatabase();
        var path = Path.Combine(folder.FullName, SqliteDatabase.FileName);
        var page = RootPageOf(path, "retracted_texts");
        await using (var file = File.OpenWrite(path))
        {
            file.Position = (page - 1) * 4096;
            file.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("damaged.", 512))));
        }

        var refused = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(folder.FullName));

        Assert.Contains($"{path} is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Zip)!));
    }

    private static long RootPageOf(string database, string table)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select rootpage from sqlite_master where name = $table";
        command.Parameters.AddWithValue("$table", table);
        return (long)command.ExecuteScalar()!;
    }

    private Task<IReadOnlyList<string>> WriteAsync(string data, bool replace = false) => new Backup(data).WriteAsync(Zip, replace, TestContext.Current.CancellationToken);

    private void MakeDatabase()
    {
        using var data = DataFolder.Open(folder.FullName);
        using var database = SqliteDatabase.Open(data);
    }
}
