using System.Data.Common;
using System.Text.Json;
using Dapper;
using FeedWatch.Chat.Routing;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Holding;

/// <summary>Deliveries that wait for the end of their channel's quiet hours, in the ledger's state <c>held</c>.</summary>
internal static class HeldPosts
{
    public const string State = "held";

    /// <summary>What the ledger says of such a delivery.</summary>
    public const string Why = "quiet hours";

    public static Task<bool> AreThereAsync(DbConnection connection, string channel) =>
        connection.ExecuteScalarAsync<bool>("select exists (select 1 from delivery where channel = @channel and state = 'held')", new { channel });

    /// <summary>They are to be posted now, in order and updates of one incident as one. Another bot may do the same at this moment: what it has released stays as it is.</summary>
    /// <param name="connection">The ledger's.</param>
    /// <param name="transaction">All or none of it.</param>
    /// <param name="channel">Whose quiet hours are over.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="only">These incidents alone; everything where it is left out.</param>
    public static async Task ReleaseAsync(DbConnection connection, DbTransaction transaction, string channel, long now, IReadOnlyList<Guid>? only = null)
    {
        var held = (await connection.QueryAsync<(long Seq, string Body)>(
                "select d.seq, e.body from delivery d join event e on e.id = d.event_id where d.channel = @channel and d.state = 'held' order by d.seq",
                new { channel },
                transaction))
            .Select(row => (row.Seq, Event: Read(row.Body)))
            .Where(row => only is null || (row.Event is not null && EventFacts.Of(row.Event).Incidents.Any(only.Contains)));
        foreach (var post in UpdateFold.Fold(held))
        {
            await connection.ExecuteAsync(
                "update delivery set state = 'pending', body = @body, reason = null, due_at = 0, changed_at = @now where seq = @Seq and state = 'held'",
                new { post.Seq, body = post.Within.Count > 0 ? EventJson.Serialize(post.Event!) : null, now },
                transaction);
            foreach (var seq in post.Within)
            {
                await connection.ExecuteAsync(
                    "update delivery set state = 'dropped', reason = @why, changed_at = @now where seq = @seq and state = 'held'",
                    new { seq, why = $"told with {post.Event!.Id}", now },
                    transaction);
            }
        }
    }

    private static FeedWatchEvent? Read(string body)
    {
        try
        {
            return EventJson.Deserialize(body);
        }
        catch (JsonException)
        {
            return null; // the channel says so when its turn comes
        }
    }
}
