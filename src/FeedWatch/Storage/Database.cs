using Dapper;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeedWatch.Storage;

/// <summary>What FeedWatch must not forget. Times are stored as Unix milliseconds, ids as text where the database has no type for them.</summary>
internal abstract class Database : IDisposable
{
    static Database() => SqlMapper.AddTypeHandler(new GuidFromText());

    protected Database(RecordKeeping? keeping) => Keeping = keeping ?? new RecordKeeping(TimeProvider.System, NullLogger<RecordKeeping>.Instance);

    /// <summary>Whether what is written arrives.</summary>
    public RecordKeeping Keeping { get; }

    /// <summary>Other nodes may work on it at the same time.</summary>
    public abstract bool IsShared { get; }

    /// <summary>What people call it: the file, or the server's database.</summary>
    public abstract string Place { get; }

    /// <summary>Runs <paramref name="work"/> in one transaction: all of it is stored, or nothing. It may run more than once, so it does nothing that a second run would spoil.</summary>
    /// <exception cref="CannotRecordException">The database takes nothing at the moment.</exception>
    public abstract Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> on one consistent state; what it might write is not kept.</summary>
    /// <exception cref="CannotRecordException">The database gives nothing at the moment.</exception>
    public abstract Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellationToken);

    public Task WriteAsync(Func<Session, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancellationToken);

    /// <summary>Whether polls can be recorded. Where the last write failed, one is tried whose content nobody needs.</summary>
    public async Task<bool> CanRecordAsync(CancellationToken cancellationToken)
    {
        if (Keeping.IsPossible) return true;
        if (!Keeping.IsTrialDue) return false;
        try
        {
            await TryWritingAsync(cancellationToken);
        }
        catch (CannotRecordException)
        {
            return false;
        }

        Keeping.Recovered();
        return true;
    }

    /// <summary>Until it is disposed no other node is at this; waits for the one that is. For work that spans transactions.</summary>
    /// <exception cref="CannotRecordException">The database cannot be asked.</exception>
    public virtual Task<IAsyncDisposable> HoldAsync(Turn turn, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable>(new HeldAlone());

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes something and takes it away again.</summary>
    /// <exception cref="CannotRecordException">It is not taken.</exception>
    protected abstract Task TryWritingAsync(CancellationToken cancellationToken);

    protected abstract void Dispose(bool disposing);

    private sealed class HeldAlone : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class GuidFromText : SqlMapper.TypeHandler<Guid>
    {
        public override Guid Parse(object value) => value is Guid id ? id : Guid.Parse((string)value);

        public override void SetValue(System.Data.IDbDataParameter parameter, Guid value) => parameter.Value = value.ToString();
    }
}
