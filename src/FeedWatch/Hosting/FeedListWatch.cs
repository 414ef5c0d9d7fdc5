using FeedWatch.Sources;
using FeedWatch.Sources.Lists;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Hosting;

/// <summary>Takes up an edited feed list while the service runs. A list with a fault is refused as a whole and the old one stays.</summary>
internal sealed partial class FeedListWatch(FeedCatalog catalog, FeedLists lists, TimeProvider time, ILogger<FeedListWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    private string state = lists.State();

    /// <summary>Reads the list again if it changed since the last look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = lists.State();
        if (now == state) return;
        state = now; // also after a refusal: it is said once for each change
        try
        {
            var feeds = lists.Read();
            await catalog.ReplaceAsync(feeds, cancellationToken);
            Log.Renewed(logger, lists.File, feeds.Count);
        }
        catch (FeedListException ex)
        {
            foreach (var fault in ex.Faults) Log.Refused(logger, fault);
        }
        catch (CannotRecordException)
        {
            state = ""; // said already; it is taken up when there is room
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) await LookAsync(stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "The feed list {File} has changed: {Count} feeds.")]
        public static partial void Renewed(ILogger logger, string file, int count);

        [LoggerMessage(EventId = 202, Level = LogLevel.Error, Message = "The changed feed list is refused: {Fault} The old one stays in use; mend the file, it is read again by itself.")]
        public static partial void Refused(ILogger logger, string fault);
    }
}
