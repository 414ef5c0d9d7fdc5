using System.Security.Cryptography;
using FeedWatch.Chat.Keeping;
using FeedWatch.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace FeedWatch.EndToEnd;

/// <summary>A database file that is none of this FeedWatch's: each command says in one line which file and what to do, and leaves it as it is.</summary>
public sealed class DatabaseFileTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string[]> Commands = new()
    {
        ["run"] = ["run", "--once"],
        ["outbox list"] = ["outbox", "list"],
        ["backup"] = ["backup"],
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-files-");
    private FeedServer server = null!;

    public static MatrixTheoryData<string, string, string> Cases => new(["run", "outbox list", "backup"], ["feedwatch.db", "chat.db"], ["no database", "damaged", "newer", "foreign"]);

    public async ValueTask InitializeAsync()
    {
        server = await FeedServer.ServingAsync(AFeed.With(AFeed.Takedown(published: TimeProvider.System.GetUtcNow())));
        var made = await RunAsync("run");
        Assert.Equal(0, made.Code);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_named_with_a_remedy_and_left_as_it_is(string command, string file, string kind)
    {
        var path = Path.Combine(Data, file);
        Spoil(path, kind);
        var before = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));

        var run = await RunAsync(command);

        var said = run.Log.Split('\n').Where(l => !l.StartsWith('{')).ToList(); // without the log
        Assert.Equal(78, run.Code);
        Assert.Contains(path, Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains(Remedy(kind), said[0], StringComparison.Ordinal);
        Assert.Equal(before, Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))));
        Assert.False(File.Exists(Zip));
    }

    private string Data => Path.Combine(folder.FullName, "data");

    private string Zip => Path.Combine(folder.FullName, "backup.zip");

    private static string Remedy(string kind) => kind switch
    {
        "newer" => "newer FeedWatch",
        "foreign" => "another data folder",
        _ => "Put back a backup, or move",
    };

    private static void Spoil(string path, string kind)
    {
        switch (kind)
        {
            case "no database":
                File.WriteAllText(path, string.Concat(Enumerable.Repeat("this was never a database ", 400)));
                return;
            case "damaged":
                using (var file = File.OpenWrite(path)) file.SetLength(file.Length / 2);
                return;
            case "newer":
                Change(path, path.EndsWith(LedgerCopy.Name, StringComparison.Ordinal) ? "pragma user_version = 9999" : "insert into SchemaVersions (ScriptName, Applied) values ('9999-from-the-future.sql', '2030-01-01')");
                return;
            default:
                File.Delete(path);
                Change(path, "create table recipes (name text); pragma user_version = 1");
                return;
        }
    }

    private static void Change(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Task<(int Code, IReadOnlyList<string> Output, string Log)> RunAsync(string command)
    {
        var list = Path.Combine(folder.FullName, "feeds.yaml");
        File.WriteAllText(list, $"feeds:\n  - url: {server.At("/rss")}\n    language: en\n");
        string[] more = command switch
        {
            "run" => ["--feeds", list, "--Fetching:AllowedNetworks:0=127.0.0.0/8"],
            "backup" => [Zip],
            _ => [],
        };
        return FeedWatchProcess.RunAsync([.. Commands[command], .. more, "--data", Data]);
    }
}
