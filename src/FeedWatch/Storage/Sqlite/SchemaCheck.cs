using Dapper;
using FeedWatch.Chat.Storing;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Storage.Sqlite;

/// <summary>Whether a database is FeedWatch's own and of which version, asked before anything is written into it.</summary>
internal static class SchemaCheck
{
    /// <summary>The scripts that this version knows, by the names that DbUp writes down when it has run them.</summary>
    private static readonly string[] Known = [.. typeof(SchemaCheck).Assembly.GetManifestResourceNames().Where(IsScript)];

    /// <returns>Whether it holds something and is of an older FeedWatch.</returns>
    /// <exception cref="StorageException">Another program's, or a newer FeedWatch's.</exception>
    /// <exception cref="SqliteException">It is no database, or damaged.</exception>
    public static bool IsOlder(SqliteConnection connection, string path) => Read(connection, path) is { Count: > 0 } scripts && !Known.All(scripts.Contains);

    /// <exception cref="StorageException">The same, or an older FeedWatch's, which only the service may bring up to date.</exception>
    /// <exception cref="SqliteException">It is no database, or damaged.</exception>
    public static void RequireCurrent(SqliteConnection connection, string path)
    {
        if (!Known.All(Read(connection, path).Contains))
            throw new StorageException($"The database {path} is of an older FeedWatch. Start the service of this version once: it brings the database up to date.");
    }

    /// <summary>PostgreSQL's scripts lie in a folder, by its name.</summary>
    public static bool IsScript(string resource) => resource.EndsWith(".sql", StringComparison.Ordinal) && !resource.Contains('/', StringComparison.Ordinal);

    private static HashSet<string> Read(SqliteConnection connection, string path)
    {
        var tables = connection.Query<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'").ToList();
        if (tables.Count == 0) return [];

        var scripts = tables.Contains("SchemaVersions") ? connection.Query<string>("select ScriptName from SchemaVersions").ToHashSet(StringComparer.Ordinal) : [];
        if (!scripts.Overlaps(Known))
            throw new StorageException($"{path} is a database of another program (it holds the table {tables[0]}). It is left as it is; name another data folder with --data.");
        if (scripts.FirstOrDefault(s => !Known.Contains(s)) is { } newer)
            throw new StorageException($"The database {path} was written by a newer FeedWatch (it holds {newer}). Install that version again, or {(CopyBefore.Find(path) is { } before ? $"go back to {before}, made before the upgrade: move it to {path} and delete {path}-wal and {path}-shm" : "put back the backup made before the upgrade")}.");
        return scripts;
    }
}
