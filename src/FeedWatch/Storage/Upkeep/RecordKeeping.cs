using Microsoft.Extensions.Logging;

namespace FeedWatch.Storage.Upkeep;

/// <summary>
/// Whether this process can write down what it does. While it cannot, as on a full disk, nothing is polled and nothing is told: what
/// is not written down would be lost, or told twice. Also for health checks: such a service is alive and not ready.
/// </summary>
internal sealed partial class RecordKeeping(TimeProvider time, ILogger<RecordKeeping> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>One that fails again so soon was not mended: it is tried less and less often, and said no more often than that.</summary>
    private static readonly TimeSpan Proof = TimeSpan.FromMinutes(10);

    private readonly Lock guard = new();
    private RecordFault? fault;
    private TimeSpan pause = FirstPause;
    private DateTimeOffset since;
    private long failedAt;
    private long? recoveredAt;

    public bool IsPossible => Volatile.Read(ref fault) is null;

    /// <summary>Null while all is well.</summary>
    public RecordFault? Fault => Volatile.Read(ref fault);

    /// <summary>Whether it is time to try again. Never for a damaged file: whatever is written into it may make it worse.</summary>
    public bool IsTrialDue
    {
        get
        {
            lock (guard) return fault is { IsDamage: false } && time.GetElapsedTime(failedAt) >= pause;
        }
    }

    /// <summary>Something could not be written, or read. Said once for each time that it comes to that.</summary>
    public void Failed(RecordFault met)
    {
        if (Fault is not null) Log.StillFails(logger, met.Place, met.Why);
        lock (guard)
        {
            failedAt = time.GetTimestamp();
            if (fault is not null) return;
            pause = recoveredAt is { } at && time.GetElapsedTime(at) < Proof ? Shorter(pause * 2, LongestPause) : FirstPause;
            since = time.GetUtcNow();
            fault = met with { Since = since };
        }

        if (met.IsDamage) Log.Damaged(logger, met.Place, met.Why, met.Remedy);
        else Log.Failed(logger, met.Place, met.Why, met.Remedy);
    }

    /// <summary>A trial went well.</summary>
    public void Recovered()
    {
        RecordFault? over;
        DateTimeOffset began;
        lock (guard)
        {
            (over, began, fault) = (fault, since, null);
            recoveredAt = time.GetTimestamp();
        }

        if (over is not null) Log.Recovered(logger, over.Place, began);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "Nothing can be written to {Path}: {Why} {Remedy} Until then no feed is polled and nothing is told; it is tried again every few seconds and goes on by itself.")]
        public static partial void Failed(ILogger logger, string path, string why, string remedy);

        [LoggerMessage(EventId = 104, Level = LogLevel.Debug, Message = "Tried again: nothing can be written to {Path} ({Why}).")]
        public static partial void StillFails(ILogger logger, string path, string why);

        [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "{Path} can be written again, as it could not since {Since:u}; polling goes on.")]
        public static partial void Recovered(ILogger logger, string path, DateTimeOffset since);

        [LoggerMessage(EventId = 103, Level = LogLevel.Critical, Message = "{Path} is damaged: {Why} No feed is polled and nothing is told any more, so that it gets no worse. Stop FeedWatch. {Remedy}")]
        public static partial void Damaged(ILogger logger, string path, string why, string remedy);
    }
}

/// <param name="Place">The file or the server.</param>
/// <param name="Why">In its own words.</param>
/// <param name="Remedy">What to do about it, as a sentence.</param>
/// <param name="IsDamage">It does not go by itself.</param>
internal sealed record RecordFault(string Place, string Why, string Remedy, bool IsDamage)
{
    /// <summary>When it was first met.</summary>
    public DateTimeOffset Since { get; init; }
}

/// <summary>The database does not take what is to be stored; nothing of it was. It was said in the log already.</summary>
internal sealed class CannotRecordException(string message, Exception inner) : StorageException(message, inner);
