using FeedWatch.Chat;
using FeedWatch.Fetching;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Background;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Incidents.Retelling;
using FeedWatch.Publishing;
using FeedWatch.Seen;
using FeedWatch.Storage;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace FeedWatch.Polling;

/// <summary>Fired by Quartz every few seconds: polls the feeds that are due. The schedule of each feed is a column, not a trigger.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(PollDispatcher dispatcher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await dispatcher.StartDueAsync(cancellationToken);
        }
        catch (CannotRecordException)
        {
            dispatcher.Life.Beat(); // said already; the next time it is tried whether that is over
        }
    }
}

/// <summary>Fired by Quartz: tells the new facts of incidents whose update window has passed.</summary>
[DisallowConcurrentExecution]
internal sealed class UpdateWindowJob(Database database, IncidentLinker linker, Outbox outbox, IOptions<AlertOptions> alerts) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (database.Keeping.IsPossible) await CloseAsync(cancellationToken);
        }
        catch (CannotRecordException)
        {
            // said already; the window is closed when there is room again
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var updates = await linker.CloseWindowsAsync(session, alerts.Value.UpdateWindow);
            await outbox.AddAsync(session, updates);
            if (updates.Count > 0) FaultPoint.Pass("window-closed");
        },
        cancellationToken);
}

/// <summary>Fired by Quartz once a day: forgets what section <c>Storage</c> no longer wants kept, in short transactions between which polls go on.</summary>
[DisallowConcurrentExecution]
internal sealed partial class SweepJob(Database database, SeenSweep seen, Outbox outbox, IOptions<StorageOptions> options, ServerClocks clocks, ILogger<SweepJob> logger) : IJob
{
    private const int Batch = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (CannotRecordException)
        {
            // said already; tomorrow is another day
        }
    }

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (clocks.Trusted is not { } now) return; // a clock that jumped a year ahead would have everything forgotten, and told again once it is set right
        await using var turn = await database.HoldAsync(Turn.Sweeping, cancellationToken);
        var keep = options.Value;
        var articles = await seen.ForgetAsync(keep.KeepArticles, cancellationToken);
        var events = await InBatchesAsync(() => outbox.ForgetAsync(now - keep.KeepSentEvents, Batch, cancellationToken));
        var incidents = keep.KeepIncidents is not { } span ? 0
            : await InBatchesAsync(() => database.WriteAsync(session => IncidentStore.ForgetAsync(session, now - span, Batch), cancellationToken));

        // As long as an article itself: a text must not be told when it is forgotten, and a name that nobody else took up is none.
        await InBatchesAsync(() => database.WriteAsync(session => RetractedTexts.ForgetAsync(session, now - keep.KeepArticles, Batch), cancellationToken));
        await InBatchesAsync(() => database.WriteAsync(session => IncidentStore.ForgetNamesAsync(session, now - keep.KeepArticles, Batch), cancellationToken));
        await InBatchesAsync(() => database.WriteAsync(session => BackgroundShelf.ForgetAsync(session, now - keep.KeepArticles, Batch), cancellationToken));
        await InBatchesAsync(() => database.WriteAsync(session => ToldArticles.ForgetAsync(session, now - keep.KeepArticles, Batch), cancellationToken));
        Log.Swept(logger, articles, events, incidents);
    }

    private static async Task<int> InBatchesAsync(Func<Task<int>> step)
    {
        for (var all = 0; ;)
        {
            var some = await step();
            all += some;
            if (some < Batch) return all;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 820, Level = LogLevel.Debug, Message = "Forgot {Articles} articles, {Events} sent events and {Incidents} incidents that were old enough.")]
        public static partial void Swept(ILogger logger, int articles, int events, int incidents);
    }
}
