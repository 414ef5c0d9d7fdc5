using FeedWatch.Contracts;
using FeedWatch.Detecting;
using FeedWatch.Incidents;
using FeedWatch.Storage;

namespace FeedWatch.Polling.Running;

/// <summary>Hands the detector the names of networks that reports introduced, so that the follow-ups of a new one are found like those of an old one.</summary>
internal sealed class LearntNetworks(Database database, LiveDetector detector)
{
    private volatile bool isOld = true;

    /// <summary>Reads the names again where something may have been learnt since the last time.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (!isOld && !database.IsShared) return; // another node may have learnt some
        isOld = false;
        detector.Know(await database.ReadAsync(IncidentStore.LearntNamesAsync, cancellationToken));
    }

    /// <summary>Takes note of what was told: every matching article may have introduced a name.</summary>
    public void Note(IReadOnlyList<FeedWatchEvent> told) => isOld |= told.OfType<ArticleMatched>().Any();
}
