using System.Data.Common;
using System.Text.Json;
using Dapper;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Watching;

/// <summary>How channels fare by what became of their deliveries, and which of them take nothing; over restarts too.</summary>
internal static class TroubleBook
{
    /// <summary>What is wrong with a channel: the post that it is tried with fails, or the last one was given up. Null where nothing is.</summary>
    public static async Task<Failing?> LookAsync(DbConnection connection, string channel)
    {
        var head = await connection.QueryFirstOrDefaultAsync<Head>(
            "select tries, reason, due_at as DueAt, changed_at as ChangedAt from delivery where channel = @channel and state in ('pending', 'sending') order by seq limit 1",
            new { channel });
        if (head?.Reason is { } why) return new Failing(why, Time(head.ChangedAt), Math.Max(1, (int)head.Tries), head.DueAt > 0 ? Time(head.DueAt) : null); // 0 where only a person can mend it

        var last = await connection.QueryFirstOrDefaultAsync<Last>(
            "select state, reason, changed_at as ChangedAt from delivery where channel = @channel and state in ('sent', 'dead', 'unsure') order by changed_at desc, seq desc limit 1",
            new { channel });
        return last is null or { State: "sent" } ? null : new Failing(last.Reason ?? "", Time(last.ChangedAt), 1, null);
    }

    public static async Task<Trouble?> FindAsync(DbConnection connection, string channel) =>
        await connection.QueryFirstOrDefaultAsync<Row>("select since, told_at as ToldAt, event_id as EventId from trouble where channel = @channel", new { channel }) is { } row
            ? new Trouble(Time(row.Since), row.EventId is { } id ? Guid.Parse(id) : null)
            : null;

    /// <summary>The troubles of all channels, those too that the settings no longer know.</summary>
    public static async Task<IReadOnlyList<KnownTrouble>> AllAsync(DbConnection connection) =>
        [.. (await connection.QueryAsync<Known>("select t.channel, t.since, t.event_id as EventId, e.body from trouble t left join event e on e.id = t.event_id order by t.since, t.channel"))
            .Select(row => new KnownTrouble(row.Channel, new Trouble(Time(row.Since), row.EventId is { } id ? Guid.Parse(id) : null), TypeIn(row.Body)))];

    public static Task AddAsync(DbConnection connection, DbTransaction transaction, string channel, DateTimeOffset since) => connection.ExecuteAsync(
        "insert into trouble (channel, since, told_at) values (@channel, @since, 0) on conflict do nothing",
        new { channel, since = since.ToUnixTimeMilliseconds() },
        transaction);

    /// <returns>False where another process has told it.</returns>
    public static async Task<bool> ToldAsync(DbConnection connection, DbTransaction transaction, string channel, Guid by, DateTimeOffset now) => await connection.ExecuteAsync(
        "update trouble set told_at = @now, event_id = @by where channel = @channel and event_id is null",
        new { channel, by = $"{by}", now = now.ToUnixTimeMilliseconds() },
        transaction) > 0;

    /// <returns>False where another process was first.</returns>
    public static async Task<bool> RemoveAsync(DbConnection connection, DbTransaction transaction, string channel) =>
        await connection.ExecuteAsync("delete from trouble where channel = @channel", new { channel }, transaction) > 0;

    public static Task<int> GivenUpAsync(DbConnection connection, string channel, DateTimeOffset since) => connection.ExecuteScalarAsync<int>(
        "select count(*) from delivery where channel = @channel and state in ('dead', 'unsure') and changed_at >= @since",
        new { channel, since = since.ToUnixTimeMilliseconds() });

    private static string? TypeIn(string? body)
    {
        try
        {
            return body is not null && EventJson.Deserialize(body) is ChannelFailing told ? told.ChannelType : null;
        }
        catch (JsonException)
        {
            return null; // a newer FeedWatch told it
        }
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed record Head(long Tries, string? Reason, long DueAt, long ChangedAt);

    private sealed record Last(string State, string? Reason, long ChangedAt);

    private sealed record Row(long Since, long ToldAt, string? EventId);

    private sealed record Known(string Channel, long Since, string? EventId, string? Body);
}

/// <param name="Why">In the words of the last failure.</param>
/// <param name="At">When that was.</param>
/// <param name="Failures">Of the post that it is tried with.</param>
/// <param name="NextTryAt">Null where nothing is tried again.</param>
internal sealed record Failing(string Why, DateTimeOffset At, int Failures, DateTimeOffset? NextTryAt);

/// <param name="Since">When it was first seen to take nothing.</param>
/// <param name="EventId">The event by which the other channels were told; null where they were not yet.</param>
internal sealed record Trouble(DateTimeOffset Since, Guid? EventId);

/// <param name="Channel">Its name.</param>
/// <param name="Trouble">What is wrong with it.</param>
/// <param name="ChannelType">As it was told; null where it was not.</param>
internal sealed record KnownTrouble(string Channel, Trouble Trouble, string? ChannelType);
