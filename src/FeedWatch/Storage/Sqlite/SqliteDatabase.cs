using System.Globalization;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using FeedWatch.Chat;
using FeedWatch.Chat.Storing;
using FeedWatch.Storage.Upkeep;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Storage.Sqlite;

/// <summary>
/// The SQLite file <c>feedwatch.db</c>. One writer at a time, in this process: SQLite would make a second one wait anyway,
/// and so nobody ever meets SQLITE_BUSY.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    public const string FileName = "feedwatch.db";
    private const int TrialBytes = 1024 * 1024;

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SqliteConnection connection;

    private readonly WriteQueue writes;

    private SqliteDatabase(SqliteConnection connection, RecordKeeping? keeping = null)
        : base(keeping)
    {
        this.connection = connection;
        writes = new WriteQueue(connection, writing, Fault);
    }

    /// <summary>The copy that was made of it when it was opened and brought up to date; null where it was not.</summary>
    public string? Before { get; private init; }

    /// <summary>Opens the file, making it or bringing its schema up to date where needed, after a copy of it.</summary>
    /// <param name="folder">Held by this process.</param>
    /// <param name="keeping">Hears of every write that the disk or the file refuses.</param>
    /// <exception cref="StorageException">The file is no database, is damaged, another program's, or was written by a newer FeedWatch; or there is no room for the copy.</exception>
    public static SqliteDatabase Open(DataFolder folder, RecordKeeping? keeping = null)
    {
        var path = folder.File(FileName);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString();
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            var before = SchemaCheck.IsOlder(connection, path) ? CopyBefore.Take(connection, path) : null; // before the first write

            // NORMAL in WAL mode may lose the newest transactions when the power fails, never consistency. Articles, validators
            // and outbox rows share a transaction, so what is lost is polled again and told again under the same ids.
            connection.Execute("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -2000;");
            connection.Execute("begin; create table trial_of_start (filler); rollback;"); // what another user made can be read, and is found to be his only when it is written
            Upgrade(connectionString, path, connection);
            if (before is not null) CopyBefore.KeepOnly(before, path);
            return new SqliteDatabase(connection, keeping) { Before = before };
        }
        catch (IOException ex)
        {
            connection.Dispose();
            throw new StorageException(ex.Message, ex);
        }
        catch (SqliteException ex)
        {
            connection.Dispose();
            throw new StorageException($"The database {path} cannot be used ({ex.Message}). {SqliteFault.Remedy(ex)}", ex);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>For a look beside a running service: nothing is written, and nothing waits for it. Null where there is no database yet.</summary>
    /// <exception cref="StorageException">The file is no database, is damaged, or not of this version.</exception>
    public static SqliteDatabase? OpenReadOnly(string folder) => OpenBeside(folder, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// For a small change beside a running service, which waits for it as this waits for the service: 10 s at most, by SQLite's own locks.
    /// Null where there is no database yet.
    /// </summary>
    /// <exception cref="StorageException">The file is no database, is damaged, or not of this version.</exception>
    public static SqliteDatabase? OpenBeside(string folder) => OpenBeside(folder, SqliteOpenMode.ReadWrite);

    private static SqliteDatabase? OpenBeside(string folder, SqliteOpenMode mode)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10, Mode = mode }.ToString());
        try
        {
            connection.Open();
            SchemaCheck.RequireCurrent(connection, path);
            return new SqliteDatabase(connection);
        }
        catch (SqliteException ex)
        {
            connection.Dispose();
            throw new StorageException($"The database {path} cannot be read ({ex.Message}). {SqliteFault.Remedy(ex)}", ex);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override bool IsShared => false;

    public override string Place => connection.DataSource;

    public override Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) => writes.AddAsync(work, cancellationToken);

    public override async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await using var transaction = connection.BeginTransaction(deferred: true);
            return await work(new Session(connection, transaction, IsShared, cancellationToken));
        }
        catch (SqliteException ex) when (SqliteFault.Is(ex))
        {
            throw Fault(ex);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>A little fits onto a full disk long before there is room for the rest, so it writes more than polls do.</summary>
    protected override async Task TryWritingAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(session => session.ExecuteAsync($"create table if not exists trial (filler blob); insert into trial values (zeroblob({TrialBytes}))"), cancellationToken);
        await WriteAsync(session => session.ExecuteAsync("drop table trial"), cancellationToken);
    }

    /// <summary>Everything that is stored at this moment, into a new file.</summary>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public void CopyTo(string path)
    {
        using var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        target.Open();
        connection.BackupDatabase(target);
    }

    protected override void Dispose(bool disposing)
    {
        connection.Dispose();
        writing.Dispose();
    }

    private CannotRecordException Fault(SqliteException exception)
    {
        Keeping.Failed(new RecordFault(connection.DataSource, exception.Message, SqliteFault.Remedy(exception), SqliteFault.IsDamage(exception)));
        return new CannotRecordException($"The database {connection.DataSource} cannot be used ({exception.Message}). {SqliteFault.Remedy(exception)}", exception);
    }

    private static void Upgrade(string connectionString, string path, SqliteConnection connection)
    {
        var engine = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(SqliteDatabase).Assembly, SchemaCheck.IsScript)
            .WithPreprocessor(new BetweenScripts())
            .WithTransaction() // all of them or none: a start that is cut off finds what it found before
            .LogTo(new NoOpUpgradeLog())
            .Build();

        if (!engine.IsUpgradeRequired()) return;
        var result = engine.PerformUpgrade();
        if (!result.Successful)
            throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"The database {path} could not be brought up to date at {result.ErrorScript?.Name} ({result.Error.Message}) and was left as it was. {(result.Error is SqliteException fault && SqliteFault.Is(fault) ? SqliteFault.Remedy(fault) : "It is not as FeedWatch made it: put back a backup, or install the version that used it last and report this line.")}"), result.Error);
        connection.Execute("pragma optimize;");
    }

    private sealed class BetweenScripts : IScriptPreprocessor
    {
        public string Process(string contents)
        {
            FaultPoint.Pass("script");
            return contents;
        }
    }
}
