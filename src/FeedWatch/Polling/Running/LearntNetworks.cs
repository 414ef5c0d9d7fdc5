using FeedWatch.Contracts;
using FeedWatch.Detecting;
using FeedWatch.Incidents;
using FeedWatch.Storage;

namespace FeedWatch.Polling.Running;

/// <summary>Hands the detector the names of networks that reports introduced, so that the follow-ups of a new one are found like those of an old one.</summary>
internal sealed class LearntNetworks(Database database, LiveDetector detector, TimeProvider time)
{
    // A name that was in the news is history one day.
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(6);

    private long readAt = long.MinValue;

    /// <summary>Reads the names again where something may have been learnt since the last time, or forgotten.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var at = Interlocked.Read(ref readAt);
        if (!database.IsShared && at >= (now - Lasts).UtcTicks && at <= now.UtcTicks) return; // another node may have learnt some
        Interlocked.Exchange(ref readAt, now.UtcTicks);
        detector.Know(await database.ReadAsync(session => IncidentStore.LearntNamesAsync(session, now), cancellationToken));
    }

    /// <summary>Takes note of what was told: every matching article may have introduced a name.</summary>
    public void Note(IReadOnlyList<FeedWatchEvent> told)
    {
        if (told.OfType<ArticleMatched>().Any()) Interlocked.Exchange(ref readAt, long.MinValue);
    }
}
