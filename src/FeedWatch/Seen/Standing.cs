using System.Buffers.Binary;
using FeedWatch.Storage;

namespace FeedWatch.Seen;

/// <summary>
/// Which articles stood in each feed when it was last read, and what they said: 32 bytes an article, one row a feed, written only
/// when something came or changed.
/// </summary>
internal static class Standing
{
    private const int FeedsAtOnce = 500;

    public static async Task<Stood> ReadAsync(Session session, Guid feed)
    {
        var standing = new Dictionary<Guid, Mark>();
        if (await session.FindAsync<Row>("select feed_id as FeedId, ids, marks from standing where feed_id = @Feed", new { Feed = feed }) is not { } row) return new Stood(standing, IsMarked: true);
        for (int i = 0, at = 0; at + ArticleId.Size <= row.Ids.Length; i++, at += ArticleId.Size)
            standing[ArticleId.Of(row.Ids.AsSpan(at, ArticleId.Size))] = row.Marks is null ? default : Mark.Read(row.Marks.AsSpan(i * Mark.Size, Mark.Size));
        return new Stood(standing, row.Marks is not null);
    }

    public static Task WriteAsync(Session session, Guid feed, IReadOnlyDictionary<Guid, Mark> standing)
    {
        var (ids, marks) = (new byte[standing.Count * ArticleId.Size], new byte[standing.Count * Mark.Size]);
        var at = 0;
        foreach (var (id, mark) in standing)
        {
            id.TryWriteBytes(ids.AsSpan(at * ArticleId.Size), bigEndian: true, out _);
            mark.Write(marks.AsSpan(at++ * Mark.Size));
        }

        return session.ExecuteAsync(
            "insert into standing (feed_id, ids, marks) values (@Feed, @Ids, @Marks) on conflict (feed_id) do update set ids = excluded.ids, marks = excluded.marks",
            new { Feed = feed, Ids = ids, Marks = marks });
    }

    /// <summary>What stands in any feed: about 5 MB for 10,000 feeds of 30.</summary>
    public static async Task<HashSet<Guid>> AllAsync(Database database, CancellationToken cancellationToken)
    {
        var standing = new HashSet<Guid>();
        var last = Guid.Empty;
        while (true)
        {
            var rows = await database.ReadAsync(
                session => session.QueryAsync<Row>("select feed_id as FeedId, ids from standing where feed_id > @Last order by feed_id limit @Most", new { Last = last, Most = FeedsAtOnce }),
                cancellationToken);
            foreach (var ids in rows.Select(r => r.Ids))
            {
                for (var at = 0; at + ArticleId.Size <= ids.Length; at += ArticleId.Size) standing.Add(ArticleId.Of(ids.AsSpan(at, ArticleId.Size)));
            }

            if (rows.Count < FeedsAtOnce) return standing;
            last = rows[^1].FeedId;
        }
    }

    private sealed class Row
    {
        public Guid FeedId { get; init; }
        public byte[] Ids { get; init; } = [];
        public byte[]? Marks { get; init; }
    }
}

/// <param name="Articles">What stood in the feed, by id.</param>
/// <param name="IsMarked">False where a version wrote it that did not know yet what the articles said.</param>
internal sealed record Stood(IReadOnlyDictionary<Guid, Mark> Articles, bool IsMarked);

/// <summary>What an article said when it was last read.</summary>
/// <param name="Text">To the letter; <see cref="PassedOver"/> where nobody wants to know of its edits.</param>
/// <param name="Print">Its letters and date, by which it is known under another address; 0 where they say too little.</param>
internal readonly record struct Mark(long Text, long Print)
{
    public const int Size = 16;

    /// <summary>The text of an article that was too old to be told when it came: its edits are no news either.</summary>
    public const long PassedOver = 0;

    public static Mark Read(ReadOnlySpan<byte> from) => new(BinaryPrimitives.ReadInt64LittleEndian(from), BinaryPrimitives.ReadInt64LittleEndian(from[8..]));

    public void Write(Span<byte> into)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into, Text);
        BinaryPrimitives.WriteInt64LittleEndian(into[8..], Print);
    }
}

/// <summary>An article's id as it is stored: the bytes in the order of its text.</summary>
internal static class ArticleId
{
    public const int Size = 16;

    public static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Of(byte[] bytes) => Of(bytes.AsSpan());

    public static Guid Of(ReadOnlySpan<byte> bytes) => new(bytes, bigEndian: true);

    public static int Day(DateTimeOffset time) => (int)(time.ToUnixTimeMilliseconds() / 86_400_000);
}
