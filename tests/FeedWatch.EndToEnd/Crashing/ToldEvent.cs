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

    /// <summary>Whether it tells that the growing case has come to so many arrests.</summary>
    public bool TellsArrests(int count) =>
        Type.StartsWith("incident.", StringComparison.Ordinal) && EventJson.Deserialize(Line) is IncidentEvent incident && incident.Figures.Any(f => f.Kind == "arrests" && f.Value == count);

    /// <summary>What is told, whatever its id: an article, an incident by its first article, or an incident's new facts.</summary>
    public string Fact => EventJson.Deserialize(Line) switch
    {
        IncidentUpdated updated => $"{Type} of {updated.IncidentId}: {string.Join(", ", updated.Changes.Select(c => c.Figure is { } f ? $"{f.Kind} {f.Value}" : $"{c.Kind} {c.Value}").Order(StringComparer.Ordinal))}",
        _ => $"{Type} of {Link}",
    };

    private static ToldEvent Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var link = root.TryGetProperty("article", out var article) && article.TryGetProperty("link", out var address) ? address.GetString() : null;
        return new ToldEvent(root.GetProperty("type").GetString()!, root.GetProperty("id").GetGuid(), link is null ? null : new Uri(link), line);
    }
}
