using System.IO.Compression;
using FeedWatch.Chat.Keeping;
using FeedWatch.Sources.Lists;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Commands.Keeping;

/// <summary>
/// Copies a data folder that is in use. The order is the promise: <c>feedwatch.db</c> first, <c>chat.db</c> after it. An event that the
/// first copy still holds as unsent, and one of an article that it does not know yet, is told again after a restore under the same
/// id, and the later ledger knows that id: it is posted no second time, and what the ledger holds as unposted is posted. The other
/// way round the older ledger would miss events that the database holds as sent, which nobody would ever hear of.
/// </summary>
internal sealed class Backup(string folder)
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite; // feed addresses may hold secrets
    private static readonly byte[] ZipMark = "PK"u8.ToArray();
    private readonly string botLedger = Path.Combine(BotCommand.Folder, LedgerCopy.Name);

    /// <param name="path">Absolute; written whole or not at all.</param>
    /// <param name="replace">Whether an earlier backup may be there.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <returns>The names of what it holds.</returns>
    /// <exception cref="BadInputException">There is nothing to back up, or the file is there already or cannot be written.</exception>
    /// <exception cref="StorageException">A database is damaged, or not of this version.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string path, bool replace, CancellationToken cancellationToken)
    {
        RefuseTarget(path, replace);
        var beside = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            MakeOwn(beside);
            var names = Copy(beside);
            var zip = Path.Combine(beside, "zip");
            await ZipAsync(beside, names, zip, cancellationToken);
            File.Move(zip, path, overwrite: replace);
            return names;
        }
        catch (SqliteException ex) when (SqliteFault.IsDamage(ex))
        {
            throw new StorageException($"{Path.Combine(folder, SqliteDatabase.FileName)} is damaged ({ex.Message}). No backup was written. {SqliteFault.Remedy(ex)}", ex);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new BadInputException($"{path} cannot be written: {ex.Message} No backup was made.");
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    private static void RefuseTarget(string path, bool replace)
    {
        if (Directory.Exists(path)) throw new BadInputException($"{path} is a folder; name a file.");
        if (!File.Exists(path)) return;
        if (!replace) throw new BadInputException($"{path} is there already and was left as it is. Name another file, or replace it with --force.");
        using var file = File.OpenRead(path);
        Span<byte> mark = stackalloc byte[2];
        if (file.Length > 0 && (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual(ZipMark)))
            throw new BadInputException($"{path} is no backup and was left as it is, with --force too. Name another file.");
    }

    private List<string> Copy(string into)
    {
        var names = new List<string>();
        if (!DatabaseCopy.Take(folder, Path.Combine(into, SqliteDatabase.FileName))) throw new BadInputException($"There is no {SqliteDatabase.FileName} in {folder}. Name the data folder of the service with --data.");
        names.Add(SqliteDatabase.FileName);

        foreach (var name in new[] { LedgerCopy.Name, botLedger })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(into, name))!);
            if (LedgerCopy.Take(Path.GetDirectoryName(Path.Combine(folder, name))!, Path.Combine(into, name))) names.Add(name);
        }

        foreach (var name in names) DatabaseCopy.Check(Path.Combine(into, name), Path.Combine(folder, name));
        var added = new FeedLists(null, folder).Added;
        if (!File.Exists(added)) return names;
        File.Copy(added, Path.Combine(into, Path.GetFileName(added)));
        names.Add(Path.GetFileName(added));
        return names;
    }

    private static async Task ZipAsync(string from, IReadOnlyList<string> names, string zip, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mine;
        await using var file = new FileStream(zip, options);
        await using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                var entry = archive.CreateEntry(name.Replace(Path.DirectorySeparatorChar, '/'), CompressionLevel.Fastest);
                if (!OperatingSystem.IsWindows()) entry.ExternalAttributes = (0x8000 | (int)Mine) << 16; // a regular file, as unzip reads it
                await using var content = await entry.OpenAsync(cancellationToken);
                await using var copy = File.OpenRead(Path.Combine(from, name));
                await copy.CopyToAsync(content, cancellationToken);
            }
        }

        file.Flush(flushToDisk: true); // before the rename, or a power cut could leave the name without its content
    }

    private static void MakeOwn(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, Mine | UnixFileMode.UserExecute);
    }
}
