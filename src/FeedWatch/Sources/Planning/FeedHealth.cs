using FeedWatch.Storage;

namespace FeedWatch.Sources.Planning;

/// <summary>How many feeds there are to see with, and how many of them see nothing now.</summary>
/// <param name="Enabled">Those that are to be polled.</param>
/// <param name="Failing">Names of those among them whose last poll failed or whose server says that they are gone; those first that have failed for longest.</param>
/// <param name="Silent">Those among them that answer and have brought nothing new for ten times as long as they usually take, and for three days at least.</param>
internal sealed record FeedHealth(int Enabled, IReadOnlyList<string> Failing, int Silent)
{
    private const int Unusual = 10;
    private static readonly TimeSpan Short = TimeSpan.FromDays(3);

    /// <summary>Whether it is silent, if it answers now and brings nothing new.</summary>
    public static bool IsSilent(Feed feed, DateTimeOffset now) =>
        feed is { NewestAt: { } newest, Rhythm: { } rhythm } && rhythm > TimeSpan.Zero && now - newest > Short && now - newest > rhythm * Unusual;

    public static async Task<FeedHealth> LookAsync(Session session, DateTimeOffset now) => new(
        await session.FindAsync<int>("select count(*) from feeds where enabled = 1"),
        await session.QueryAsync<string>("select name from feeds where enabled = 1 and (failures > 0 or gone <> 0) order by coalesce(succeeded_at, 0), name"),
        await session.FindAsync<int>(
            "select count(*) from feeds where enabled = 1 and failures = 0 and gone = 0 and newest_at < @Now - @Short and rhythm_ms > 0 and newest_at < @Now - rhythm_ms * @Unusual",
            new { Now = now.ToUnixTimeMilliseconds(), Short = (long)Short.TotalMilliseconds, Unusual }));
}
