namespace FeedWatch.Storage;

/// <summary>
/// The data folder, held by this process alone: two services on one SQLite file would poll everything twice.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <summary>What this user may still write on its disk; null where the system does not say.</summary>
    public long? FreeBytes
    {
        get
        {
            try
            {
                return new DriveInfo(Path).AvailableFreeSpace;
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return null;
            }
        }
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <exception cref="StorageException">The folder cannot be written, or another FeedWatch holds it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var mark = System.IO.Path.Combine(full, "feedwatch.lock");
        try
        {
            Directory.CreateDirectory(full);
            using (System.IO.File.Create(System.IO.Path.Combine(full, $".write-test-{Environment.ProcessId}"), 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data folder {full} cannot be written ({ex.Message}). Give this user the right to write there, or name another folder with --data.", ex);
        }

        try
        {
            return new DataFolder(full, new FileStream(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException ex)
        {
            throw new StorageException($"{mark} cannot be written ({ex.Message}). It seems to be another user's: run FeedWatch, and every command that looks into its data, as the same user.", ex);
        }
        catch (IOException ex)
        {
            throw new StorageException($"Another FeedWatch uses the data folder {full}. Stop it, or name another folder with --data.", ex);
        }
    }

    /// <summary>For a command that throws away in the end what it writes.</summary>
    /// <param name="name">Of the command.</param>
    /// <exception cref="StorageException">There is nowhere to write.</exception>
    public static DirectoryInfo Passing(string name)
    {
        try
        {
            return Directory.CreateTempSubdirectory($"feedwatch-{name}-");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"This needs a folder for what it throws away in the end, and {System.IO.Path.GetTempPath()} cannot be written ({ex.Message}). Name another one in TMPDIR, or give a container one (--tmpfs /tmp).", ex);
        }
    }

    public void Dispose() => held.Dispose();
}

/// <summary>The store cannot be used; the message says why and what to do.</summary>
internal class StorageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database does not answer, or not yet; the settings may be right.</summary>
internal sealed class StorageUnreachableException(string message, Exception inner) : StorageException(message, inner);
