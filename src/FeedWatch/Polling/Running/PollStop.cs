using Microsoft.Extensions.Hosting;

namespace FeedWatch.Polling.Running;

/// <summary>When the host stops: polling comes to its end before anything else is stopped, so that what it found can still be told.</summary>
internal sealed class PollStop(PollDispatcher dispatcher) : IHostedLifecycleService
{
    /// <summary>A host stops within ten seconds, and the relay, the bus and the channels need theirs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public Task StoppingAsync(CancellationToken cancellationToken) => dispatcher.CloseAsync(Patience, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
