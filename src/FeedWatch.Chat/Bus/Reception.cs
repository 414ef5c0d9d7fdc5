using MassTransit;

namespace FeedWatch.Chat.Bus;

/// <summary>How the queue that feeds the channels is received from, for whoever looks from outside: a bot that takes nothing off it tells nobody, however well it posts.</summary>
public sealed class Reception(TimeProvider time) : IReceiveEndpointObserver
{
    private const long Idle = long.MinValue;

    private long began = Idle;
    private ReceptionFault? fault = new("it has not begun yet", time.GetUtcNow());

    /// <summary>Null while events come as they are published.</summary>
    public ReceptionFault? Fault => Volatile.Read(ref fault);

    /// <summary>How long the event that was taken last is being put down; null while none is. They are put down one after the other, so that all later ones wait for it.</summary>
    public TimeSpan? UnderWay => Volatile.Read(ref began) is var since and not Idle ? time.GetElapsedTime(since) : null;

    public Task Ready(ReceiveEndpointReady ready)
    {
        Volatile.Write(ref fault, null);
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        ArgumentNullException.ThrowIfNull(faulted);
        Volatile.Write(ref fault, new ReceptionFault((faulted.Exception?.InnerException ?? faulted.Exception)?.Message ?? "it has ended", Fault?.Since ?? time.GetUtcNow()));
        return Task.CompletedTask;
    }

    /// <summary>Puts an event down.</summary>
    internal async Task TakeAsync(Func<Task> put)
    {
        Volatile.Write(ref began, time.GetTimestamp());
        try
        {
            await put();
        }
        finally
        {
            Volatile.Write(ref began, Idle);
        }
    }
}

/// <param name="Why">In the words of the broker's client.</param>
/// <param name="Since">When it was first met.</param>
public sealed record ReceptionFault(string Why, DateTimeOffset Since);
