using System.Data.Common;
using Dapper;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Holding;
using FeedWatch.Chat.Keeping;
using FeedWatch.Chat.Muting;
using FeedWatch.Chat.Routing;
using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeedWatch.Chat.Delivering;

/// <summary>
/// Which event is to be posted where and what became of it, in a store that outlives the process. An event that is recorded here may be
/// acknowledged to the bus; one that comes again adds nothing.
/// </summary>
public sealed class DeliveryLedger : IDisposable
{
    private const string PossiblyRepeated = "possibly repeated"; // the reason of a post that was made

    private const string NextOfChannel =
        """
        select d.seq, d.event_id as EventId, coalesce(d.body, e.body) as Body, d.state, d.tries, d.due_at as DueAt, d.changed_at as ChangedAt
        from delivery d join event e on e.id = d.event_id
        where d.channel = @channel and d.state in ('pending', 'sending')
        order by d.seq limit 1
        """;

    private readonly LedgerStore store;
    private readonly Routes routes;
    private readonly Intake intake;
    private readonly TimeProvider time;
    private readonly HashSet<string> neverQuiet = [];
    private readonly RecordWaiters waiters = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int sent;
    private int dead;

    /// <param name="store">Belongs to this ledger from now on.</param>
    /// <param name="routes">Where events go.</param>
    /// <param name="time">For the times that are written down.</param>
    /// <param name="logger">Hears when the store fails, and when it works again.</param>
    internal DeliveryLedger(LedgerStore store, Routes routes, TimeProvider time, ILogger<DeliveryLedger>? logger = null)
    {
        (this.store, this.routes, intake, this.time) = (store, routes, new Intake(routes), time);
        store.Changed += Pulse;
        Health = new LedgerHealth(store.Place, time, logger ?? NullLogger<DeliveryLedger>.Instance);
    }

    /// <summary>Whether what is written arrives.</summary>
    public LedgerHealth Health { get; }

    /// <summary>Completes at the next change of any delivery. Taken before a look at the ledger, it misses none.</summary>
    internal Task Changed => Volatile.Read(ref changed).Task;

    /// <summary>Completes when the event is recorded, at once where it already is: then nothing of it can be lost any more.</summary>
    public async Task RecordedAsync(Guid eventId, CancellationToken cancellationToken)
    {
        using var waiter = waiters.For(eventId);
        if (!await IsKnownAsync(eventId, cancellationToken)) await waiter.Recorded.WaitAsync(cancellationToken);
    }

    /// <summary>Whether the event was recorded before.</summary>
    internal Task<bool> IsKnownAsync(Guid eventId, CancellationToken cancellationToken) =>
        AskAsync(c => c.ExecuteScalarAsync<bool>("select exists (select 1 from event where id = @id)", new { id = Key(eventId) }), cancellationToken);

    /// <summary>When the oldest event that is remembered was recorded; null where there is none.</summary>
    internal Task<DateTimeOffset?> BeganAtAsync(CancellationToken cancellationToken) => AskAsync(
        async c => await c.ExecuteScalarAsync<long?>("select min(recorded_at) from event") is { } began ? DateTimeOffset.FromUnixTimeMilliseconds(began) : (DateTimeOffset?)null,
        cancellationToken);

