using System.Globalization;
using FeedWatch.Chat.Routing;

namespace FeedWatch.Chat.Holding;

/// <summary>Hours in which nothing is posted to a channel. What comes meanwhile waits, and is posted in order when they end, several updates of an incident as one.</summary>
public sealed class QuietOptions
{
    /// <summary>When they begin, by the clocks of <see cref="TimeZone"/>, for example <c>23:00</c>; there are none where it is not set.</summary>
    public string? From { get; set; }

    /// <summary>When they end, for example <c>07:00</c>; on the next day where that is earlier than <see cref="From"/>.</summary>
    public string? To { get; set; }

    /// <summary>An IANA name (<c>Europe/Amsterdam</c>) or one of Windows' (<c>W. Europe Standard Time</c>).</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether the news that an incident is breaking is posted all the same, once; its later updates wait.</summary>
    public bool BreakingPasses { get; set; } = true;

    internal static bool TryParse(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>One line for each fault.</summary>
    internal IEnumerable<string> Faults(string setting)
    {
        if (From is null != To is null) yield return $"{setting}:{(From is null ? nameof(From) : nameof(To))} is missing; quiet hours need both, for example 23:00 and 07:00.";
        if (From is not null && !TryParse(From, out _)) yield return $"{setting}:From '{From}' is no time of day; write for example 23:00.";
        if (To is not null && !TryParse(To, out _)) yield return $"{setting}:To '{To}' is no time of day; write for example 07:00.";
        if (From is not null && To is not null && TryParse(From, out var from) && TryParse(To, out var to) && from == to)
            yield return $"{setting}:To is the same as :From, so that the channel would always be quiet; take it out of the routes instead.";
        if (LocalTime.Zone(TimeZone) is null) yield return $"{setting}:TimeZone '{TimeZone}' {LocalTime.Unknown}";
    }
}
