using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>
/// Forgets articles that were long seen and stand in no feed. Ids are hashes, so that a slice of their space holds a like share
/// of the articles: the table is walked in slices, each in a short transaction of its own, and needs no index by age.
/// </summary>
internal sealed class SeenSweep(Database database, TimeProvider time)
{
    private const int Slices = 4096; // of 20 million articles 5,000 each
    private const int AtOnceWhereNobodyWaits = 64;

    /// <param name="keep">How long an article is remembered after it was first seen, or left the last feed it stood in.</param>
    /// <param name="cancellationToken">Ends the walk between two slices; the next one begins anew.</param>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        var before = ArticleId.Day(time.GetUtcNow() - keep);
        var standing = await Standing.AllAsync(database, cancellationToken);
        var forgotten = 0;
        var step = database.IsShared ? AtOnceWhereNobodyWaits : 1;
        for (var slice = 0; slice < Slices; slice += step)
        {
            var bounds = new { From = Bound(slice), To = Bound(slice + step), Before = before };
            var old = await database.ReadAsync(session => session.QueryAsync<byte[]>("select id from seen where id >= @From and id < @To and day < @Before", bounds), cancellationToken);
            var gone = old.Where(id => !standing.Contains(ArticleId.Of(id))).ToList();
            if (gone.Count == 0) continue;

            // The day is asked again: an article that came to stand in a feed meanwhile was touched.
            forgotten += await database.WriteAsync(
                session => session.ExecuteAsync("delete from seen where id = @Id and day < @Before", gone.Select(id => new { Id = id, Before = before })),
                cancellationToken);
            await Task.Yield(); // polls come in between
        }

        return forgotten;
    }

    // The last one is longer than an id, and so greater than all of them.
    private static byte[] Bound(int slice) => slice < Slices ? [(byte)(slice >> 4), (byte)(slice << 4)] : [.. Enumerable.Repeat(byte.MaxValue, ArticleId.Size + 1)];
}
