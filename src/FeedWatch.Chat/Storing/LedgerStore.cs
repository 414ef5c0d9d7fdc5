using System.Data.Common;

namespace FeedWatch.Chat.Storing;

/// <summary>Where the ledger lies. What is asked of it is written so that every kind of store takes it.</summary>
internal abstract class LedgerStore : IDisposable
{
    private bool isDisposed;

    /// <summary>What people call it: the file, or the server's database.</summary>
    public abstract string Place { get; }

    /// <summary>The copy that was made of it when it was opened and brought up to date; null where it was not.</summary>
    public string? Before { get; protected init; }

    /// <summary>What became of the posts that a <c>chat.db</c> remembers which was used before it; null where there is none, or that was long ago.</summary>
    public LedgerMove? Move { get; protected init; }

    /// <summary>Where its posts were carried over to before, so that it does not know those made since; null where they were not.</summary>
    public string? WasAt { get; protected init; }

    /// <summary>A condition on a row of <c>delivery</c>: this process is the one to send it, at this very moment.</summary>
    public virtual string MaySend => "true";

    /// <summary>Another process may have changed a delivery.</summary>
    public event Action? Changed;

    /// <summary>Runs <paramref name="work"/> on a connection that nobody else uses meanwhile.</summary>
    /// <exception cref="LedgerFailedException">The store does not take it.</exception>
    public abstract Task<T> UseAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Writes more than a post needs and throws it away again: a little fits onto a full disk long before there is room for the rest.</summary>
    /// <exception cref="LedgerFailedException">The store does not take it.</exception>
    public abstract Task TryWritingAsync(CancellationToken cancellationToken);

    /// <summary>Whether this process is the one that posts to the channel; takes one that nobody has.</summary>
    /// <exception cref="LedgerFailedException">The store does not say.</exception>
    public virtual Task<bool> HoldAsync(string channel, CancellationToken cancellationToken) => Task.FromResult(true);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isDisposed, true)) return;
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected void TellOfChange() => Changed?.Invoke();

    protected abstract void Dispose(bool disposing);
}

/// <param name="File">What was used before.</param>
/// <param name="Events">How many events it remembers.</param>
/// <param name="IsDone">They are known here now; where posts were made from here already, nothing was carried over.</param>
internal sealed record LedgerMove(string File, long Events, bool IsDone);

/// <summary>The ledger cannot be used; the message says why and what to do.</summary>
public sealed class LedgerUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Nobody is there, or not yet; the settings may be right.</summary>
    public bool IsAway { get; init; }
}

/// <summary>The ledger, which was in use, does not take or give something.</summary>
/// <param name="why">In the store's words.</param>
/// <param name="remedy">What to do about it, as a sentence.</param>
/// <param name="innerException">The store's own.</param>
internal sealed class LedgerFailedException(string why, string remedy, Exception innerException) : Exception(why, innerException)
{
    public string Remedy => remedy;
}
