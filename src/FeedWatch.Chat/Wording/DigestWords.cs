using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>What a digest says of one incident below its title: "12 more outlets; arrests worldwide: 800 → 1,000".</summary>
internal sealed class DigestWords(Words words)
{
    private const int Most = 4;

    private readonly AlertWords alerts = new(words);
    private readonly FigureWords figures = new(words);

    public string Of(DigestIncident incident)
    {
        if (incident.Retracted) return words["digest.withdrawn"];

        var parts = new List<string>();
        if (incident.New) parts.Add(words["digest.new"]);
        if (incident.Outlets > 0) parts.Add(incident.New || incident.MoreOutlets == 0 ? words.Count("digest.outlets", incident.Outlets) : words.Count("digest.more-outlets", incident.MoreOutlets));
        parts.AddRange(incident.New || incident.Changes.Count == 0
            ? figures.Lines(incident.Figures).Take(Most).Select(line => $"{line.Label} {line.Values}")
            : incident.Changes.Take(Most).Select(alerts.Change).Select(change => $"{change.Label} {change.Text}"));
        return string.Join("; ", parts);
    }
}
