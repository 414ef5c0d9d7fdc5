using System.Data;
using Dapper;
using FeedWatch.Chat.Storing.Postgres;
using FeedWatch.Storage.Upkeep;
using Npgsql;

namespace FeedWatch.Storage.Postgres;

/// <summary>A PostgreSQL database, which several nodes may share: transactions run side by side, and where that matters they take turns.</summary>
internal sealed class PostgresDatabase : Database
{
    private const int MostTries = 10;
    private const int MostConnections = 16; // per node; PostgreSQL has 100 for all of them
    private const string Trial = "create table trial (filler bytea); alter table trial alter filler set storage external; insert into trial values (decode(repeat('00', 1048576), 'hex'))";

    private readonly NpgsqlDataSource source;

    private PostgresDatabase(NpgsqlDataSource source, string place, RecordKeeping? keeping = null)
        : base(keeping) => (this.source, Place) = (source, place);

    public override bool IsShared => true;

    public override string Place { get; }

    /// <summary>Opens the database, bringing its schema up to date where needed.</summary>
    /// <param name="connectionString">Npgsql's keywords.</param>
    /// <param name="keeping">Hears of everything that the server refuses.</param>
    /// <exception cref="StorageUnreachableException">Nobody is there; later there may be.</exception>
    /// <exception cref="StorageException">It is another program's, was written by a newer FeedWatch, or lets this user not in.</exception>
    public static PostgresDatabase Open(string connectionString, RecordKeeping? keeping)
    {
        var settings = Settled(connectionString);
        return Open(settings, keeping, (connection, place) => PostgresSchema.Upgrade(connection, settings.ConnectionString, place));
    }

    /// <summary>For a look or a small change beside running services.</summary>
    /// <exception cref="StorageException">The same, or it is not of this version.</exception>
    public static PostgresDatabase OpenBeside(string connectionString) => Open(Settled(connectionString), null, PostgresSchema.RequireCurrent);

    // What the operator leaves open.
    private static NpgsqlConnectionStringBuilder Settled(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = MostConnections;
        if (!settings.ContainsKey("Application Name")) settings.ApplicationName = "feedwatch";
        if (!settings.ContainsKey("GSS Encryption Mode")) settings.GssEncryptionMode = GssEncryptionMode.Disable; // else it looks for Kerberos first, whose library containers do not have, and says so on standard error
        return settings;
    }

    private static PostgresDatabase Open(NpgsqlConnectionStringBuilder settings, RecordKeeping? keeping, Action<NpgsqlConnection, string> check)
    {
        var place = $"PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";
        var source = NpgsqlDataSource.Create(settings);
        try
        {
            using var connection = source.OpenConnection();
            check(connection, place);
            return new PostgresDatabase(source, place, keeping);
        }
        catch (NpgsqlException ex)
        {
            source.Dispose();
            var line = $"{place} cannot be used ({PostgresFault.Why(ex)}). {Remedy(ex)}";
            throw PostgresFault.IsAway(ex) ? new StorageUnreachableException(line, ex) : new StorageException(line, ex);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Work that collides with another node's (a deadlock, say) is done again from the start.</summary>
    public override async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await RunAsync(work, IsolationLevel.ReadCommitted, isKept: true, cancellationToken);
            }
            catch (PostgresException ex) when (PostgresFault.IsCollision(ex) && tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 * tries)), cancellationToken); // so that the two do not meet again
            }
        }
    }

    public override Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, IsolationLevel.RepeatableRead, isKept: false, cancellationToken);

    public override async Task<IAsyncDisposable> HoldAsync(Turn turn, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await source.OpenConnectionAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(TurnLock.Take, TurnLock.Of(turn), commandTimeout: 0, cancellationToken: cancellationToken));
            return new Held(connection, turn);
        }
        catch (NpgsqlException ex) when (PostgresFault.Is(ex))
        {
            await CloseAsync(connection);
            throw Fault(ex);
        }
        catch
        {
            await CloseAsync(connection);
            throw;
        }
    }

    protected override Task TryWritingAsync(CancellationToken cancellationToken) =>
        RunAsync(session => session.ExecuteAsync(Trial), IsolationLevel.ReadCommitted, isKept: false, cancellationToken);

    protected override void Dispose(bool disposing) => source.Dispose();

    private async Task<T> RunAsync<T>(Func<Session, Task<T>> work, IsolationLevel isolation, bool isKept, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
            var result = await work(new Session(connection, transaction, isShared: true, cancellationToken));
            if (isKept) await transaction.CommitAsync(CancellationToken.None); // whoever gives up now could not tell whether it was stored
            return result;
        }
        catch (NpgsqlException ex) when (PostgresFault.Is(ex) && !cancellationToken.IsCancellationRequested)
        {
            throw Fault(ex);
        }
    }

    private static ValueTask CloseAsync(NpgsqlConnection? connection) => connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>What to do about an error, as a sentence.</summary>
    internal static string Remedy(NpgsqlException exception) => PostgresFault.Remedy(exception, "Storage:ConnectionString", "it");

    private CannotRecordException Fault(NpgsqlException exception)
    {
        var (why, remedy) = (PostgresFault.Why(exception), Remedy(exception));
        Keeping.Failed(new RecordFault(Place, why, remedy, IsDamage: false));
        return new CannotRecordException($"{Place} cannot be used ({why}). {remedy}", exception);
    }

    private sealed class Held(NpgsqlConnection connection, Turn turn) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await connection.ExecuteAsync(TurnLock.Release, TurnLock.Of(turn));
            }
            catch (NpgsqlException)
            {
                // the connection is gone, and the lock with it
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }
    }
}
