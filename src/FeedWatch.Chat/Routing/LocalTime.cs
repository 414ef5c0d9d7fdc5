namespace FeedWatch.Chat.Routing;

/// <summary>A time on somebody's wall as a moment of the world, on days too on which the clocks are changed.</summary>
public static class LocalTime
{
    /// <summary>What to say behind a name that no zone has.</summary>
    public static string Unknown => Zone("Europe/London") is null
        ? "is unknown, and so is every other: this machine has no time-zone data. Install tzdata, or write UTC."
        : "is unknown; write for example Europe/Amsterdam.";

    /// <summary>A zone by its IANA name (<c>Europe/Amsterdam</c>) or Windows' own (<c>W. Europe Standard Time</c>); null where there is none.</summary>
    public static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name.Trim(), out var zone) ? zone : null;

    /// <summary>
    /// When the clocks of a zone show a time. One that they show twice, as they are put back, is its <paramref name="last"/> or its first time;
    /// one that they skip is the moment at which they do.
    /// </summary>
    public static DateTimeOffset At(TimeZoneInfo zone, DateOnly day, TimeOnly time, bool last = false)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local)) local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local)
            ? last ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The day that it is in a zone.</summary>
    public static DateOnly Day(TimeZoneInfo zone, DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}
