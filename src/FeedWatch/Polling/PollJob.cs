using Quartz;

namespace FeedWatch.Polling;

/// <summary>Fired by Quartz every few seconds: polls the feeds that are due. The schedule of each feed is a column, not a trigger.</summary>
[DisallowConcurrentExecution]
internal sealed class PollJob(PollDispatcher dispatcher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await dispatcher.StartDueAsync(cancellationToken);
}
