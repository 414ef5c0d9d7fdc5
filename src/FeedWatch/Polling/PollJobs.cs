using FeedWatch.Incidents;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using Microsoft.Extensions.Options;
using Quartz;

namespace FeedWatch.Polling;

/// <summary>Fired by Quartz every few seconds: polls the feeds that are due. The schedule of each feed is a column, not a trigger.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(PollDispatcher dispatcher, MemoryTrim trim) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await dispatcher.StartDueAsync(cancellationToken);
        if (dispatcher.IsIdle) trim.AfterMuchReading();
    }
}

/// <summary>
/// Gives memory back when much was read and nothing is left to do. Feeds come in bursts (the first poll of all of them above all),
/// and in the quiet hours after one the collector finds no reason to tidy up.
/// </summary>
internal sealed class MemoryTrim
{
    /// <summary>Bytes read and parsed since the last time; less is not worth a tenth of a second.</summary>
    private const long Much = 256 * 1024 * 1024;

    private long before = GC.GetTotalAllocatedBytes();

    public void AfterMuchReading()
    {
        if (GC.GetTotalAllocatedBytes() - before < Much) return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        before = GC.GetTotalAllocatedBytes();
    }
}

/// <summary>Fired by Quartz: tells the new facts of incidents whose update window has passed.</summary>
[DisallowConcurrentExecution]
internal sealed class UpdateWindowJob(Database database, IncidentLinker linker, Outbox outbox, IOptions<AlertOptions> alerts) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await CloseAsync(cancellationToken);

    public Task CloseAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async session => await outbox.AddAsync(session, await linker.CloseWindowsAsync(session, alerts.Value.UpdateWindow)),
        cancellationToken);
}
