using Microsoft.Data.Sqlite;

namespace FeedWatch.Storage.Sqlite;

/// <summary>What an error of SQLite says about the disk or the file, as against a mistake in a statement.</summary>
internal static class SqliteFault
{
    // https://sqlite.org/rescode.html
    private const int Permission = 3;
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    /// <summary>The disk or the file is to blame: whatever is written next fails as well until that is mended.</summary>
    public static bool Is(SqliteException exception) =>
        exception.SqliteErrorCode is Permission or Busy or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NoDatabase;

    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NoDatabase;

    /// <summary>What to do about it, as a sentence.</summary>
    public static string Remedy(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Full => "Free space on its disk.",
        Busy => "Another program holds it; end that program.",
        Corrupt or NoDatabase => "Put back a backup, or move the file away to begin anew.",
        _ => "Give this user the right to write there, and see whether the disk is full, mounted read-only or broken.",
    };
}
