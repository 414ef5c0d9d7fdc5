using System.Collections.Concurrent;
using System.Text;
using FeedWatch.Contracts;
using MassTransit;

namespace FeedWatch.Publishing.Letters;

/// <summary>
/// Hears of each refusal while MassTransit still hides it: it sends a refused message again and again until its publisher's
/// patience ends, and then tells of the end of patience only.
/// </summary>
internal sealed class RefusedSends : IPublishObserver
{
    private readonly ConcurrentDictionary<Guid, Watched> watched = new();

    /// <summary>Watches one event; dispose it when it is sent, or not.</summary>
    public Watched Watch(FeedWatchEvent @event, CancellationToken cancellationToken) => watched[@event.Id] = new Watched(this, @event, cancellationToken);

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class
    {
        if (context.MessageId is { } id && watched.TryGetValue(id, out var one)) one.Failed(exception);
        return Task.CompletedTask;
    }

    internal sealed class Watched(RefusedSends all, FeedWatchEvent @event, CancellationToken cancellationToken) : IDisposable
    {
        private readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        /// <summary>Ends the publishing, at the latest when its caller wants that.</summary>
        public CancellationToken Ended => ended.Token;

        /// <summary>Why the bus refused it; null where it did not.</summary>
        public Exception? Why { get; private set; }

        public void Failed(Exception why)
        {
            if (!Refusal.IsIn(why, Encoding.UTF8.GetByteCount(EventJson.Serialize(@event)))) return;
            Why = why;
            ended.Cancel();
        }

        public void Dispose()
        {
            all.watched.TryRemove(@event.Id, out _);
            ended.Dispose();
        }
    }
}
