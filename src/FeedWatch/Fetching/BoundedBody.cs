using System.Buffers;

namespace FeedWatch.Fetching;

/// <summary>
/// Reads a body of unknown length into one array, or refuses it, without the memory that a hostile one would cost: what is longer
/// than a feed should be waits in a temporary file until it is known to be short enough.
/// </summary>
internal static class BoundedBody
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>Hardly any feed is longer. Sixty-four at once may hold this much each.</summary>
    private const int InMemory = 1024 * 1024;

    /// <returns>The body, or null where it is longer than <paramref name="limit"/> bytes.</returns>
    public static async Task<byte[]?> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var length = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0) return buffer.AsSpan(0, length).ToArray();
                length += read;
                if (length > limit) return null;
                if (length < buffer.Length) continue;
                if (length >= InMemory && TemporaryFile() is { } file) return await ReadOnAsync(stream, buffer, length, file, limit, cancellationToken);
                buffer = Grown(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<byte[]?> ReadOnAsync(Stream stream, byte[] buffer, int length, FileStream file, int limit, CancellationToken cancellationToken)
    {
        await using (file)
        {
            await file.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                length += read;
                if (length > limit) return null;
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            var body = GC.AllocateUninitializedArray<byte>(length);
            file.Position = 0;
            await file.ReadExactlyAsync(body, cancellationToken);
            return body;
        }
    }

    /// <returns>Null where there is no place for it; memory must do then.</returns>
    private static FileStream? TemporaryFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(Path.Combine(Path.GetTempPath(), $"feedwatch-{Path.GetRandomFileName()}"), options);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] Grown(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
