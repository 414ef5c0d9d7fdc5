using FeedWatch.Chat.Storing.Postgres;
using Npgsql;

namespace FeedWatch.Chat.Storing;

/// <summary>Hears from the server when any bot has changed a delivery. Who misses it looks again within seconds all the same.</summary>
internal sealed class LedgerNews : IDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource source;
    private readonly string schema;
    private readonly Action changed;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task listening;

    public LedgerNews(NpgsqlDataSource source, string schema, Action changed)
    {
        (this.source, this.schema, this.changed) = (source, schema, changed);
        listening = Task.Run(ListenAsync);
    }

    public void Dispose()
    {
        stopping.Cancel();
        listening.GetAwaiter().GetResult();
        stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stopping.Token);
                await using var listen = new NpgsqlCommand($"listen {PostgresPlace.Quoted(schema)}", connection);
                await listen.ExecuteNonQueryAsync(stopping.Token);
                while (true)
                {
                    changed(); // at first for what came while nobody listened
                    await connection.WaitAsync(stopping.Token);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(AfterFault, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // said by whoever posts or records
            }
        }
    }
}
