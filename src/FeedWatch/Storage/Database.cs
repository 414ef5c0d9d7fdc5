using System.Globalization;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using FeedWatch.Storage.Upkeep;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeedWatch.Storage;

/// <summary>
/// The SQLite file <c>feedwatch.db</c>. One writer at a time, in this process: SQLite would make a second one wait anyway,
/// and so nobody ever meets SQLITE_BUSY. Times are stored as Unix milliseconds, ids as text.
/// </summary>
internal sealed class Database : IDisposable
{
    public const string FileName = "feedwatch.db";
    private const int TrialBytes = 1024 * 1024;

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SqliteConnection connection;

    private readonly WriteQueue writes;

    private Database(SqliteConnection connection, RecordKeeping? keeping = null)
    {
        this.connection = connection;
        Keeping = keeping ?? new RecordKeeping(TimeProvider.System, NullLogger<RecordKeeping>.Instance);
        writes = new WriteQueue(connection, writing, Fault);
    }

    /// <summary>Whether what is written arrives.</summary>
    public RecordKeeping Keeping { get; }

    static Database() => SqlMapper.AddTypeHandler(new GuidAsText());

    /// <summary>Opens the file, making it or bringing its schema up to date where needed.</summary>
    /// <param name="folder">Held by this process.</param>
    /// <param name="keeping">Hears of every write that the disk or the file refuses.</param>
    /// <exception cref="StorageException">The file is no database, is damaged, another program's, or was written by a newer FeedWatch.</exception>
    public static Database Open(DataFolder folder, RecordKeeping? keeping = null)
    {
        var path = folder.File(FileName);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString();
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            SchemaCheck.RefuseForeign(connection, path); // before the first write

            // NORMAL in WAL mode may lose the newest transactions when the power fails, never consistency. Articles, validators
            // and outbox rows share a transaction, so what is lost is polled again and told again under the same ids.
            connection.Execute("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -8000;");
            Upgrade(connectionString, path, connection);
            return new Database(connection, keeping);
        }
        catch (SqliteException ex)
        {
            connection.Dispose();
            throw new StorageException($"The database {path} cannot be used ({ex.Message}). {StorageFault.Remedy(ex)}", ex);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>For a look beside a running service: nothing is written, and nothing waits for it. Null where there is no database yet.</summary>
    /// <exception cref="StorageException">The file is no database, is damaged, or not of this version.</exception>
    public static Database? OpenReadOnly(string folder) => OpenBeside(folder, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// For a small change beside a running service, which waits for it as this waits for the service: 10 s at most, by SQLite's own locks.
    /// Null where there is no database yet.
    /// </summary>
    /// <exception cref="StorageException">The file is no database, is damaged, or not of this version.</exception>
    public static Database? OpenBeside(string folder) => OpenBeside(folder, SqliteOpenMode.ReadWrite);

    private static Database? OpenBeside(string folder, SqliteOpenMode mode)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10, Mode = mode }.ToString());
        try
        {
            connection.Open();
            SchemaCheck.RequireCurrent(connection, path);
            return new Database(connection);
        }
        catch (SqliteException ex)
        {
            connection.Dispose();
            throw new StorageException($"The database {path} cannot be read ({ex.Message}). {StorageFault.Remedy(ex)}", ex);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction: all of it is stored, or nothing.</summary>
    public Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => writes.AddAsync(work, cancellationToken);

    /// <summary>Runs <paramref name="work"/> on one consistent state; what it might write is not kept.</summary>
    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await using var transaction = connection.BeginTransaction(deferred: true);
            return await work(new Session(connection, transaction, cancellationToken));
        }
        catch (SqliteException ex) when (StorageFault.Is(ex))
        {
            throw Fault(ex);
        }
        finally
        {
            writing.Release();
        }
    }

    public Task WriteAsync(Func<Session, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancellationToken);

    /// <summary>
    /// Whether polls can be recorded. Where the last write failed, this writes more than they do and throws it away again: a little fits
    /// onto a full disk long before there is room for the rest.
    /// </summary>
    public async Task<bool> CanRecordAsync(CancellationToken cancellationToken)
    {
        if (Keeping.IsPossible) return true;
        if (!Keeping.IsTrialDue) return false;
        try
        {
            await WriteAsync(session => session.ExecuteAsync($"create table if not exists trial (filler blob); insert into trial values (zeroblob({TrialBytes}))"), cancellationToken);
            await WriteAsync(session => session.ExecuteAsync("drop table trial"), cancellationToken);
        }
        catch (CannotRecordException)
        {
            return false;
        }

        Keeping.Recovered();
        return true;
    }

    /// <summary>Everything that is stored at this moment, into a new file.</summary>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public void CopyTo(string path)
    {
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        target.Open();
        connection.BackupDatabase(target);
    }

    public void Dispose()
    {
        connection.Dispose();
        writing.Dispose();
    }

    private CannotRecordException Fault(SqliteException exception)
    {
        Keeping.Failed(connection.DataSource, exception);
        return new CannotRecordException($"The database {connection.DataSource} cannot be used ({exception.Message}). {StorageFault.Remedy(exception)}", exception);
    }

    private static void Upgrade(string connectionString, string path, SqliteConnection connection)
    {
        var engine = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(Database).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build();

        if (!engine.IsUpgradeRequired()) return;
        var result = engine.PerformUpgrade();
        if (!result.Successful)
            throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"The database {path} could not be upgraded at {result.ErrorScript?.Name} ({result.Error.Message}). {(result.Error is SqliteException fault ? StorageFault.Remedy(fault) : "Put back the backup made before the upgrade.")}"), result.Error);
        connection.Execute("pragma optimize;");
    }

    private sealed class GuidAsText : SqlMapper.TypeHandler<Guid>
    {
        public override Guid Parse(object value) => Guid.Parse((string)value);

        public override void SetValue(System.Data.IDbDataParameter parameter, Guid value) => parameter.Value = value.ToString();
    }
}
