using FeedWatch.Contracts;
using FeedWatch.Storage;

namespace FeedWatch.Publishing;

/// <summary>
/// Events that are decided and wait for the bus. They are added in the transaction that decides them, so that no crash
/// can come between a fact and its telling.
/// </summary>
internal sealed class Outbox(Database database, TimeProvider time, OutboxSignal signal)
{
    /// <summary>Adds events in the order in which they happened. One that was added before, under the same id, is left out.</summary>
    public async Task AddAsync(Session session, IReadOnlyList<FeedWatchEvent> events)
    {
        if (events.Count == 0) return;
        await AddBesideAsync(session, events, time.GetUtcNow());
        signal.Set();
    }

    /// <summary>The same from beside a running service, which sees them when it next looks.</summary>
    public static Task AddBesideAsync(Session session, IReadOnlyList<FeedWatchEvent> events, DateTimeOffset now) => session.ExecuteAsync(
        """
        insert into outbox (event_id, subject, body, sequence, created_at) values (@Id, @Subject, @Body, @Sequence, @Now)
        on conflict (event_id) do nothing
        """,
        events.Select(e => new { e.Id, Subject = SubjectOf(e), Body = EventJson.Serialize(e), Sequence = (e as IncidentEvent)?.Sequence ?? 0, Now = now.ToUnixTimeMilliseconds() }));

    /// <summary>The incident events that were decided in a period, oldest first; not those that were taken out by hand.</summary>
    public static async Task<IReadOnlyList<FeedWatchEvent>> ToldAsync(Session session, DateTimeOffset from, DateTimeOffset to) =>
        [.. (await session.QueryAsync<string>(
            """select body from outbox where created_at >= @From and created_at < @To and dropped_at is null and body like '{"type":"incident.%' order by position""",
            new { From = from.ToUnixTimeMilliseconds(), To = to.ToUnixTimeMilliseconds() })).Select(EventJson.Deserialize)];

    /// <summary>Whether it can be written down that an event is sent. An event that is sent and not marked is sent again.</summary>
    public bool CanMark => database.Keeping.IsPossible;

    /// <summary>Until it is disposed no other node relays: it would send the same events, and later ones before earlier ones.</summary>
    public Task<IAsyncDisposable> HoldAsync(CancellationToken cancellationToken) => database.HoldAsync(Turn.Relaying, cancellationToken);

    /// <summary>The oldest events to send now. An event waits for the earlier ones of its incident, also for one that is backing off.</summary>
    public Task<IReadOnlyList<OutboxRow>> DueAsync(int most, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.QueryAsync<OutboxRow>(
            """
            select position, event_id as EventId, subject, body, attempts, refusals from outbox due
            where sent_at is null and dead_at is null and (next_at <= @Now or next_at > @Latest) and not exists (
                select 1 from outbox earlier
                where earlier.sent_at is null and earlier.dead_at is null and earlier.subject = due.subject and earlier.position < due.position and earlier.next_at > @Now and earlier.next_at <= @Latest)
            order by position limit @Most
            """,
            new { Now = time.GetUtcNow().ToUnixTimeMilliseconds(), Latest = (time.GetUtcNow() + RelayBackOff.Longest).ToUnixTimeMilliseconds(), Most = most }),
        cancellationToken);

