using System.IO.Compression;

namespace FeedWatch.Parsing;

/// <summary>Undoes gzip that a server left on a body without saying so, as it does for a file named feed.xml.gz.</summary>
internal static class PackedBody
{
    /// <returns>The body as it is where it is not packed; null where it is larger than allowed, or damaged.</returns>
    public static byte[]? Open(byte[] body, int most)
    {
        if (body is not [0x1F, 0x8B, 8, ..]) return body.Length <= most ? body : null;

        using var unpacked = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            var chunk = new byte[64 * 1024];
            while (gzip.Read(chunk) is > 0 and var read)
            {
                if (unpacked.Length + read > most) return null;
                unpacked.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return unpacked.ToArray();
    }
}
