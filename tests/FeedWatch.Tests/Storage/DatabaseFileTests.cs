using FeedWatch.Chat.Storing;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Tests.Storage;

/// <summary>What is not a database of this FeedWatch is refused in one line and left byte for byte as it is.</summary>
public sealed class DatabaseFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-file-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("garbage", "cannot be used", "cannot be used")]
    [InlineData("truncated", "cannot be used", "cannot be used")]
    [InlineData("newer", "was written by a newer FeedWatch (it holds 9999-from-the-future.sql)", "was written by a newer FeedWatch (schema 9999")]
    [InlineData("foreign", "is a database of another program (it holds the table recipes)", "is a database of another program (it holds the table recipes)")]
    public void It_is_refused_and_left_alone(string kind, string database, string ledger)
    {
        OpenDatabase();
        OpenLedger();
        foreach (var name in new[] { "feedwatch.db", LedgerFile.Name }) Spoil(Path.Combine(folder.FullName, name), kind);
        var before = Contents();

        var refused = Assert.Throws<StorageException>(OpenDatabase);
        var alsoRefused = Assert.Throws<LedgerUnavailableException>(OpenLedger);

        Assert.Contains(database, refused.Message, StringComparison.Ordinal);
        Assert.Contains(ledger, alsoRefused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_database_of_this_version_opens_again()
    {
        OpenDatabase();
        OpenLedger();

        OpenDatabase();
        OpenLedger();

        Assert.NotEmpty(Contents());
    }

    private void OpenDatabase()
    {
        using var data = DataFolder.Open(folder.FullName);
        using var database = SqliteDatabase.Open(data);
    }

    private void OpenLedger()
    {
        using var ledger = LedgerFile.Open(folder.FullName);
    }

    private static void Spoil(string path, string kind)
    {
        switch (kind)
        {
            case "garbage":
                File.WriteAllText(path, string.Concat(Enumerable.Repeat("this was never a database ", 400)));
                return;
            case "truncated":
                using (var file = File.OpenWrite(path)) file.SetLength(file.Length / 2);
                return;
            case "newer":
                Run(path, "pragma user_version = 9999");
                if (!path.EndsWith(LedgerFile.Name, StringComparison.Ordinal)) Run(path, "insert into SchemaVersions (ScriptName, Applied) values ('9999-from-the-future.sql', '2030-01-01')");
                return;
            default:
                File.Delete(path);
                Run(path, "create table recipes (name text); pragma user_version = 1");
                return;
        }
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string Contents() => string.Join(' ', folder.GetFiles("*.db").OrderBy(f => f.Name).Select(f => $"{f.Name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f.FullName)))}"));
}
