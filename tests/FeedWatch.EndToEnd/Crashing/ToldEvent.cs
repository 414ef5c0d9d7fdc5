using System.Text.Json;
using FeedWatch.Contracts;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>A line of a file channel, as far as a crash could harm it.</summary>
/// <param name="Type">For example <c>incident.detected</c>.</param>
/// <param name="Link">Of the article that it tells; null where there is none.</param>
/// <param name="Line">As it stands there.</param>
internal sealed record ToldEvent(string Type, Guid Id, Uri? Link, string Line)
{
    /// <summary>All that stands in the file; nothing where there is none yet.</summary>
    public static IReadOnlyList<ToldEvent> In(string file)
    {
        if (!File.Exists(file)) return [];
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.EndsWith('}')).Select(Read)];
    }

    /// <summary>Whether it tells that the case has grown to so many arrests.</summary>
    public bool TellsArrests(int count) =>
        EventJson.Deserialize(Line) is IncidentUpdated updated && updated.Changes.Any(c => c.Figure is { Kind: "arrests" } figure && figure.Value == count);

    private static ToldEvent Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var link = root.TryGetProperty("article", out var article) && article.TryGetProperty("link", out var address) ? address.GetString() : null;
        return new ToldEvent(root.GetProperty("type").GetString()!, root.GetProperty("id").GetGuid(), link is null ? null : new Uri(link), line);
    }
}
