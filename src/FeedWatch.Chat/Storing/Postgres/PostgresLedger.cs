using System.Data.Common;
using Dapper;
using Npgsql;

namespace FeedWatch.Chat.Storing.Postgres;

/// <summary>
/// A ledger that several bots share. Each channel is posted to by one of them at a time, by a lease that it renews as long as it lives;
/// what is recorded by any of them wakes that one.
/// </summary>
internal sealed class PostgresLedger : LedgerStore
{
    private const int MostTries = 10;
    private const string Trial = "create table trial (filler bytea); alter table trial alter filler set storage external; insert into trial values (decode(repeat('00', 262144), 'hex'))";

    private readonly NpgsqlDataSource source;
    private readonly ChannelLeases leases;
    private readonly LedgerNews news;

    private PostgresLedger(NpgsqlDataSource source, PostgresPlace place, TimeSpan lease, LedgerMove? move)
    {
        (this.source, Place, Move) = (source, place.Name, move);
        leases = new ChannelLeases(source, lease);
        news = new LedgerNews(source, place.Schema, TellOfChange);
    }

    public override string Place { get; }

    public override string MaySend => leases.MaySend;

    /// <summary>Opens the ledger, making its tables where there are none.</summary>
    /// <param name="connectionString">Npgsql's words.</param>
    /// <param name="lease">How long a bot that gives no sign of life keeps its channels.</param>
    /// <param name="before">Where <c>chat.db</c> may lie whose posts are carried over, where none was made from here yet.</param>
    /// <exception cref="LedgerUnavailableException">Nobody is there, this user is not let in, it is another program's or a newer FeedWatch's, or what is to be carried over cannot be read.</exception>
    public static PostgresLedger Open(string connectionString, TimeSpan lease, string? before = null)
    {
        var place = new PostgresPlace(connectionString);
        var source = place.Source();
        try
        {
            var move = place.Try(() =>
            {
                using var connection = source.OpenConnection();
                PostgresTables.Prepare(connection, place);
                return before is null ? null : CarryOver.Take(connection, place, before);
            });
            return new PostgresLedger(source, place, lease, move);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>A look, or a small change, beside the bots. Nothing where there is no ledger.</summary>
    /// <exception cref="LedgerUnavailableException">Nobody is there, this user is not let in, or it is another program's or a newer FeedWatch's.</exception>
    public static T? Beside<T>(string connectionString, Func<DbConnection, T> work)
    {
        var place = new PostgresPlace(connectionString);
        using var source = place.Source();
        return place.Try(() =>
        {
            using var connection = source.OpenConnection();
            return PostgresTables.VersionIn(connection, place) == 0 ? default : work(connection);
        });
    }

    /// <summary>Work that collides with another bot's (a deadlock, say) is done again from the start.</summary>
    public override async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                return await work(connection);
            }
            catch (PostgresException ex) when (PostgresFault.IsCollision(ex) && tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 * tries)), cancellationToken); // so that the two do not meet again
            }
            catch (NpgsqlException ex)
            {
                throw new LedgerFailedException(PostgresFault.Why(ex), PostgresPlace.Remedy(ex), ex);
            }
        }
    }

    public override Task TryWritingAsync(CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken); // and no commit
            return await connection.ExecuteAsync(Trial, transaction: transaction);
        },
        cancellationToken);

    public override Task<bool> HoldAsync(string channel, CancellationToken cancellationToken) => UseAsync(c => leases.HoldAsync(c, channel), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        news.Dispose();
        leases.Dispose();
        source.Dispose();
    }
}
