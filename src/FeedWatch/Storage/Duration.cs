using System.Globalization;
using System.Text.RegularExpressions;

namespace FeedWatch.Storage;

/// <summary>Spans of time as people write them: <c>30m</c>, <c>2h</c>, <c>1h30m</c>, <c>7d</c>, <c>500ms</c>, or .NET's <c>00:30:00</c>.</summary>
internal static partial class Duration
{
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = default;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text)) return false;

        if (text.Contains(':'))
            return Hours().Match(text) is { Success: true } clock ? FromClock(clock, out value) : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

        if (Units().Match(text) is not { Success: true } match) return false;
        double seconds = 0;
        for (var i = 0; i < match.Groups["n"].Captures.Count; i++)
        {
            seconds += double.Parse(match.Groups["n"].Captures[i].Value, CultureInfo.InvariantCulture) * match.Groups["u"].Captures[i].Value switch
            {
                "ms" => 0.001,
                "s" => 1,
                "m" => 60,
                "h" => 3600,
                _ => 86400,
            };
        }

        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2) return false;
        value = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>As a person would write it: <c>30m</c>, <c>1h30m</c>.</summary>
    public static string Text(TimeSpan value)
    {
        if (value.Milliseconds != 0 || value <= TimeSpan.Zero) return string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:0}ms");
        var parts = new[] { (value.Days, "d"), (value.Hours, "h"), (value.Minutes, "m"), (value.Seconds, "s") };
        return string.Concat(parts.Where(p => p.Item1 > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1}{p.Item2}")));
    }

    // .NET refuses 48:00:00 (more than 23 hours), which everybody writes once.
    private static bool FromClock(Match clock, out TimeSpan value)
    {
        int Part(string name) => int.Parse(clock.Groups[name].Value, CultureInfo.InvariantCulture);
        value = new TimeSpan(Part("h"), Part("m"), Part("s"));
        return true;
    }

    [GeneratedRegex(@"^(?<h>\d{1,6}):(?<m>[0-5]\d):(?<s>[0-5]\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Hours();

    [GeneratedRegex(@"^(?:(?<n>\d{1,9}(?:\.\d{1,3})?)(?<u>ms|s|m|h|d))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Units();
}
