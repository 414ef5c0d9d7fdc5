using System.Runtime.CompilerServices;
using FeedWatch.Chat.Keeping;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Tests.Testing;

/// <summary>
/// What versions of the past wrote, as <c>sqlite3 feedwatch.db .dump</c> says it: built at their commits and run three times over one feed,
/// on a clock set to 24 November 2026. They told of EncroChat; ANOM's post failed and waits; Sky ECC waits in the outbox for a broker. For a
/// schema in between, the next version ran its scripts, which never changed once they had landed. A new schema needs a new pair of files.
/// </summary>
internal static class LandedData
{
    private const string First = "0004"; // came with the three before it
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
    public static readonly string[] Schemas = [.. Scripts().Select(s => s[..4]).Where(s => string.CompareOrdinal(s, First) >= 0)];

    /// <summary>Those that have files of their own.</summary>
    public static string[] Written => [.. Directory.GetFiles(Folder(), "*-feedwatch.sql").Select(f => Path.GetFileName(f)[..4]).Order(StringComparer.Ordinal)];

    /// <summary>Makes <c>feedwatch.db</c> and <c>chat.db</c>.</summary>
    /// <param name="folder">There already, and empty.</param>
    /// <param name="schema">One of <see cref="Schemas"/>.</param>
    /// <param name="feed">Where the feed is now.</param>
    public static void Make(string folder, string schema, Uri feed)
    {
        var written = Written.Last(w => string.CompareOrdinal(w, schema) <= 0);
        var database = Path.Combine(folder, SqliteDatabase.FileName);
        Fill(database, $"{written}-feedwatch.sql", feed);
        Fill(Path.Combine(folder, LedgerCopy.Name), $"{written}-chat.sql", feed);
        foreach (var script in Scripts().Where(s => string.CompareOrdinal(s[..4], written) > 0 && string.CompareOrdinal(s[..4], schema) <= 0)) Run(database, script);
    }

    /// <summary>As an upgrade does, which ends behind this one.</summary>
    public static void Run(string database, string script)
    {
        using var reader = new StreamReader(typeof(SqliteDatabase).Assembly.GetManifestResourceStream(script)!);
        Do(database, $"begin; {reader.ReadToEnd()}; insert into SchemaVersions (ScriptName, Applied) values ('{script}', '2026-11-24 10:00:00'); commit;");
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

    private static IEnumerable<string> Scripts() => typeof(SqliteDatabase).Assembly.GetManifestResourceNames().Where(SchemaCheck.IsScript).Order(StringComparer.Ordinal);

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
