using FeedWatch.Chat.Routing;

namespace FeedWatch.Chat.Holding;

/// <summary>The quiet hours of one channel. Asked anew each time, so that a clock that is set, or a zone that changes its, needs no care.</summary>
internal sealed class QuietHours(TimeOnly from, TimeOnly to, TimeZoneInfo zone, bool breakingPasses)
{
    public bool BreakingPasses => breakingPasses;

    /// <summary>Null where the settings ask for none.</summary>
    public static QuietHours? Of(QuietOptions options) =>
        options.From is { } from && options.To is { } to && QuietOptions.TryParse(from, out var begin) && QuietOptions.TryParse(to, out var end) && LocalTime.Zone(options.TimeZone) is { } zone
            ? new QuietHours(begin, end, zone, options.BreakingPasses)
            : null;

    /// <summary>When the quiet hours end that are on now; null where there are none on.</summary>
    public DateTimeOffset? EndAt(DateTimeOffset now)
    {
        var today = LocalTime.Day(zone, now);
        foreach (var day in (DateOnly[])[today.AddDays(-1), today])
        {
            // An hour that comes twice is quiet both times.
            var begin = LocalTime.At(zone, day, from);
            var end = LocalTime.At(zone, to > from ? day : day.AddDays(1), to, last: true);
            if (begin <= now && now < end) return end;
        }

        return null;
    }
}
