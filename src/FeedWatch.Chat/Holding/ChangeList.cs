using FeedWatch.Contracts;

namespace FeedWatch.Chat.Holding;

/// <summary>What changed in several updates of one incident, as one list: each thing once, from what it was to what it is.</summary>
public static class ChangeList
{
    /// <param name="updates">Their changes, oldest first.</param>
    public static IReadOnlyList<Change> Joined(IEnumerable<IReadOnlyList<Change>> updates)
    {
        ArgumentNullException.ThrowIfNull(updates);
        var changes = new List<Change>();
        foreach (var change in updates.SelectMany(u => u))
        {
            var place = changes.FindIndex(c => KeyOf(c) == KeyOf(change));
            if (place < 0) changes.Add(change);
            else changes[place] = change with { Before = changes[place].Before };
        }

        changes.RemoveAll(c => c.Figure is { } figure && c.Before == figure.Value); // it went back to what was told
        return changes;
    }

    private static string KeyOf(Change change) => change.Figure is { } f ? $"{change.Kind}|{f.Kind}|{f.Unit}|{f.Scope}|{f.What}" : $"{change.Kind}|{change.Value}";
}
