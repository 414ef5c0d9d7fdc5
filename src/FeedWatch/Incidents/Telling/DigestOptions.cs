using System.Globalization;
using System.Text.RegularExpressions;
using FeedWatch.Chat.Routing;
using Microsoft.Extensions.Options;

namespace FeedWatch.Incidents.Telling;

internal enum DigestPeriod
{
    Daily,
    Weekly,
}

/// <summary>One digest: when what happened is told in one message.</summary>
internal sealed class DigestOptions
{
    /// <summary>What routes and bots know it by, lower case letters, digits and hyphens; <c>daily</c> or <c>weekly</c> where it is left out.</summary>
    public string Name { get; set; } = "";

    public DigestPeriod Period { get; set; } = DigestPeriod.Daily;

    /// <summary>The time of day, by the clocks of <see cref="TimeZone"/>, at which a period ends and is told.</summary>
    public string At { get; set; } = "07:00";

    /// <summary>The day on which a weekly one is told.</summary>
    public DayOfWeek Day { get; set; } = DayOfWeek.Monday;

    /// <summary>An IANA name (<c>Europe/Amsterdam</c>) or one of Windows' (<c>W. Europe Standard Time</c>).</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether it is told also when no incident had any news.</summary>
    public bool WhenEmpty { get; set; }

    /// <summary>The name, or what stands for it.</summary>
    public string EffectiveName => Name.Length > 0 ? Name : PeriodName;

    public string PeriodName => Period is DigestPeriod.Weekly ? "weekly" : "daily";

    /// <summary>The latest end of a period that is not after <paramref name="now"/>.</summary>
    public DateTimeOffset LastEnd(DateTimeOffset now)
    {
        var zone = LocalTime.Zone(TimeZone)!;
        for (var day = LocalTime.Day(zone, now); ; day = day.AddDays(-1))
        {
            if (Period is DigestPeriod.Weekly && day.DayOfWeek != Day) continue;
            var end = LocalTime.At(zone, day, Clock(At)!.Value);
            if (end <= now) return end;
        }
    }

    public static TimeOnly? Clock(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>One line for each fault, each beginning with the setting to mend.</summary>
internal sealed partial class DigestRules : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        var faults = options.Digests.SelectMany((digest, i) => Faults(digest, $"Alerts:Digests:{i}")).ToList();
        foreach (var same in options.Digests.Select((d, i) => (d.EffectiveName, i)).GroupBy(d => d.EffectiveName, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            faults.Add($"Alerts:Digests:{same.Last().i}:Name '{same.Key}' is taken by Alerts:Digests:{same.First().i}; give each digest a name of its own.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(DigestOptions digest, string setting)
    {
        if (!NamePattern().IsMatch(digest.EffectiveName)) yield return $"{setting}:Name '{digest.Name}' is no name; use up to 40 lower-case letters, digits and hyphens.";
        if (DigestOptions.Clock(digest.At) is null) yield return $"{setting}:At '{digest.At}' is no time of day; write for example 07:00.";
        if (LocalTime.Zone(digest.TimeZone) is null) yield return $"{setting}:TimeZone '{digest.TimeZone}' {LocalTime.Unknown}";
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
