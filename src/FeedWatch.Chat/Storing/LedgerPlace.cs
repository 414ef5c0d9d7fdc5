using System.Data.Common;
using FeedWatch.Chat.Storing.Postgres;

namespace FeedWatch.Chat.Storing;

/// <summary>Where a ledger lies, for whoever opens it or looks into it beside the process that uses it.</summary>
public sealed class LedgerPlace
{
    private readonly string? folder;
    private readonly string? server;

    private LedgerPlace(string? folder, string? server) => (this.folder, this.server) = (folder, server);

    /// <summary><c>chat.db</c> in a folder; one process at a time.</summary>
    public static LedgerPlace InFolder(string folder) => new(folder, null);

    /// <summary>Tables in a PostgreSQL database, in a schema of their own; any number of processes.</summary>
    /// <param name="connectionString">Npgsql's words. A secret.</param>
    public static LedgerPlace OnServer(string connectionString) => new(null, connectionString);

    /// <summary>The schema of its tables on a server; null for a file.</summary>
    public string? Schema => server is null ? null : new PostgresPlace(server).Schema;

    /// <summary>What the settings name; null where they name none.</summary>
    /// <param name="options">Validated.</param>
    /// <param name="folder">For <c>chat.db</c>.</param>
    public static LedgerPlace? Of(ChatStoreOptions options, string folder)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Provider switch
        {
            ChatStoreProvider.Postgres => OnServer(options.EffectiveConnectionString()),
            ChatStoreProvider.Sqlite => InFolder(folder),
            _ => null,
        };
    }

    /// <param name="lease">How long a process that gives no sign of life keeps its channels.</param>
    /// <param name="before">Where <c>chat.db</c> may lie that was used before this place.</param>
    /// <exception cref="LedgerUnavailableException">In use by another process where only one may, not writable, not there, damaged, another program's or of a newer version.</exception>
    internal LedgerStore Open(TimeSpan lease, string? before = null) => server is null ? LedgerFile.Open(folder!) : PostgresLedger.Open(server, lease, before);

    /// <summary>A look, or a small change, beside the process that posts. Nothing where there is no ledger.</summary>
    /// <exception cref="LedgerUnavailableException">Not there, damaged, busy for long, or of another version.</exception>
    internal T? Beside<T>(bool readOnly, Func<DbConnection, T> work) => server is null ? LedgerFile.Beside(folder!, readOnly, work) : PostgresLedger.Beside(server, work);
}
