using System.Globalization;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Wording;

/// <summary>What a digest says of one incident below its title: "12 more outlets · arrests worldwide: 800 → 1,000".</summary>
internal static class DigestWords
{
    private const int Most = 4;

    public static string Of(DigestIncident incident)
    {
        if (incident.Retracted) return "withdrawn: what was told of it was wrong";

        var words = new List<string>();
        if (incident.New) words.Add("new");
        if (incident.Outlets > 0) words.Add(incident.New || incident.MoreOutlets == 0 ? Count(incident.Outlets, "outlet") : Count(incident.MoreOutlets, "more outlet"));
        words.AddRange(incident.New || incident.Changes.Count == 0
            ? FigureWords.Lines(incident.Figures).Take(Most).Select(line => $"{line.Label} {line.Values}")
            : incident.Changes.Take(Most).Select(AlertWords.Change).Select(change => $"{change.Label} {change.Text}"));
        return string.Join("; ", words);
    }

    private static string Count(int many, string what) => string.Create(CultureInfo.InvariantCulture, $"{many:#,0} {what}{(many == 1 ? "" : "s")}");
}
