using Dapper;
using FeedWatch.Chat.Storing;

namespace FeedWatch.Chat.Keeping;

/// <summary>A post that was not made, as an operator looks at it, beside a running service or without one.</summary>
public sealed record ChatLetter(long Seq, string EventId, string Channel, string State, long Tries, long DueAt, string? Reason, string Body, long RecordedAt)
{
    private const string Unsent = "state in ('held', 'pending', 'sending', 'dead', 'unsure')";

    /// <summary>Given up.</summary>
    public bool IsDead => State is "dead" or "unsure";

    /// <summary>In the order in which they are posted; none where there is no ledger.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be reached, is damaged or of another version.</exception>
    public static IReadOnlyList<ChatLetter> Read(LedgerPlace place) => place.Beside(
        readOnly: true,
        c => c.Query<ChatLetter>(
            $"""
            select d.seq, d.event_id as EventId, d.channel, d.state, d.tries, d.due_at as DueAt, d.reason, e.body, e.recorded_at as RecordedAt
            from delivery d join event e on e.id = d.event_id where {Unsent} order by d.seq
            """).AsList()) ?? [];

    /// <summary>Those that are given up are posted, at once and with a fresh count of tries. One that may have been posted already keeps that mark.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be reached, is damaged or of another version.</exception>
    public static int Retry(LedgerPlace place, IEnumerable<long> seqs, DateTimeOffset now) => Change(
        place,
        "update delivery set state = case state when 'unsure' then 'sending' else 'pending' end, tries = 0, due_at = 0, changed_at = @now where seq = @seq and state in ('dead', 'unsure')",
        seqs.Select(seq => new { seq, now = now.ToUnixTimeMilliseconds() }));

    /// <summary>They are never posted.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be reached, is damaged or of another version.</exception>
    public static int Drop(LedgerPlace place, IEnumerable<long> seqs, string why, DateTimeOffset now) => Change(
        place,
        $"update delivery set state = 'dropped', reason = @why, changed_at = @now where seq = @seq and {Unsent}",
        seqs.Select(seq => new { seq, why, now = now.ToUnixTimeMilliseconds() }));

    private static int Change(LedgerPlace place, string sql, IEnumerable<object> values) => place.Beside(
        readOnly: false,
        c =>
        {
            using var transaction = c.BeginTransaction();
            var changed = c.Execute(sql, values, transaction);
            transaction.Commit();
            return changed;
        });
}
