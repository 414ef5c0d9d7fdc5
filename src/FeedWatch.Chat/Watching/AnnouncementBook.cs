using System.Data.Common;
using Dapper;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Watching;

/// <summary>What the chat side has to tell on the bus and the bus does not have yet, over restarts too.</summary>
internal static class AnnouncementBook
{
    public static Task AddAsync(DbConnection connection, DbTransaction transaction, FeedWatchEvent @event) => connection.ExecuteAsync(
        "insert into announcement (event_id, body) values (@id, @body) on conflict do nothing",
        new { id = $"{@event.Id}", body = EventJson.Serialize(@event) },
        transaction);

    /// <summary>The oldest; null where there is none.</summary>
    public static Task<Announcement?> NextAsync(DbConnection connection) =>
        connection.QueryFirstOrDefaultAsync<Announcement>("select seq, body from announcement order by seq limit 1");

    /// <returns>False where another process has done it.</returns>
    public static async Task<bool> DoneAsync(DbConnection connection, DbTransaction transaction, Announcement announcement) =>
        await connection.ExecuteAsync("delete from announcement where seq = @Seq", announcement, transaction) > 0;
}

/// <param name="Seq">They are told in this order.</param>
/// <param name="Body">The event.</param>
internal sealed record Announcement(long Seq, string Body);
