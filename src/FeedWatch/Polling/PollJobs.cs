using FeedWatch.Incidents;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using Microsoft.Extensions.Options;
using Quartz;

namespace FeedWatch.Polling;

/// <summary>Fired by Quartz every few seconds: polls the feeds that are due. The schedule of each feed is a column, not a trigger.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(PollDispatcher dispatcher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await dispatcher.StartDueAsync(cancellationToken);
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
