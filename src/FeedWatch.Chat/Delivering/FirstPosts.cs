using System.Data.Common;
using Dapper;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Delivering;

/// <summary>What each channel calls the first post of an incident, for the posts that follow it.</summary>
internal static class FirstPosts
{
    private const string Keep =
        """
        insert into first_post (channel, incident, reference, posted_at) values (@channel, @incident, @reference, @now)
        on conflict (channel, incident) do update set reference = excluded.reference, posted_at = excluded.posted_at
        """;

    /// <summary>Of the incident, else of one that the event merges into it; null where neither was posted on the channel.</summary>
    public static async Task<string?> FindAsync(DbConnection connection, string channel, IncidentEvent incident)
    {
        foreach (var id in incident is IncidentMerged merged ? merged.Absorbed.Select(a => a.IncidentId).Prepend(incident.IncidentId) : [incident.IncidentId])
        {
            var found = await connection.ExecuteScalarAsync<string?>("select reference from first_post where channel = @channel and incident = @incident", new { channel, incident = id.ToString() });
            if (found is not null) return found;
        }

        return null;
    }

    public static Task KeepAsync(DbConnection connection, DbTransaction transaction, string channel, Guid incident, string reference, long now) =>
        connection.ExecuteAsync(Keep, new { channel, incident = incident.ToString(), reference, now }, transaction);

    /// <summary>Those under which nothing was posted since <paramref name="before"/>, in Unix milliseconds.</summary>
    public static Task ForgetAsync(DbConnection connection, DbTransaction transaction, long before) =>
        connection.ExecuteAsync("delete from first_post where posted_at < @before", new { before }, transaction);
}
