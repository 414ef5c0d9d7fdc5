using Microsoft.Data.Sqlite;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>
/// An SQLite file as the power may leave it: with only the beginning of its write-ahead log (https://sqlite.org/fileformat2.html,
/// "The WAL-Index Format" and "WAL File Format").
/// </summary>
internal sealed class CutLog
{
    private const int Header = 32;
    private const int FrameHeader = 24;

    private readonly string name;
    private readonly byte[] file;
    private readonly byte[] log;

    /// <param name="folder">Where a running process keeps it.</param>
    /// <param name="name">Of the file.</param>
    public CutLog(string folder, string name) =>
        (this.name, file, log) = (name, Read(Path.Combine(folder, name)), Read(Path.Combine(folder, name + "-wal")));

    /// <summary>Bytes of the log.</summary>
    public int Length => log.Length;

    /// <summary>The end of each frame, and a byte before and behind it.</summary>
    public IEnumerable<int> FrameEnds
    {
        get
        {
            var page = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
            for (var end = Header; end <= log.Length; end += FrameHeader + page)
            {
                for (var at = end - 1; at <= Math.Min(end + 1, log.Length); at++) yield return at;
            }
        }
    }

    /// <summary>Lays the file with so many bytes of its log into a folder.</summary>
    public void CutInto(string folder, int length)
    {
        var path = Path.Combine(folder, name);
        File.Delete(path + "-shm");
        File.WriteAllBytes(path, file);
        File.WriteAllBytes(path + "-wal", log.AsSpan(0, length));
    }

    /// <summary>Opens it in a folder.</summary>
    public SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, name)};Pooling=False");
        connection.Open();
        return connection;
    }

    private static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
