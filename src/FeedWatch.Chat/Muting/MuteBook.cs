using System.Data.Common;
using Dapper;

namespace FeedWatch.Chat.Muting;

/// <summary>The mutes that stand, in the chat's store. A running service or bot goes by a change from its next event on.</summary>
internal static class MuteBook
{
    private const string Standing = "select what, channel, since, until, kept from mute where until > @now order by until, what, channel";

    public static async Task<IReadOnlyList<Mute>> ActiveAsync(DbConnection connection, DbTransaction transaction, DateTimeOffset now) =>
        [.. (await connection.QueryAsync<Row>(Standing, new { now = now.ToUnixTimeMilliseconds() }, transaction)).Select(row => row.ToMute())];

    public static IReadOnlyList<Mute> Active(DbConnection connection, DateTimeOffset now) =>
        [.. connection.Query<Row>(Standing, new { now = now.ToUnixTimeMilliseconds() }).Select(row => row.ToMute())];

    /// <summary>One that stands already is given the new end, and goes on counting.</summary>
    public static bool Set(DbConnection connection, Mute mute, DbTransaction? transaction = null) => connection.Execute(
        """
        insert into mute (what, channel, since, until, kept) values (@What, @Channel, @since, @until, 0)
        on conflict (what, channel) do update set until = excluded.until,
            since = case when mute.until > excluded.since then mute.since else excluded.since end,
            kept = case when mute.until > excluded.since then mute.kept else 0 end
        """,
        new { mute.What, mute.Channel, since = mute.Since.ToUnixTimeMilliseconds(), until = mute.Until.ToUnixTimeMilliseconds() },
        transaction) > 0;

    /// <summary>Ends one before its time.</summary>
    /// <returns>Whether it stood.</returns>
    public static bool End(DbConnection connection, string what, string channel, DateTimeOffset now, DbTransaction? transaction = null) => connection.Execute(
        "delete from mute where what = @what and lower(channel) = lower(@channel) and until > @now",
        new { what, channel, now = now.ToUnixTimeMilliseconds() },
        transaction) > 0;

    public static Task CountAsync(DbConnection connection, DbTransaction transaction, Mute mute) =>
        connection.ExecuteAsync("update mute set kept = kept + 1 where what = @What and channel = @Channel", new { mute.What, mute.Channel }, transaction);

    public static Task<int> ForgetAsync(DbConnection connection, DbTransaction transaction, long before) =>
        connection.ExecuteAsync("delete from mute where until < @before", new { before }, transaction);

    private sealed record Row(string What, string Channel, long Since, long Until, long Kept)
    {
        public Mute ToMute() => new(What, Channel, DateTimeOffset.FromUnixTimeMilliseconds(Since), DateTimeOffset.FromUnixTimeMilliseconds(Until), (int)Kept);
    }
}
