using Dapper;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Storage.Sqlite;

/// <summary>A copy of <c>feedwatch.db</c> as it is at one moment, taken while a service writes into it.</summary>
internal static class DatabaseCopy
{
    private const string Sound = "ok";

    /// <summary>By SQLite's online backup, in one step: the service's writes go on meanwhile and are not in the copy.</summary>
    /// <returns>False where there is no database.</returns>
    /// <exception cref="StorageException">The database is damaged, another program's, or not of this version.</exception>
    /// <exception cref="SqliteException">The copy cannot be written.</exception>
    public static bool Take(string folder, string copy)
    {
        using var database = SqliteDatabase.OpenReadOnly(folder);
        if (database is null) return false;
        database.CopyTo(copy);
        return true;
    }

    /// <summary>Reads a copy from end to end.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="original">What it is of, for the message.</param>
    /// <exception cref="StorageException">It is damaged, and so is what it was made of.</exception>
    public static void Check(string copy, string original)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
            connection.Open();
            if (connection.Query<string>("pragma quick_check(1)").FirstOrDefault() is not Sound and var fault) throw new StorageException(Damaged(original, fault));
            connection.Execute("pragma journal_mode = delete"); // one file, with nothing beside it; the service turns it back
        }
        catch (SqliteException ex) when (SqliteFault.IsDamage(ex))
        {
            throw new StorageException(Damaged(original, ex.Message), ex);
        }
    }

    private static string Damaged(string original, string? fault) =>
        $"{original} is damaged ({fault?.ReplaceLineEndings(" ")}). No backup was written. Stop FeedWatch and put back an earlier backup, or move the file away to begin anew.";
}
