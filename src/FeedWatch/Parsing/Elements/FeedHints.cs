using System.Globalization;
using System.Xml.Linq;
using FeedWatch.Sources;

namespace FeedWatch.Parsing.Elements;

/// <summary>What a feed says about how often to ask: RSS 2.0 ttl, skipHours and skipDays, and the syndication module of RSS 1.0.</summary>
internal static class FeedHints
{
    private const int AllHours = (1 << 24) - 1;
    private const int AllDays = (1 << 7) - 1;

    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(24);

    public static PollHints Of(XElement channel)
    {
        TimeSpan gap = TimeSpan.Zero, period = TimeSpan.Zero;
        int frequency = 1, hours = 0, days = 0;
        foreach (var element in channel.Elements())
        {
            switch (element.Name.LocalName.ToLowerInvariant())
            {
                case "ttl" when Number(element) is > 0 and var minutes:
                    gap = TimeSpan.FromMinutes(Math.Min(minutes, LongestGap.TotalMinutes));
                    break;
                case "updateperiod":
                    period = Period(element.Value.Trim());
                    break;
                case "updatefrequency" when Number(element) is > 0 and var times:
                    frequency = times;
                    break;
                case "skiphours":
                    hours = Bits(element, e => Number(e) is { } hour and >= 0 and <= 24 ? hour % 24 : null);
                    break;
                case "skipdays":
                    days = Bits(element, e => Enum.TryParse<DayOfWeek>(e.Value.Trim(), ignoreCase: true, out var day) && Enum.IsDefined(day) ? (int)day : null);
                    break;
            }
        }

        if (gap == TimeSpan.Zero) gap = period / frequency;
        return new PollHints(gap < LongestGap ? gap : LongestGap, hours == AllHours ? 0 : hours, days == AllDays ? 0 : days);
    }

    private static int? Number(XElement element) =>
        int.TryParse(element.Value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan Period(string name) => name.ToLowerInvariant() switch
    {
        "hourly" => TimeSpan.FromHours(1),
        "daily" => TimeSpan.FromDays(1),
        "weekly" => TimeSpan.FromDays(7),
        "monthly" => TimeSpan.FromDays(30),
        "yearly" => TimeSpan.FromDays(365),
        _ => TimeSpan.Zero,
    };

    private static int Bits(XElement list, Func<XElement, int?> bit) =>
        list.Elements().Select(bit).Aggregate(0, (bits, one) => one is { } n ? bits | (1 << n) : bits);
}
