using System.Runtime.CompilerServices;
using FeedWatch.Chat.Keeping;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Tests.Testing;

/// <summary>
/// What a version of each schema that ever landed wrote, as <c>sqlite3 feedwatch.db .dump</c> says it: built at its commit and run three
/// times over one feed, on a clock set to 24 November 2026. It told of EncroChat; ANOM's post failed and waits; Sky ECC waits in the
/// outbox for a broker. A new schema needs a new pair of files, made the same way.
/// </summary>
internal static class LandedData
{
    private const string Feed = "http://127.0.0.1:18099/rss";

    /// <summary>What it told, what it could not post, what it could not publish, and what alerts nobody.</summary>
    public static readonly string[] Items =
    [
        AFeed.Takedown(link: "https://herald.example/encrochat", published: At(1)),
        AFeed.Takedown("ANOM", 800, "https://herald.example/anom", At(2)),
        AFeed.Takedown("Sky ECC", 48, "https://herald.example/sky", At(3)),
        AFeed.Item("Council debates cycle path", "https://herald.example/quiet", "The vote is on Thursday.", At(0).AddHours(-1)),
    ];

    /// <summary>By the number of the last script.</summary>
    public static readonly string[] Schemas = [.. Directory.GetFiles(Folder(), "*-feedwatch.sql").Select(f => Path.GetFileName(f)[..4]).Order(StringComparer.Ordinal)];

    /// <summary>Makes <c>feedwatch.db</c> and <c>chat.db</c>.</summary>
    /// <param name="folder">There already, and empty.</param>
    /// <param name="schema">One of <see cref="Schemas"/>.</param>
    /// <param name="feed">Where the feed is now.</param>
    public static void Make(string folder, string schema, Uri feed)
    {
        Fill(Path.Combine(folder, SqliteDatabase.FileName), $"{schema}-feedwatch.sql", feed);
        Fill(Path.Combine(folder, LedgerCopy.Name), $"{schema}-chat.sql", feed);
    }

    /// <summary>The last script that the file has run.</summary>
    public static string SchemaOf(string database)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = "select max(ScriptName) from SchemaVersions";
        return ((string)command.ExecuteScalar()!)[..4];
    }

    public static void Do(string database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Ask(string database, string sql)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Fill(string database, string dump, Uri feed) => Do(
        database,
        File.ReadAllText(Path.Combine(Folder(), dump))
            .Replace(NameUuid.Of("feed", Feed).ToString(), NameUuid.Of("feed", feed.AbsoluteUri).ToString(), StringComparison.Ordinal)
            .Replace(Feed, feed.AbsoluteUri, StringComparison.Ordinal));

    private static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        return connection;
    }

    private static DateTimeOffset At(int minute) => new(2026, 11, 24, 9, minute, 0, TimeSpan.Zero);

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Storage", "Landed"));
}
