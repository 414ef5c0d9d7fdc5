using System.ComponentModel;
using System.Diagnostics;

namespace FeedWatch.Sources.Lists;

/// <summary>One YAML list on disk. Every edit is read back before it is written, and written whole or not at all.</summary>
internal static class ListFile
{
    private const UnixFileMode AnyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Its feeds; none where there is no such file.</summary>
    public static IReadOnlyList<ListedFeed> Read(string path)
    {
        if (!File.Exists(path)) return [];
        var faults = new List<string>();
        var feeds = FeedList.Parse(path, FeedList.Text(path), faults);
        return faults.Count == 0 ? [.. feeds.Select(f => f.Feed)] : throw new FeedListException(faults);
    }

    public static bool Holds(string path, ListedFeed feed) => Read(path).Any(f => f.Id == feed.Id);

    public static string State(string path) => new FileInfo(path) is { Exists: true } file ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "";

    /// <summary>Whether its owner, or the system, means it to stay as it is.</summary>
    public static bool IsReadOnly(string path)
    {
        if (!File.Exists(path)) return false;
        if (new FileInfo(path).IsReadOnly || (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & AnyWrite) == 0)) return true;
        try
        {
            using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)) return false;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public static void Add(string path, IReadOnlyList<ListedFeed> feeds) =>
        Edit(
            path,
            text => YamlFeedEdit.Add(path, text, feeds),
            before => before.FirstOrDefault(b => feeds.Any(f => f.Id == b.Id)) is { } twin
                ? throw new FeedListException($"{twin.Url} is in {path} already, as '{twin.Name}': somebody added it just now. Nothing was changed.")
                : [.. before, .. feeds]);

    public static void Remove(string path, ListedFeed feed) =>
        Edit(path, text => YamlFeedEdit.Remove(path, text, feed.Url), before => [.. before.Where(f => f.Id != feed.Id)]);

    public static void SetEnabled(string path, ListedFeed feed, bool enabled) =>
        Edit(path, text => YamlFeedEdit.SetEnabled(text, feed.Url, enabled), before => [.. before.Select(f => f.Id == feed.Id ? f with { Enabled = enabled } : f)]);

    private static void Edit(string path, Func<string, string> edit, Func<IReadOnlyList<ListedFeed>, IReadOnlyList<ListedFeed>> meant)
    {
        var real = Real(path);
        using var alone = ListLock.Take(real);
        var before = Read(path);
        var wanted = meant(before);
        var text = edit(File.Exists(path) ? FeedList.Text(path) : "");
        var faults = new List<string>();
        var after = FeedList.Parse(path, text, faults);
        if (faults.Count > 0 || !after.Select(f => f.Feed).SequenceEqual(wanted))
            throw new FeedListException($"{path} is written in a way that this edit would damage; nothing was changed. Edit it by hand.");
        Write(path, real, text);
    }

    // A link stays a link; what it leads to is replaced.
    private static string Real(string path) =>
        (File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    private static void Write(string path, string real, string text)
    {
        try
        {
            var folder = Path.GetDirectoryName(real)!;
            Directory.CreateDirectory(folder);
            var beside = Path.Combine(folder, $".{Path.GetFileName(real)}.{Environment.ProcessId}.tmp");
            File.WriteAllText(beside, text);
            if (!OperatingSystem.IsWindows() && File.Exists(real)) File.SetUnixFileMode(beside, File.GetUnixFileMode(real));
            KeepOwner(real, beside);
            Replace(beside, real, text);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new FeedListException($"{path} cannot be written: {ex.Message} Nothing was changed.");
        }
    }

    // Root edits a list that the service, under its own user, must still be able to read. Not every system has the command.
    private static void KeepOwner(string real, string beside)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || !File.Exists(real)) return;
        try
        {
            using var chown = Process.Start("chown", [$"--reference={real}", "--", beside]);
            chown.WaitForExit();
        }
        catch (Win32Exception)
        {
            // no such command
        }
    }

    private static void Replace(string beside, string real, string text)
    {
        try
        {
            File.Move(beside, real, overwrite: true);
        }
        catch (IOException)
        {
            // A file that is mounted into a container by itself cannot be replaced, only written.
            File.Delete(beside);
            File.WriteAllText(real, text);
        }
    }
}
