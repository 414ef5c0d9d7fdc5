using Microsoft.Data.Sqlite;

namespace FeedWatch.Storage.Sqlite;

/// <summary>
/// Lets writes that come at the same time share one transaction, since a commit costs more than what most of them write. Each has
/// a savepoint of its own: one that fails takes nothing of the others with it. None is answered before the commit.
/// </summary>
/// <param name="connection">Used by nobody else while <paramref name="turn"/> is held.</param>
/// <param name="turn">The right to use the connection.</param>
/// <param name="faultOfStorage">Hears that the disk or the file refuses a write, and gives what its callers are told.</param>
internal sealed class WriteQueue(SqliteConnection connection, SemaphoreSlim turn, Func<SqliteException, Exception> faultOfStorage)
{
    private const int MostPerCommit = 64;
    private const string Savepoint = "one";

    private readonly Queue<Write> waiting = new();
    private volatile bool isWorking;

    /// <summary>Runs <paramref name="work"/> and returns its result when that is stored.</summary>
    public Task<T> AddAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work, cancellationToken);
        lock (waiting)
        {
            waiting.Enqueue(write);
            if (isWorking) return write.Stored;
            isWorking = true;
        }

        _ = Task.Run(WorkAsync, CancellationToken.None);
        return write.Stored;
    }

    private async Task WorkAsync()
    {
        while (isWorking)
        {
            try
            {
                await turn.WaitAsync();
            }
            catch (ObjectDisposedException ex)
            {
                foreach (var write in Next()) write.Fail(ex);
                continue;
            }

            try
            {
                if (Next() is { Count: > 0 } batch) await StoreAsync(batch);
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private List<Write> Next()
    {
        lock (waiting)
        {
            var batch = new List<Write>();
            while (batch.Count < MostPerCommit && waiting.TryDequeue(out var write)) batch.Add(write);
            isWorking = batch.Count > 0;
            return batch;
        }
    }

    private async Task StoreAsync(List<Write> batch)
    {
        try
        {
            await using var transaction = connection.BeginTransaction();
            foreach (var write in batch) await RunAsync(write, transaction, isAlone: batch.Count == 1);
            if (batch.Exists(w => w.Fault is null)) transaction.Commit();
        }
#pragma warning disable CA1031 // whatever happens to the transaction, each caller is told; nobody waits for ever
        catch (Exception ex)
#pragma warning restore CA1031
        {
            foreach (var write in batch) write.Fault ??= ex;
        }

        foreach (var write in batch)
        {
            if (write.Fault is SqliteException ex && SqliteFault.Is(ex)) write.Fault = faultOfStorage(ex);
            write.Answer();
        }
    }

    private async Task RunAsync(Write write, SqliteTransaction transaction, bool isAlone)
    {
        if (!isAlone) transaction.Save(Savepoint);
        try
        {
            write.Cancelled.ThrowIfCancellationRequested();
            await write.RunAsync(new Session(connection, transaction, isShared: false, write.Cancelled));
            if (!isAlone) transaction.Release(Savepoint);
        }
#pragma warning disable CA1031 // the fault is its caller's; a full disk, which ends the whole transaction, shows itself at the rollback
        catch (Exception ex)
#pragma warning restore CA1031
        {
            write.Fault = ex;
            if (!isAlone) transaction.Rollback(Savepoint);
        }
    }

    private abstract class Write(CancellationToken cancelled)
    {
        public CancellationToken Cancelled { get; } = cancelled;

        public Exception? Fault { get; set; }

        public abstract Task RunAsync(Session session);

        public abstract void Answer();

        public void Fail(Exception fault)
        {
            Fault ??= fault;
            Answer();
        }
    }

    private sealed class Write<T>(Func<Session, Task<T>> work, CancellationToken cancelled) : Write(cancelled)
    {
        private readonly TaskCompletionSource<T> stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Stored => stored.Task;

        public override async Task RunAsync(Session session) => result = await work(session);

        public override void Answer()
        {
            if (Fault is OperationCanceledException && Cancelled.IsCancellationRequested) stored.SetCanceled(Cancelled);
            else if (Fault is not null) stored.SetException(Fault);
            else stored.SetResult(result!);
        }
    }
}
