using System.Globalization;
using System.Text;
using FeedWatch.Parsing;

namespace FeedWatch.Demo;

/// <summary>What the demo says before and after.</summary>
internal static class DemoWords
{
    public static string Beginning(DemoTimeline timeline) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        FeedWatch demo: {timeline.Length.TotalSeconds:0} seconds of a made-up news day. {timeline.Feeds.Count} invented outlets in {timeline.Feeds.Select(f => f.Language).Distinct().Count()} languages are
        served from inside this program and polled every second; nothing leaves your machine.

        """);

    public static string Known(string page) => $"What is known of it now, as `feedwatch incidents show` prints it:\n\n{page}";

    public static string Ending(DemoTimeline timeline, IReadOnlyList<DemoItem> alerted)
    {
        var outlets = timeline.Feeds.ToDictionary(f => f.Id, f => f.Name, StringComparer.Ordinal);
        var words = new StringBuilder();
        words.AppendLine(CultureInfo.InvariantCulture, $"That was the demo: {timeline.Items.Count} articles were read, {alerted.Count} of them were about a takedown.");
        words.AppendLine("They became one alert for each incident; new facts came as an update, not as another alert. What turned out to be one was merged, what");
        words.AppendLine("turned out to be two was split when the report of it came late, and a hoax was taken back.");
        words.AppendLine();
        words.AppendLine("Left alone, though a keyword filter would have called:");
        foreach (var item in timeline.Items.Except(alerted).Where(i => i.Note.Length > 0).Take(8))
        {
            words.AppendLine(CultureInfo.InvariantCulture, $"  · {HtmlText.Plain(item.Title)} ({outlets[item.Feed]})");
            words.AppendLine(CultureInfo.InvariantCulture, $"    {item.Note}");
        }

        var more = timeline.Items.Except(alerted).Count() - 8;
        if (more > 0) words.AppendLine(CultureInfo.InvariantCulture, $"  … and {more} more.");
        words.AppendLine();
        words.AppendLine("What to try next:");
        words.AppendLine("  dotnet run --project src/FeedWatch                                 watch the real feeds of the starter list");
        words.AppendLine("  dotnet run --project src/FeedWatch -- --feeds mine.yaml --once     poll your own list once (OPML works too)");
        words.AppendLine("  dotnet run --project src/FeedWatch -- explain article.txt          why an article would, or would not, alert");
        return words.ToString();
    }
}
