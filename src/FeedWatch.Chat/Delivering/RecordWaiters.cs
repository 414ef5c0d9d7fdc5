namespace FeedWatch.Chat.Delivering;

/// <summary>Those who wait until an event is recorded. A waiter that is registered before the ledger is asked misses nothing.</summary>
internal sealed class RecordWaiters
{
    private readonly Lock guard = new();
    private readonly Dictionary<Guid, List<Waiter>> waiters = [];

    public Waiter For(Guid eventId)
    {
        var waiter = new Waiter(this, eventId);
        lock (guard)
        {
            if (!waiters.TryGetValue(eventId, out var all)) waiters.Add(eventId, all = []);
            all.Add(waiter);
        }

        return waiter;
    }

    public void Recorded(Guid eventId)
    {
        lock (guard)
        {
            if (!waiters.Remove(eventId, out var all)) return;
            all.ForEach(w => w.Complete());
        }
    }

    private void Leave(Waiter waiter)
    {
        lock (guard)
        {
            if (!waiters.TryGetValue(waiter.EventId, out var all)) return;
            all.Remove(waiter);
            if (all.Count == 0) waiters.Remove(waiter.EventId);
        }
    }

    internal sealed class Waiter(RecordWaiters waiters, Guid eventId) : IDisposable
    {
        private readonly TaskCompletionSource recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Guid EventId => eventId;

        public Task Recorded => recorded.Task;

        public void Complete() => recorded.TrySetResult();

        public void Dispose() => waiters.Leave(this);
    }
}
