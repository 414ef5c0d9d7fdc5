using System.Globalization;
using System.Text.RegularExpressions;

namespace FeedWatch.Parsing.Dates;

/// <summary>The rarer days of ISO 8601: week dates (2021-W23-2), ordinal days (2021-159) and a year or month alone.</summary>
internal static partial class WeekDate
{
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        // Almost every date of a feed is longer than these, or has no W in fifth or sixth place.
        if (text.Length > 10 || !Form().IsMatch(text)) return null;

        var match = Form().Match(text.ToString());
        var year = Number(match, "year");
        if (year is < 1970 or > 2100) return null;
        if (match.Groups["ordinal"].Success)
        {
            var ordinal = Number(match, "ordinal");
            return ordinal is >= 1 and <= 366 ? Utc(new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(ordinal - 1)) : null;
        }

        if (match.Groups["week"].Success)
        {
            int week = Number(match, "week"), day = match.Groups["day"].Success ? Number(match, "day") : 1;
            return week >= 1 && week <= ISOWeek.GetWeeksInYear(year) ? Utc(ISOWeek.ToDateTime(year, week, (DayOfWeek)(day % 7))) : null;
        }

        var month = match.Groups["month"].Success ? Number(match, "month") : 1;
        return month is >= 1 and <= 12 ? Utc(new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc)) : null;
    }

    private static DateTimeOffset Utc(DateTime day) => new(day.Ticks, TimeSpan.Zero);

    private static int Number(Match match, string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<year>\d{4})(?:-(?<month>\d{2})|-?(?<ordinal>\d{3})|-?W(?<week>\d{2})(?:-?(?<day>[1-7]))?)?Z?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
