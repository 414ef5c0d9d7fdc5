using System.Diagnostics;
using System.Security.Cryptography;

namespace FeedWatch.Sources.Lists;

/// <summary>
/// Makes edits of one list wait for each other, also those of other processes: each reads the list, changes it and writes it back, and
/// of two at once one would be lost. A file beside the list, held by its lock and gone with it.
/// </summary>
internal sealed class ListLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly string path;
    private readonly FileStream held;

    private ListLock(string path, FileStream held) => (this.path, this.held) = (path, held);

    /// <exception cref="FeedListException">Another edit takes very long, or the folder cannot be written.</exception>
    public static ListLock Take(string list)
    {
        var path = Path.Combine(Path.GetDirectoryName(list)!, $".{Path.GetFileName(list)}.lock");
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(list)!);
                if (TryTake(path) is { } taken) return taken;
            }
            catch (UnauthorizedAccessException ex) when (!OperatingSystem.IsWindows()) // there it is a file that is being deleted
            {
                throw new FeedListException($"{list} cannot be written: {ex.Message} Nothing was changed.");
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                if (Stopwatch.GetElapsedTime(began) > Patience) throw new FeedListException($"{list} cannot be edited: another edit holds {path}, or it cannot be made ({ex.Message}). Nothing was changed.");
            }

            Thread.Sleep(Between);
        }
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows()) File.Delete(path); // while it is held, so that nobody else can hold what is deleted
        held.Dispose();
    }

    private static ListLock? TryTake(string path)
    {
        var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, options);
        if (OperatingSystem.IsWindows() || IsStillAt(path, held)) return new ListLock(path, held);
        held.Dispose();
        return null;
    }

    // Between opening and locking it, the holder before may have deleted it: then the next one locks another file of this name. They are told
    // apart by their length, which is asked without opening: .NET locks whatever it opens.
    private static bool IsStillAt(string path, FileStream held)
    {
        held.SetLength(RandomNumberGenerator.GetInt32(1, 1024 * 1024));
        return new FileInfo(path) is { Exists: true } there && there.Length == held.Length;
    }
}
