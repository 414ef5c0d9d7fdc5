using System.Globalization;
using System.Text.RegularExpressions;

namespace FeedWatch.Parsing;

/// <summary>
/// The dates of feeds: RFC 822 with its many liberties, and ISO 8601. Independent of the machine's culture and time zone;
/// what is not understood is unknown. A date without a zone is read as UTC, since guessing is worse.
/// </summary>
internal static partial class FeedDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly Dictionary<string, int> ZoneMinutes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["WEST"] = 60, ["BST"] = 60, ["IST"] = 330,
        ["CET"] = 60, ["CEST"] = 120, ["MET"] = 60, ["MEST"] = 120, ["EET"] = 120, ["EEST"] = 180, ["MSK"] = 180, ["TRT"] = 180,
        ["EST"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CDT"] = -300, ["MST"] = -420, ["MDT"] = -360, ["PST"] = -480, ["PDT"] = -420,
        ["AEST"] = 600, ["AEDT"] = 660, ["ACST"] = 570, ["ACDT"] = 630, ["AWST"] = 480, ["NZST"] = 720, ["NZDT"] = 780, ["JST"] = 540,
    };

    public static DateTimeOffset? Parse(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > 80) return null;
        return Iso().Match(text) is { Success: true } iso ? From(iso, Number(iso, "mo"))
            : Rfc822().Match(text) is { Success: true } rfc ? From(rfc, Array.IndexOf(Months, rfc.Groups["mon"].Value[..3].ToLowerInvariant()) + 1)
            : null;
    }

    private static DateTimeOffset? From(Match match, int month)
    {
        var year = Number(match, "y");
        if (match.Groups["y"].Length == 2) year += year < 70 ? 2000 : 1900;
        int day = Math.Max(1, Number(match, "d")), hour = Number(match, "h"), minute = Number(match, "mi"), second = Math.Min(Number(match, "s"), 59);
        if (year is < 1970 or > 2200 || month is < 1 or > 12 || day > DateTime.DaysInMonth(year, month) || hour > 24 || minute > 59) return null;
        if (Offset(match.Groups["z"].Value) is not { } offset) return null;

        var wall = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).AddMinutes(minute).AddSeconds(second);
        return new DateTimeOffset(wall, TimeSpan.Zero) - offset;
    }

    private static TimeSpan? Offset(string zone)
    {
        if (zone.Length == 0) return TimeSpan.Zero;
        if (Signed().Match(zone) is { Success: true } match)
        {
            var minutes = Number(match, "h") * 60 + Number(match, "m");
            return minutes > 15 * 60 ? null : TimeSpan.FromMinutes(match.Groups["sign"].Value == "-" ? -minutes : minutes);
        }

        return ZoneMinutes.TryGetValue(zone, out var known) ? TimeSpan.FromMinutes(known) : null;
    }

    private static int Number(Match match, string name) =>
        match.Groups[name] is { Success: true, Length: > 0 } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<y>\d{4})-?(?<mo>\d{2})(?:-?(?<d>\d{2})(?:[T\s]+(?<h>\d{1,2}):?(?<mi>\d{2})(?::?(?<s>\d{2})(?:[.,]\d{1,12})?)?\s*(?<z>Z|UTC|GMT|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})?)?)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?:[\p{L}.]{2,12},?\s+)?(?<d>\d{1,2})(?:\s+|-)(?<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,?\s+|-)(?<y>\d{4}|\d{2})(?:,?\s+(?<h>\d{1,2}):(?<mi>\d{2})(?::(?<s>\d{2})(?:\.\d{1,9})?)?)?\s*(?<z>(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d{2})?|[A-Z]{1,5})?(?:\s*\([^)]{0,40}\))?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Rfc822();

    [GeneratedRegex(@"^(?:GMT|UTC)?(?<sign>[+-])(?<h>\d{1,2}):?(?<m>\d{2})?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Signed();
}
