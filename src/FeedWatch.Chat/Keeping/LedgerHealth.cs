using FeedWatch.Chat.Storing;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Keeping;

/// <summary>
/// Whether posts can be written down. While they cannot, as on a full disk, nothing is posted: it would be posted again. Also for
/// health checks: such a bot is alive and not ready.
/// </summary>
public sealed partial class LedgerHealth
{
    private readonly string place;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock guard = new();
    private LedgerFault? fault;

    internal LedgerHealth(string place, TimeProvider time, ILogger logger) => (this.place, this.time, this.logger) = (place, time, logger);

    public bool CanRecord => Volatile.Read(ref fault) is null;

    /// <summary>Null while all is well.</summary>
    public LedgerFault? Fault => Volatile.Read(ref fault);

    /// <summary>Said once for each time that it comes to that.</summary>
    internal void Failed(LedgerFailedException exception)
    {
        lock (guard)
        {
            if (fault is not null) return;
            fault = new LedgerFault(exception.Message, exception.Remedy, time.GetUtcNow());
        }

        Log.Failed(logger, place, exception.Message, exception.Remedy);
    }

    /// <summary>A trial went well.</summary>
    internal void Recovered()
    {
        LedgerFault? over;
        lock (guard) (over, fault) = (fault, null);
        if (over is not null) Log.Recovered(logger, place, over.Since);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 704, Level = LogLevel.Error, Message = "Nothing can be written to {Place}: {Why} {Remedy} Until then nothing is posted, since it would be posted again; it is tried again every few seconds and goes on by itself.")]
        public static partial void Failed(ILogger logger, string place, string why, string remedy);

        [LoggerMessage(EventId = 705, Level = LogLevel.Information, Message = "{Place} can be written again, as it could not since {Since:u}; posting goes on.")]
        public static partial void Recovered(ILogger logger, string place, DateTimeOffset since);
    }
}

/// <param name="Why">In the store's words.</param>
/// <param name="Remedy">What to do about it, as a sentence.</param>
/// <param name="Since">When it was first met.</param>
public sealed record LedgerFault(string Why, string Remedy, DateTimeOffset Since);
