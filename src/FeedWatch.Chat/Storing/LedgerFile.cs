using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Chat.Storing;

/// <summary>
/// <c>chat.db</c>: its tables, one connection, one user at a time. A file that it does not understand is refused and left as it
/// is; a second process on the same folder is refused, since both would post everything.
/// </summary>
internal sealed class LedgerFile : LedgerStore
{
    public const string Name = "chat.db";
    private const int Schema = 2;
    private const int TrialBytes = 256 * 1024;

    private const string Tables =
        """
        create table if not exists event (
            id          text primary key,
            body        text not null,
            recorded_at integer not null  -- unix ms, as all times here
        );
        create table if not exists delivery (
            seq         integer primary key autoincrement,  -- a channel posts in this order
            event_id    text not null references event (id),
            channel     text not null,
            state       text not null default 'pending',    -- held (till quiet hours end), pending, sending, sent, dead, unsure (given up, perhaps posted), dropped
            tries       integer not null default 0,
            due_at      integer not null default 0,
            reference   text,                               -- what the chat calls the post
            reason      text,                               -- why the last try failed
            changed_at  integer not null,
            body        text,                               -- what is posted in the place of the event: several updates in one
            unique (event_id, channel)
        );
        create table if not exists first_post (
            channel     text not null,
            incident    text not null,
            reference   text not null,                      -- what later posts of the incident refer to
            posted_at   integer not null,                   -- the last of them
            primary key (channel, incident)
        );
        create index if not exists delivery_open on delivery (channel, seq) where state in ('pending', 'sending');
        create index if not exists delivery_held on delivery (channel, seq) where state = 'held';
        create table if not exists followed (
            incident text    not null,
            channel  text    not null,                      -- it has heard of the incident
            severity integer not null,                      -- the highest that was told there; -1 while all of it is held
            told_at  integer not null,
            primary key (incident, channel)
        );
        create table if not exists mute (
            what    text    not null,                       -- network:SLUG, incident:ID or all
            channel text    not null,                       -- empty: every channel
            since   integer not null,
            until   integer not null,
            kept    integer not null,                       -- how many posts it kept away
            primary key (what, channel)
        );
        create table if not exists trouble (
            channel  text primary key,                      -- it takes nothing
            since    integer not null,
            told_at  integer not null,                      -- when the other channels were told; 0 where they were not
            event_id text                                   -- by which event
        );
        create table if not exists announcement (
            seq      integer primary key autoincrement,
            event_id text    not null unique,
            body     text    not null                       -- what the bus does not have yet
        );
        create index if not exists delivery_done on delivery (channel, changed_at) where state in ('sent', 'dead', 'unsure');
        create table if not exists request (
            id       text primary key,                      -- of what a bot asked, so that it is carried out once
            asked_at integer not null
        );
        """;

    private const string WithBody = "alter table delivery add column body text;";

    private const string Moves = "create table if not exists moved (id text not null, place text)"; // the place when that is done

    private readonly FileStream mark;
    private readonly SqliteConnection connection;
    private readonly SemaphoreSlim gate = new(1, 1);

    private LedgerFile(FileStream @lock, SqliteConnection connection, string? before, string? wasAt) => (mark, this.connection, Before, WasAt) = (@lock, connection, before, wasAt);

    public override string Place => connection.DataSource;

    public static bool IsIn(string dataFolder) => File.Exists(Path.Combine(dataFolder, Name));

