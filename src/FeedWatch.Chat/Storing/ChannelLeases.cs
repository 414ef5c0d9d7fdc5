using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace FeedWatch.Chat.Storing;

/// <summary>
/// Which channels this process posts to, where several share a ledger. A lease goes by the server's clock and is renewed as long as the
/// process lives; one that is killed, hangs or is cut off from the server loses its channels to whoever asks next.
/// </summary>
internal sealed class ChannelLeases : IDisposable
{
    private const string Have = "select exists (select 1 from lease where channel = @channel and holder = @holder and until > clock_timestamp())";

    private const string Take =
        """
        insert into lease as held (channel, holder, until) values (@channel, @holder, clock_timestamp() + @lease * interval '1 millisecond')
        on conflict (channel) do update set holder = excluded.holder, until = excluded.until
        where held.holder = excluded.holder or held.until < clock_timestamp()
        """;

    private const string Renew = "update lease set until = clock_timestamp() + @lease * interval '1 millisecond' where holder = @holder";
    private const string GiveBack = "with mine as (delete from lease where holder = @holder returning channel) select pg_notify(current_schema(), '') from (select count(*) from mine) given";

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource source;
    private readonly double lease;
    private readonly string holder = $"{Environment.MachineName} {Environment.ProcessId} {RandomNumberGenerator.GetHexString(16, lowercase: true)}";
    private readonly PeriodicTimer renewal;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task renewing;

    public ChannelLeases(NpgsqlDataSource source, TimeSpan lease)
    {
        (this.source, this.lease) = (source, lease.TotalMilliseconds);
        renewal = new PeriodicTimer(lease / 3); // of real time, as the server's clock
        renewing = RenewAsync();
    }

    /// <summary>A condition on a row of <c>delivery</c>: its channel is this process's at this moment.</summary>
    public string MaySend => $"exists (select 1 from lease where lease.channel = delivery.channel and lease.holder = '{holder.Replace("'", "''", StringComparison.Ordinal)}' and lease.until > clock_timestamp())";

    /// <summary>Whether this process posts to the channel; takes one that nobody has.</summary>
    public async Task<bool> HoldAsync(DbConnection connection, string channel)
    {
        var values = new { channel, holder, lease };
        return await connection.ExecuteScalarAsync<bool>(Have, values) || await connection.ExecuteAsync(Take, values) > 0;
    }

    public void Dispose()
    {
        stopping.Cancel();
        renewing.GetAwaiter().GetResult();
        GiveBackAsync().GetAwaiter().GetResult();
        renewal.Dispose();
        stopping.Dispose();
    }

    private async Task GiveBackAsync()
    {
        using var patience = new CancellationTokenSource(LongestGoodbye);
        try
        {
            await using var connection = await source.OpenConnectionAsync(patience.Token);
            await connection.ExecuteAsync(new CommandDefinition(GiveBack, new { holder }, cancellationToken: patience.Token));
        }
        catch (Exception ex) when (ex is NpgsqlException or OperationCanceledException)
        {
            // they lapse by themselves
        }
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await renewal.WaitForNextTickAsync(stopping.Token);
                await using var connection = await source.OpenConnectionAsync(stopping.Token);
                await connection.ExecuteAsync(new CommandDefinition(Renew, new { holder, lease }, cancellationToken: stopping.Token));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException)
            {
                // whoever posts or records meets it too, and says so; what lapses meanwhile is taken anew
            }
        }
    }
}
