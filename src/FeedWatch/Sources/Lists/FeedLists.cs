namespace FeedWatch.Sources.Lists;

/// <summary>
/// The feeds in use and where an edit of them goes. A YAML list of the user's own is edited itself. A list that is OPML, read-only
/// or the starter list is left alone: additions, and feeds switched off, then stand in <c>added-feeds.yaml</c> in the data folder,
/// which is read after the list and wins.
/// </summary>
internal sealed class FeedLists(string? named, string dataFolder)
{
    private const string AddedName = "added-feeds.yaml";

    /// <summary>The list that the settings name, else the starter list.</summary>
    public string File { get; } = new FeedOptions { File = named }.Effective;

    public string Added { get; } = Path.GetFullPath(Path.Combine(dataFolder, AddedName));

    private bool IsStarter => string.IsNullOrEmpty(named);

    private bool AddedIsTheList => Path.GetFullPath(File) == Added;

    /// <summary>Every feed of the list, in its order, then those added.</summary>
    /// <exception cref="FeedListException">A line for each fault; nothing is used then.</exception>
    public IReadOnlyList<ListedFeed> Read() => Merged(FeedList.Read(File), ReadAdded());

    /// <summary>The same where the list may yet be empty or not be there.</summary>
    /// <exception cref="FeedListException">A line for each fault.</exception>
    public IReadOnlyList<ListedFeed> ReadForEdit() => Merged(ListFile.Read(File), ReadAdded());

    /// <summary>Where new feeds are written, and why not to the list itself; null where it is the list.</summary>
    public (string Path, string? Instead) Target()
    {
        if (IsStarter) return (Added, "the starter list comes with FeedWatch and is replaced when FeedWatch is");
        if (System.IO.File.Exists(File) && FeedList.LooksLikeXml(FeedList.Text(File))) return (Added, $"{File} is OPML, which FeedWatch reads and does not write");
        return ListFile.IsReadOnly(File) ? (Added, $"{File} is read-only") : (File, null);
    }

    /// <summary>The file in which a listed feed stands.</summary>
    public string Holding(ListedFeed feed) => ListFile.Holds(Added, feed) ? Added : File;

    /// <returns>Where they stand now, and why not in the list itself.</returns>
    public string Add(IReadOnlyList<ListedFeed> feeds)
    {
        var (path, instead) = Target();
        ListFile.Add(path, feeds);
        return instead is null ? path : $"{path} ({instead})";
    }

    /// <returns>What was done, in one line.</returns>
    /// <exception cref="FeedListException">It is the only feed: a list without feeds would be refused.</exception>
    public string Remove(ListedFeed feed)
    {
        if (ReadForEdit() is { Count: 1 }) throw new FeedListException($"{feed.Name} is the only feed of {File}, and a list without feeds is refused. Add another one first, or disable it.");
        var (target, instead) = Target();
        if (instead is not null && ListFile.Holds(File, feed))
        {
            SetEnabled(feed, enabled: false);
            return $"{feed.Name} is switched off in {target}; it still stands in the list ({instead}).";
        }

        if (!AddedIsTheList && ListFile.Holds(Added, feed)) ListFile.Remove(Added, feed);
        if (ListFile.Holds(File, feed)) ListFile.Remove(File, feed);
        return $"{feed.Name} ({feed.Url}) is removed.";
    }

    /// <returns>The file that says so now.</returns>
    public string SetEnabled(ListedFeed feed, bool enabled)
    {
        var (target, instead) = Target();
        var path = Holding(feed) == Added ? Added : target;
        if (instead is not null && !ListFile.Holds(path, feed)) ListFile.Add(path, [feed with { Enabled = enabled }]);
        else ListFile.SetEnabled(path, feed, enabled);
        return path;
    }

    /// <summary>What is different when anything in the lists was edited.</summary>
    public string State() => $"{ListFile.State(File)} {ListFile.State(Added)}";

    private IReadOnlyList<ListedFeed> ReadAdded() => AddedIsTheList ? [] : ListFile.Read(Added);

    private static List<ListedFeed> Merged(IReadOnlyList<ListedFeed> list, IReadOnlyList<ListedFeed> added)
    {
        var byId = added.ToDictionary(f => f.Id);
        var merged = list.Select(f => byId.Remove(f.Id, out var own) ? own : f).ToList();
        merged.AddRange(added.Where(f => byId.ContainsKey(f.Id)));
        return merged;
    }
}