    /// <summary>Stores the event and a delivery for each of its channels, once however often it is called.</summary>
    public Task RecordAsync(FeedWatchEvent @event, CancellationToken cancellationToken) => RecordAsync(@event, (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>The same, with something that must be so.</summary>
    /// <param name="event">What there is to tell.</param>
    /// <param name="claim">Done in the same transaction: where it is refused, nothing is stored.</param>
    /// <param name="cancellationToken">Ends the wait for the ledger.</param>
    /// <returns>What <paramref name="claim"/> said.</returns>
    internal async Task<bool> RecordAsync(FeedWatchEvent @event, Func<DbConnection, DbTransaction, Task<bool>> claim, CancellationToken cancellationToken)
    {
        var id = Key(@event.Id);
        var now = Now();
        var claimed = await AskAsync(
            async c =>
            {
                await using var transaction = await c.BeginTransactionAsync(cancellationToken);
                if (!await claim(c, transaction)) return false;
                await c.ExecuteAsync(
                    "insert into event (id, body, recorded_at) values (@id, @body, @now) on conflict do nothing",
                    new { id, body = EventJson.Serialize(@event), now },
                    transaction);
                await intake.AddAsync(c, transaction, @event, DateTimeOffset.FromUnixTimeMilliseconds(now));
                FaultPoint.Pass("deliveries-written");
                await transaction.CommitAsync(CancellationToken.None);
                return true;
            },
            cancellationToken);
        if (!claimed) return false;
        waiters.Recorded(@event.Id);
        Pulse();
        return true;
    }

    /// <summary>
    /// Whether posts can be written down. Where the last write failed, another is tried.
    /// </summary>
    internal async Task<bool> CanRecordAsync(CancellationToken cancellationToken)
    {
        if (Health.CanRecord) return true;
        try
        {
            await store.TryWritingAsync(cancellationToken);
        }
        catch (LedgerFailedException)
        {
            return false;
        }

        Health.Recovered();
        return true;
    }

    /// <summary>Whether this process is the one that posts to the channel; takes one that nobody has.</summary>
    internal async Task<bool> HoldAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            return await store.HoldAsync(channel, cancellationToken);
        }
        catch (LedgerFailedException ex)
        {
            Health.Failed(ex);
            throw;
        }
    }

    /// <summary>What waited for the end of a channel's quiet hours is to be posted, once they have ended, or the settings know of none any more.</summary>
    internal async Task ReleaseAsync(string channel, CancellationToken cancellationToken)
    {
        var quiet = routes.QuietOf(channel);
        lock (neverQuiet)
        {
            if (quiet is null && !neverQuiet.Add(channel)) return;
        }

        if (quiet?.EndAt(time.GetUtcNow()) is not null || !await AskAsync(c => HeldPosts.AreThereAsync(c, channel), cancellationToken)) return;
        await ChangeAsync(
            async (c, transaction) =>
            {
                await HeldPosts.ReleaseAsync(c, transaction, channel, Now());
                return true;
            },
            cancellationToken);
    }