    /// <param name="dataFolder">Where it lies, or will.</param>
    /// <param name="toMove">It is read once more and not posted from.</param>
    /// <exception cref="LedgerUnavailableException">In use by another process, not writable, damaged, or of a newer version.</exception>
    public static LedgerFile Open(string dataFolder, bool toMove = false)
    {
        var @lock = Lock(dataFolder);
        var path = Path.Combine(dataFolder, Name);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return new LedgerFile(@lock, connection, Prepare(connection, path), toMove ? null : BackFrom(connection));
        }
        catch (Exception ex) when (ex is SqliteException or LedgerUnavailableException or IOException)
        {
            connection.Dispose();
            @lock.Dispose();
            if (ex is IOException) throw new LedgerUnavailableException(ex.Message, ex);
            if (ex is not SqliteException fault) throw;
            throw new LedgerUnavailableException($"{path} cannot be used: {ex.Message} {Remedy(fault)}", ex);
        }
    }

    /// <summary>A look, or a small change, without holding the ledger: beside the process that does, by SQLite's own locks. Nothing where there is no ledger.</summary>
    /// <exception cref="LedgerUnavailableException">Damaged, busy for long, or of another version.</exception>
    public static T? Beside<T>(string dataFolder, bool readOnly, Func<SqliteConnection, T> work)
    {
        if (!IsIn(dataFolder)) return default;
        var path = Path.Combine(dataFolder, Name);
        var mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite;
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10, Mode = mode }.ToString());
        try
        {
            connection.Open();
            var version = VersionOf(connection, path);
            if (version == 0) return default; // made this moment, and still empty
            if (MovedTo(connection) is not null) return default; // what it held is elsewhere
            if (version < Schema && !readOnly)
                throw new LedgerUnavailableException($"{path} is of an older FeedWatch. Start the service, or the bot, of this version once: it brings the file up to date.");
            return work(connection);
        }
        catch (SqliteException ex)
        {
            throw new LedgerUnavailableException($"{path} cannot be used: {ex.Message} {Remedy(ex)}", ex);
        }
    }

    /// <summary>What may be carried over to another kind of ledger; null where there is nothing, or it is done.</summary>
    /// <exception cref="LedgerUnavailableException">Damaged, busy for long, or of another version.</exception>
    public static LeftBehind? Left(string dataFolder) => Beside(dataFolder, readOnly: true, c =>
    {
        var events = c.ExecuteScalar<long>("select count(*) from event");
        return events == 0 ? null : new LeftBehind(c.DataSource, events, HasMoves(c) ? c.ExecuteScalar<string>("select id from moved") : null);
    });

    /// <summary>What it holds is about to be carried over.</summary>
    /// <returns>By which the other side knows it again: the same until that is done.</returns>
    public string BeginMove()
    {
        connection.Execute($"begin immediate; {Moves}; insert into moved (id) select lower(hex(randomblob(16))) where not exists (select 1 from moved); commit;");
        return connection.ExecuteScalar<string>("select id from moved")!;
    }

    /// <summary>All it holds is at another place now; it stays as it is, for whoever goes back.</summary>
    public void EndMove(string place) => connection.Execute("update moved set place = @place", new { place });

    /// <summary>Reads rows one after the other, before anybody else uses it.</summary>
    /// <exception cref="LedgerUnavailableException">It is damaged.</exception>
    public void Read(string sql, Action<IEnumerable<object?>> row)
    {
        try
        {
            using var reader = connection.ExecuteReader(sql);
            var values = new object[reader.FieldCount];
            while (reader.Read())
            {
                reader.GetValues(values);
                row(values.Select(v => v is DBNull ? null : v));
            }
        }
        catch (SqliteException ex)
        {
            throw new LedgerUnavailableException($"{Place} cannot be read: {ex.Message} {Remedy(ex)}", ex);
        }
    }

    public override async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await work(connection);
        }
        catch (SqliteException ex)
        {
            throw new LedgerFailedException(ex.Message, Remedy(ex), ex);
        }
        finally
        {
            gate.Release();
        }
    }

    public override Task TryWritingAsync(CancellationToken cancellationToken) => UseAsync(
        c => c.ExecuteAsync($"create table if not exists trial (filler blob); insert into trial values (zeroblob({TrialBytes})); drop table trial;"),
        cancellationToken);

    protected override void Dispose(bool disposing)
    {
        connection.Dispose();
        gate.Dispose();
        mark.Dispose();
    }

    /// <summary>What to do about it, as a sentence (https://sqlite.org/rescode.html).</summary>
    private static string Remedy(SqliteException exception) => exception.SqliteErrorCode switch
    {
        13 => "Free space on its disk.",
        5 => "Another program holds it; end that program.",
        11 or 26 => "Put back a backup, or move the file away to begin anew.",
        _ => "Give this user the right to write there, and see whether the disk is full, mounted read-only or broken.",
    };

    private static FileStream Lock(string dataFolder)
    {
        var path = Path.Combine(dataFolder, Name + ".lock"); // freed by the system however the process ends
        try
        {
            Directory.CreateDirectory(dataFolder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException ex)
        {
            throw new LedgerUnavailableException($"{path} cannot be written ({ex.Message}). It seems to be another user's: run FeedWatch, and every command that looks into its data, as the same user.", ex);
        }
        catch (IOException ex)
        {
            throw new LedgerUnavailableException($"The data folder {dataFolder} is in use by another FeedWatch, or not writable: {ex.Message}", ex);
        }
    }

    // Gives the copy that was made before.
    private static string? Prepare(SqliteConnection connection, string path)
    {
        var version = VersionOf(connection, path); // before the first write
        var before = version is > 0 and < Schema ? CopyBefore.Take(connection, path) : null;

        // FULL, although in WAL mode NORMAL would survive the death of the process: a recorded event is acknowledged to the bus,
        // so that a commit lost with the power is an alert lost. Alerts are rare, and each costs about three syncs.
        connection.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;");
        connection.Execute($"begin immediate; {(version == 1 ? WithBody : "")} {Tables} pragma user_version = {Schema}; commit;");
        if (before is not null) CopyBefore.KeepOnly(before, path);
        return before;
    }

    // What is posted from it again is nowhere else.
    private static string? BackFrom(SqliteConnection connection)
    {
        var place = MovedTo(connection);
        connection.Execute("drop table if exists moved");
        return place;
    }

    private static string? MovedTo(SqliteConnection connection) => HasMoves(connection) ? connection.ExecuteScalar<string>("select place from moved") : null;

    private static bool HasMoves(SqliteConnection connection) => connection.ExecuteScalar<bool>("select exists (select 1 from sqlite_master where name = 'moved')");

    private static int VersionOf(SqliteConnection connection, string path)
    {
        var version = connection.ExecuteScalar<int>("pragma user_version");
        if (version > Schema)
            throw new LedgerUnavailableException($"{path} was written by a newer FeedWatch (schema {version}, this one knows {Schema}). Update FeedWatch, {(CopyBefore.Find(path) is { } before ? $"or go back to {before}, made before the upgrade: stop FeedWatch and move it to {path}" : "or use another data folder")}.");

        var tables = connection.Query<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'").AsList();
        if (tables.Count > 0 && !tables.Contains("delivery"))
            throw new LedgerUnavailableException($"{path} is a database of another program (it holds the table {tables[0]}). It is left as it is; use another data folder.");
        return version;
    }
}

/// <param name="File">Its path.</param>
/// <param name="Events">How many events it remembers, one at least.</param>
/// <param name="Id">By which another ledger knows it, where carrying it over was begun.</param>
internal sealed record LeftBehind(string File, long Events, string? Id);
