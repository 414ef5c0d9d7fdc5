using System.Data.Common;
using Dapper;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Routing;

/// <summary>Which incidents a channel has heard of, so that what comes later of one goes where its first post went.</summary>
internal static class Followed
{
    private const int Nothing = -1;

    /// <returns>The channels that have heard of one of the incidents, each with the highest severity that it was told; null where all of it still waits.</returns>
    public static async Task<IReadOnlyDictionary<string, Severity?>> ChannelsAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<Guid> incidents)
    {
        var channels = new Dictionary<string, Severity?>(StringComparer.Ordinal);
        foreach (var incident in incidents)
        {
            foreach (var (channel, told) in await connection.QueryAsync<(string, int)>("select channel, severity from followed where incident = @incident", new { incident = $"{incident}" }, transaction))
            {
                var severity = told == Nothing ? null : (Severity?)told;
                if (!channels.TryGetValue(channel, out var before) || before is null || severity > before) channels[channel] = severity;
            }
        }

        return channels;
    }

    /// <param name="connection">The ledger's.</param>
    /// <param name="transaction">In which the delivery is written.</param>
    /// <param name="incidents">What is told.</param>
    /// <param name="channel">Where.</param>
    /// <param name="severity">How it is told; null where it waits and is not read yet.</param>
    /// <param name="now">Unix milliseconds.</param>
    public static async Task AddAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<Guid> incidents, string channel, Severity? severity, long now)
    {
        foreach (var incident in incidents)
        {
            await connection.ExecuteAsync(
                """
                insert into followed (incident, channel, severity, told_at) values (@incident, @channel, @severity, @now)
                on conflict (incident, channel) do update set told_at = excluded.told_at,
                    severity = case when excluded.severity > followed.severity then excluded.severity else followed.severity end
                """,
                new { incident = $"{incident}", channel, severity = severity is { } told ? (int)told : Nothing, now },
                transaction);
        }
    }

    /// <summary>Incidents whose id begins so.</summary>
    public static IReadOnlyList<Guid> Named(DbConnection connection, string beginning) =>
        [.. connection.Query<string>("select distinct incident from followed where incident like @pattern", new { pattern = beginning.ToLowerInvariant() + "%" }).Select(Guid.Parse)];

    /// <summary>Removes at most <paramref name="most"/> of which nothing was told since. Returns how many.</summary>
    public static Task<int> ForgetAsync(DbConnection connection, DbTransaction transaction, long before, int most) => connection.ExecuteAsync(
        "delete from followed where told_at < @before and incident in (select incident from followed where told_at < @before limit @most)",
        new { before, most },
        transaction);
}