    /// <summary>The oldest event that was not sent, also while it is backing off; null where none waits.</summary>
    public Task<OutboxRow?> OldestAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FindAsync<OutboxRow>(
            "select position, event_id as EventId, subject, body, attempts, refusals from outbox where sent_at is null and dead_at is null order by position limit 1"),
        cancellationToken);

    public Task MarkAsync(IReadOnlyCollection<RelayOutcome> outcomes, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var now = time.GetUtcNow();
            await session.ExecuteAsync(
                "update outbox set sent_at = @Now, failure = null where position = @Position",
                outcomes.Where(o => o.Failure is null).Select(o => new { o.Row.Position, Now = now.ToUnixTimeMilliseconds() }));
            await session.ExecuteAsync(
                "update outbox set attempts = attempts + 1, refusals = @Refusals, next_at = @Next, failure = @Why, dead_at = @Dead where position = @Position",
                outcomes.Where(o => o.Failure is not null).Select(o => new
                {
                    o.Row.Position,
                    o.Failure!.Why,
                    o.Refusals,
                    Next = (now + RelayBackOff.After(o.Row.Attempts + 1)).ToUnixTimeMilliseconds(),
                    Dead = o.IsDead ? now.ToUnixTimeMilliseconds() : (long?)null,
                }));
        },
        cancellationToken);

    /// <summary>Sends once more, under the ids they have, the events of the last <paramref name="period"/> in which any was confirmed.</summary>
    public async Task SendAgainAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            session => session.ExecuteAsync(
                "update outbox set sent_at = null where sent_at >= (select max(sent_at) from outbox) - @Period",
                new { Period = (long)period.TotalMilliseconds }),
            cancellationToken);
        signal.Set();
    }

    public Task<int> CountWaitingAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FindAsync<int>("select count(*) from outbox where sent_at is null and dead_at is null"),
        cancellationToken);

    /// <summary>Removes at most <paramref name="most"/> events that were sent, or taken out by hand, before. Returns how many.</summary>
    public Task<int> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "delete from outbox where position in (select position from outbox where sent_at < @Before or dropped_at < @Before order by position limit @Most)",
            new { Before = before.ToUnixTimeMilliseconds(), Most = most }),
        cancellationToken);

    private static Guid SubjectOf(FeedWatchEvent @event) => @event switch
    {
        IncidentEvent e => e.IncidentId,
        ArticleMatched e => e.IncidentId,
        FeedEvent e => e.Feed.Id,
        CoverageRestored e => e.After, // behind the event that told of the loss
        _ => @event.Id,
    };
}

internal sealed class OutboxRow
{
    public long Position { get; init; }
    public Guid EventId { get; init; }

    /// <summary>Events with the same subject leave in order.</summary>
    public Guid Subject { get; init; }
    public string Body { get; init; } = "";
    public int Attempts { get; init; }

    /// <summary>Tries that failed for the event's own sake.</summary>
    public int Refusals { get; init; }
}

/// <param name="Failure">Why it was not taken; null where the bus has it.</param>
internal sealed record RelayOutcome(OutboxRow Row, RelayFailure? Failure)
{
    /// <summary>
    /// A refused event is tried again so often, since the bus may have refused it for another's sake or while it was being mended:
    /// with the pauses that is about half a minute.
    /// </summary>
    public const int MostRefusals = 6;

    public int Refusals => Row.Refusals + (Failure?.Kind is RelayFailureKind.Refused ? 1 : 0);

    /// <summary>It is set aside. A bus that is away kills no event, however long it stays away.</summary>
    public bool IsDead => Failure?.Kind is RelayFailureKind.Unreadable || (Failure?.Kind is RelayFailureKind.Refused && Refusals >= MostRefusals);
}

internal sealed record RelayFailure(string Why, RelayFailureKind Kind);

internal enum RelayFailureKind
{
    /// <summary>The bus cannot be reached, does not answer, or refuses whatever comes.</summary>
    Away,

    /// <summary>The bus refuses this one event.</summary>
    Refused,

    /// <summary>This version cannot read the event, now or later.</summary>
    Unreadable,
}

/// <summary>Wakes the relay when a transaction has put something into the outbox.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Set()
    {
        if (signal.CurrentCount > 0) return;
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // two at once: one wake-up is enough
        }
    }

    public void Dispose() => signal.Dispose();

    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => signal.WaitAsync(most, cancellationToken);
}

/// <summary>How long an event waits after so many failed tries: 1 s, 2 s, 4 s … 1 min.</summary>
internal static class RelayBackOff
{
    /// <summary>What is to wait longer was put off by a clock that has been set back since.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static TimeSpan After(int attempts) => TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(attempts - 1, 6))));
}
