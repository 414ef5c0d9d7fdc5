using System.Buffers;
using System.Globalization;

namespace FeedWatch.Parsing.Dates;

/// <summary>
/// The dates of feeds: RFC 822 with its many liberties, ISO 8601, and what publishers write instead. Independent of the machine's
/// culture and time zone; what is not understood is unknown. A date without a zone is read as UTC, since guessing is worse.
/// </summary>
internal static class FeedDate
{
    /// <summary>The longest date seen in a feed has 60 characters.</summary>
    private const int Longest = 120;

    // Before 1970-01-02 a clock or a field was not set; after 2100 it was set wrongly.
    private static readonly DateTimeOffset Earliest = new(1970, 1, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static DateTimeOffset? Parse(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is < 4 or > Longest) return null;

        Span<char> plain = stackalloc char[Longest];
        plain = plain[..trimmed.Length];
        for (var i = 0; i < trimmed.Length; i++) plain[i] = Plain(trimmed[i]);
        var date = Timestamp(plain) ?? WeekDate.Parse(plain) ?? Written(plain);
        return date >= Earliest && date < Latest ? date : null;
    }

    private static DateTimeOffset? Written(ReadOnlySpan<char> text)
    {
        var parts = DateParts.Of(text);
        return parts.Day() is { } day && parts.Time() is { } time ? Sum(day, time) : null;
    }

    // Years 1 and 9999 are written too, and a zone moves them out of what the type can hold.
    private static DateTimeOffset? Sum(DateOnly day, TimeSpan time) =>
        day.Year is > 1 and < 9999 ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + time : null;

    /// <summary>Seconds or milliseconds since 1970, as programs leave them where a date belongs.</summary>
    private static DateTimeOffset? Timestamp(ReadOnlySpan<char> text)
    {
        if (text.Length is not (9 or 10 or 13) || text.ContainsAnyExcept(Digits)) return null;
        var number = long.Parse(text, CultureInfo.InvariantCulture);
        return text.Length == 13 ? DateTimeOffset.FromUnixTimeMilliseconds(number) : DateTimeOffset.FromUnixTimeSeconds(number);
    }

    // Arabic, Indic and full-width digits, typographic hyphens and spaces, as what they stand for.
    private static char Plain(char c)
    {
        if (c < 0x80) return c is '\t' or '\r' or '\n' or '_' ? ' ' : c;
        if (char.IsDigit(c)) return (char)('0' + (int)char.GetNumericValue(c));
        return c switch
        {
            >= '\u2010' and <= '\u2015' or '\u2212' or '\uFF0D' => '-',
            '\uFF1A' => ':',
            '\uFF0F' => '/',
            '\uFF0E' => '.',
            _ => char.IsWhiteSpace(c) ? ' ' : c,
        };
    }
}
