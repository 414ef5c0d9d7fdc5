using FeedWatch.Chat.Storing;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Chat.Keeping;

/// <summary>A copy of <c>chat.db</c> as it is at one moment, taken while posts go on.</summary>
public static class LedgerCopy
{
    private const int Corrupt = 11; // https://sqlite.org/rescode.html
    private const int NoDatabase = 26;

    /// <summary>The ledger's name in a folder.</summary>
    public const string Name = LedgerFile.Name;

    /// <returns>False where there is no ledger.</returns>
    /// <exception cref="LedgerUnavailableException">The ledger is damaged, another program's, or of another version.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static bool Take(string folder, string copy) => LedgerFile.Beside(
        folder,
        readOnly: true,
        ledger =>
        {
            using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
            try
            {
                target.Open();
                ledger.BackupDatabase(target);
                return true;
            }
            catch (SqliteException ex) when (ex.SqliteErrorCode is not (Corrupt or NoDatabase)) // of the ledger, which is only read, nothing else is to be feared
            {
                throw new IOException(ex.Message, ex);
            }
        });
}
