using FeedWatch.Storage;

namespace FeedWatch.Publishing.Letters;

/// <summary>An event in the outbox that the bus does not have, as an operator looks at it.</summary>
internal sealed class OutboxLetter
{
    private const string WaitingOrDead = "sent_at is null and dropped_at is null";

    public long Position { get; init; }
    public Guid EventId { get; init; }
    public Guid Subject { get; init; }
    public string Body { get; init; } = "";
    public int Attempts { get; init; }
    public string? Failure { get; init; }
    public long CreatedAt { get; init; }
    public long NextAt { get; init; }
    public long? DeadAt { get; init; }

    /// <summary>In the order in which they were decided.</summary>
    public static Task<IReadOnlyList<OutboxLetter>> ReadAsync(Session session) => session.QueryAsync<OutboxLetter>(
        $"""
        select position, event_id as EventId, subject, body, attempts, failure, created_at as CreatedAt, next_at as NextAt, dead_at as DeadAt
        from outbox where {WaitingOrDead} order by position
        """);

    /// <summary>The dead ones among them are sent again, at once and with a fresh count of refusals. Returns how many.</summary>
    public static Task<int> RetryAsync(Session session, IEnumerable<long> positions) => session.ExecuteAsync(
        $"update outbox set dead_at = null, refusals = 0, attempts = 0, next_at = 0 where position = @Position and dead_at is not null and {WaitingOrDead}",
        positions.Select(p => new { Position = p }));

    /// <summary>They are never sent. The rows stay for a while, so that a replay does not decide the same events again. Returns how many.</summary>
    public static Task<int> DropAsync(Session session, IEnumerable<long> positions, string why, DateTimeOffset now) => session.ExecuteAsync(
        $"update outbox set dead_at = coalesce(dead_at, @Now), dropped_at = @Now, dropped_why = @Why where position = @Position and {WaitingOrDead}",
        positions.Select(p => new { Position = p, Now = now.ToUnixTimeMilliseconds(), Why = why }));
}