    /// <summary>A look at what is kept beside the deliveries.</summary>
    internal Task<T> LookAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken) => AskAsync(work, cancellationToken);

    /// <summary>A change of what is kept beside the deliveries; all of it or nothing.</summary>
    internal async Task<T> ChangeAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var done = await AskAsync(
            async c =>
            {
                await using var transaction = await c.BeginTransactionAsync(cancellationToken);
                var result = await work(c, transaction);
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            cancellationToken);
        Pulse();
        return done;
    }

    /// <summary>The oldest delivery of a channel that is not done with, due or not; null where there is none. What waits for the end of quiet hours is none yet.</summary>
    internal Task<OpenDelivery?> NextAsync(string channel, CancellationToken cancellationToken) =>
        AskAsync(async c => (await c.QuerySingleOrDefaultAsync<Row>(NextOfChannel, new { channel }))?.ToDelivery(), cancellationToken);

    /// <summary>The intent, on disk before anything is sent.</summary>
    /// <returns>False where it is not to be sent any more: somebody took it out, or another bot has taken over the channel.</returns>
    internal async Task<bool> SendingAsync(OpenDelivery delivery, CancellationToken cancellationToken) => await AskAsync(
        c => c.ExecuteAsync(
            $"update delivery set state = 'sending', tries = tries + 1, changed_at = @now where seq = @seq and state = @state and tries = @tries and {store.MaySend}",
            new { seq = delivery.Seq, state = delivery.Interrupted ? "sending" : "pending", tries = delivery.Tries, now = Now() }),
        cancellationToken) > 0;

    /// <param name="seq">The delivery.</param>
    /// <param name="result">What the chat calls it.</param>
    /// <param name="channel">Where it was posted.</param>
    /// <param name="incident">What it was about, where that is an incident.</param>
    /// <param name="cancellationToken">Ends the wait for the ledger.</param>
    internal async Task SentAsync(long seq, SendResult.Sent result, string channel, Guid? incident, CancellationToken cancellationToken)
    {
        var now = Now();
        var values = new { seq, reference = result.Reference, reason = result.PossiblyRepeated ? PossiblyRepeated : null, now };
        await AskAsync(
            async c =>
            {
                await using var transaction = await c.BeginTransactionAsync(cancellationToken);
                await c.ExecuteAsync("update delivery set state = 'sent', reference = @reference, reason = @reason, changed_at = @now where seq = @seq", values, transaction);
                if (result.Reference is not null && incident is { } about) await FirstPosts.KeepAsync(c, transaction, channel, about, result.Reference, now);
                await transaction.CommitAsync(CancellationToken.None);
                return true;
            },
            cancellationToken);
        Interlocked.Increment(ref sent);
        Pulse();
    }

    /// <summary>What later posts of the incident refer to on this channel; null where it was not posted there.</summary>
    internal Task<string?> EarlierAsync(string channel, IncidentEvent incident, CancellationToken cancellationToken) =>
        AskAsync(c => FirstPosts.FindAsync(c, channel, incident), cancellationToken);

    /// <summary>Not taken for the channel's sake: it goes on waiting, and the try does not count.</summary>
    internal async Task PutBackAsync(OpenDelivery delivery, string why, bool perhapsSent, CancellationToken cancellationToken)
    {
        var state = perhapsSent ? "sending" : "pending";
        await ChangeAsync("state = @state, tries = tries - 1, reason = @why", new { seq = delivery.Seq, tries = delivery.Tries, state, why, now = Now() }, cancellationToken);
        Pulse();
    }

    /// <summary>The clock was set back: what was put off before that waits as long as it was to wait, from now on.</summary>
    internal Task RebaseAsync(OpenDelivery delivery, CancellationToken cancellationToken) => ChangeAsync(
        "due_at = @due",
        new { seq = delivery.Seq, tries = delivery.Tries, due = Now() + (long)(delivery.DueAt - delivery.ChangedAt).TotalMilliseconds, now = Now() },
        cancellationToken);

    /// <param name="delivery">As it is since the try.</param>
    /// <param name="dueAt">When to try again.</param>
    /// <param name="why">What went wrong.</param>
    /// <param name="perhapsSent">Keeps the intent, so that the next try knows that it may be a repeat.</param>
    /// <param name="cancellationToken">Ends the wait for the ledger.</param>
    internal async Task RetryAsync(OpenDelivery delivery, DateTimeOffset dueAt, string why, bool perhapsSent, CancellationToken cancellationToken)
    {
        var state = perhapsSent ? "sending" : "pending";
        await ChangeAsync(
            "state = @state, due_at = @due, reason = @why",
            new { seq = delivery.Seq, tries = delivery.Tries, state, due = dueAt.ToUnixTimeMilliseconds(), why, now = Now() },
            cancellationToken);
        Pulse();
    }

    /// <summary>Given up: the row stays, with the reason, for the operator.</summary>
    /// <param name="delivery">As it is since the last try.</param>
    /// <param name="why">What went wrong.</param>
    /// <param name="perhapsSent">Kept, so that a retry by hand knows that it may be a repeat.</param>
    /// <param name="cancellationToken">Ends the wait for the ledger.</param>
    internal async Task BuryAsync(OpenDelivery delivery, string why, bool perhapsSent, CancellationToken cancellationToken)
    {
        var state = perhapsSent ? "unsure" : "dead";
        if (await ChangeAsync("state = @state, reason = @why", new { seq = delivery.Seq, tries = delivery.Tries, state, why, now = Now() }, cancellationToken) > 0) Interlocked.Increment(ref dead);
        Pulse();
    }

    /// <summary>What this process sent and gave up, and how many deliveries of these channels are still open.</summary>
    internal async Task<DeliveryTotals> TotalsAsync(IEnumerable<string> channels, CancellationToken cancellationToken)
    {
        var open = await OpenByChannelAsync(cancellationToken);
        var repeated = await AskAsync(c => c.ExecuteScalarAsync<int>("select count(*) from delivery where state = 'sent' and reason = @reason", new { reason = PossiblyRepeated }), cancellationToken);
        return new DeliveryTotals(Volatile.Read(ref sent), Volatile.Read(ref dead), channels.Sum(c => open.GetValueOrDefault(c))) { PossiblyRepeated = repeated };
    }

    /// <param name="cancellationToken">Ends the wait for the ledger.</param>
    /// <param name="held">With those that wait for the end of quiet hours.</param>
    internal Task<Dictionary<string, int>> OpenByChannelAsync(CancellationToken cancellationToken, bool held = false) => AskAsync(
        async c => (await c.QueryAsync<(string Channel, int Count)>($"select channel, count(*) from delivery where state in ('pending', 'sending'{(held ? ", 'held'" : "")}) group by channel"))
            .ToDictionary(row => row.Channel, row => row.Count, StringComparer.Ordinal),
        cancellationToken);

    /// <summary>Removes at most <paramref name="most"/> posts that were done with before, and events of which none is left. Returns how many rows.</summary>
    internal Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => AskAsync(
        async c =>
        {
            var values = new { before = before.ToUnixTimeMilliseconds(), most };
            await using var transaction = await c.BeginTransactionAsync(cancellationToken);
            var posts = await c.ExecuteAsync("delete from delivery where seq in (select seq from delivery where state not in ('pending', 'sending', 'held') and changed_at < @before order by seq limit @most)", values, transaction);
            var events = await c.ExecuteAsync("delete from event where id in (select id from event e where recorded_at < @before and not exists (select 1 from delivery d where d.event_id = e.id) limit @most)", values, transaction);
            var followed = await Followed.ForgetAsync(c, transaction, values.before, most);
            await MuteBook.ForgetAsync(c, transaction, values.before);
            await FirstPosts.ForgetAsync(c, transaction, values.before);
            await transaction.CommitAsync(CancellationToken.None);
            return Math.Min(most, Math.Max(Math.Max(posts, events), followed));
        },
        cancellationToken);

    public void Dispose() => store.Dispose();

    // Only where it is still as this process left it: meanwhile an operator may have taken it out, or another bot taken it up.
    private Task<int> ChangeAsync(string assignments, object values, CancellationToken cancellationToken) => AskAsync(
        c => c.ExecuteAsync($"update delivery set {assignments}, changed_at = @now where seq = @seq and tries = @tries and state in ('pending', 'sending')", values),
        cancellationToken);

    private async Task<T> AskAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await store.UseAsync(work, cancellationToken);
        }
        catch (LedgerFailedException ex)
        {
            Health.Failed(ex);
            throw;
        }
    }

    /// <summary>Waits for a change, but not for ever: other processes change things too.</summary>
    /// <param name="changed"><see cref="Changed"/>, taken before the look that found nothing to do.</param>
    /// <param name="most">How long.</param>
    /// <param name="cancellationToken">Ends it early, without an exception.</param>
    internal async Task WaitAsync(Task changed, TimeSpan most, CancellationToken cancellationToken)
    {
        using var noLonger = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(most, time, noLonger.Token));
        await noLonger.CancelAsync();
    }

    private void Pulse() =>
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Key(Guid id) => id.ToString();

    private sealed record Row(long Seq, string EventId, string Body, string State, long Tries, long DueAt, long ChangedAt)
    {
        public OpenDelivery ToDelivery() =>
            new(Seq, Guid.Parse(EventId), Body, (int)Tries, DateTimeOffset.FromUnixTimeMilliseconds(DueAt), DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt), State == "sending");
    }
}
