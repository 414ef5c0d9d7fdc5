using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Chat.Storing;

/// <summary>
/// The copy that an upgrade makes of a SQLite file before it changes it: <c>feedwatch.db.before-1.2.0</c> beside <c>feedwatch.db</c>, named
/// after the version that brought it up to date. The last one is kept, for whoever wants to go back.
/// </summary>
public static class CopyBefore
{
    private const string Mark = ".before-";
    private const string Unfinished = ".part";
    private const string Sound = "ok";
    private const int Full = 13; // https://sqlite.org/rescode.html

    private static readonly string Version =
        typeof(CopyBefore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0";

    /// <summary>Copies and checks it, whole or not at all. An earlier copy by the same version is replaced: the file is still, or again, as it was before the upgrade.</summary>
    /// <param name="connection">To the file, which is not changed.</param>
    /// <param name="path">The file.</param>
    /// <returns>The path of the copy.</returns>
    /// <exception cref="IOException">The copy cannot be written, or the file is damaged; the message says what to do.</exception>
    public static string Take(SqliteConnection connection, string path)
    {
        var copy = $"{path}{Mark}{Version}";
        var unfinished = copy + Unfinished;
        try
        {
            Remove(unfinished); // with the journal of one that was cut off
            Begin(unfinished, path);
            using (var target = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = unfinished, Pooling = false }.ToString()))
            {
                target.Open();
                connection.BackupDatabase(target);
                if (target.Query<string>("pragma quick_check(1)").FirstOrDefault() is not Sound and var fault)
                    throw new IOException($"{path} is damaged ({fault?.ReplaceLineEndings(" ")}) and was not brought up to date. Put back a backup, or move the file away to begin anew.");
                target.Execute("pragma journal_mode = delete"); // one file, with nothing beside it
            }

            File.Move(unfinished, copy, overwrite: true);
            return copy;
        }
        catch (Exception ex) when (ex is SqliteException or UnauthorizedAccessException)
        {
            Remove(unfinished);
            var remedy = ex is SqliteException { SqliteErrorCode: Full } ? string.Create(CultureInfo.InvariantCulture, $"Free {Megabytes(path)} MB on its disk") : "Give this user the right to write there, and see whether the disk is broken";
            throw new IOException($"{path} is of an older FeedWatch and was not brought up to date: the copy that is made before that, {copy}, cannot be written ({ex.Message}). {remedy}, then start again.", ex);
        }
        catch
        {
            Remove(unfinished);
            throw;
        }
    }

    /// <summary>The latest copy of the file; null where there is none.</summary>
    public static string? Find(string path) => All(path).Where(c => !c.Contains(Unfinished, StringComparison.Ordinal)).MaxBy(File.GetLastWriteTimeUtc);

    /// <summary>Leaves none but the given one. After the upgrade: until then an earlier one may be all that there is.</summary>
    public static void KeepOnly(string copy, string path)
    {
        foreach (var other in All(path).Where(c => c != copy)) Remove(other);
    }

    private static IEnumerable<string> All(string path) => Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{Path.GetFileName(path)}{Mark}*");

    // As readable as the file itself, which holds addresses that may be secrets.
    private static void Begin(string unfinished, string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = File.GetUnixFileMode(path);
        using (new FileStream(unfinished, options)) { }
    }

    private static long Megabytes(string path) => 1 + ((new FileInfo(path).Length + (File.Exists(path + "-wal") ? new FileInfo(path + "-wal").Length : 0)) / 1_000_000);

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
            File.Delete(file + "-journal");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // it costs room and nothing else; the next upgrade tries again
        }
    }
}
