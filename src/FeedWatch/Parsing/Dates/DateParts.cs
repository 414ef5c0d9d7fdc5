using System.Globalization;

namespace FeedWatch.Parsing.Dates;

/// <summary>
/// What stands in a written date, in whatever order: up to three numbers, a month's name, a time, a zone. Words that say nothing
/// (weekdays in any language, "at", "of", "г.") are passed over. One pass, so that no date makes reading slow.
/// </summary>
internal ref struct DateParts
{
    private readonly ReadOnlySpan<char> text;
    private int at;
    private int count;
    private Number first, second, third;
    private char separator;
    private int month;
    private int hour = -1, minute, seconds;
    private bool? afternoon;
    private int? offset;
    private bool hasZone;
    private int endOfTime;

    private DateParts(ReadOnlySpan<char> text) => this.text = text;

    private readonly record struct Number(int Value, int Digits);

    private readonly char Next => at < text.Length ? text[at] : '\0';

    public static DateParts Of(ReadOnlySpan<char> text)
    {
        var parts = new DateParts(text);
        while (parts.at < text.Length)
        {
            var c = text[parts.at];
            if (char.IsAsciiDigit(c)) parts.TakeNumber();
            else if (char.IsLetter(c)) parts.TakeWord();
            else if (c is '+' or '-' && parts.IsOffset()) parts.TakeOffset();
            else parts.at++;
        }

        return parts;
    }

    public readonly DateOnly? Day()
    {
        var (year, month, day) = this.month > 0 ? Named() : Numeric();
        if (year.Digits == 2) year = new Number(year.Value + (year.Value < 70 ? 2000 : 1900), 4);
        if (year.Digits == 3) year = new Number(year.Value + 1900, 4); // RFC 2822, section 4.3: years since 1900
        return year.Value is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year.Value, month)
            ? new DateOnly(year.Value, month, day)
            : null;
    }

    /// <summary>The time of the day less the zone's offset, so it may be negative; null where it is impossible.</summary>
    public readonly TimeSpan? Time()
    {
        if (hour < 0) return TimeSpan.Zero;
        var hours = (afternoon, hour) switch
        {
            (true, < 12) => hour + 12,
            (false, 12) => 0,
            _ => hour,
        };
        return hours > 24 || minute > 59 || seconds > 60 || offset is > 15 * 60 or < -15 * 60
            ? null
            : new TimeSpan(hours, minute - (offset ?? 0), Math.Min(seconds, 59));
    }

    private readonly (Number Year, int Month, int Day) Named()
    {
        if (count == 1) return (first.Digits == 4 ? first : default, month, 1);
        if (count == 0) return default;
        return first.Digits >= 3 || first.Value > 31 ? (first, month, second.Value) : (second, month, first.Value);
    }

    private readonly (Number Year, int Month, int Day) Numeric()
    {
        if (count == 2) return first.Digits == 4 ? (first, second.Value, 1) : default;
        if (count < 2) return default;
        if (first.Digits == 4 || (first.Value > 31 && third.Digits == 2)) return (first, second.Value, third.Value);
        if (separator == '-' && third is { Digits: 2, Value: <= 31 }) return default; // 08-06-21 has three readings

        // 22/06/2021 and 06/22/2021 show their order. 06/08/2021 does not, unless an American clock stands beside it.
        var american = second.Value > 12 || (separator == '/' && first.Value <= 12 && afternoon is not null);
        if (american) return (third, first.Value, second.Value);
        return separator == '/' && first.Value <= 12 && first.Value != second.Value ? default : (third, second.Value, first.Value);
    }

    private void TakeNumber()
    {
        var start = at;
        while (char.IsAsciiDigit(Next)) at++;
        var digits = at - start;
        if (digits > 9 && digits is not (12 or 14)) return;
        if (digits is 8 or 12 or 14 && count == 0) TakePacked(text[start..at]);
        else if (digits is 4 or 6 && hour < 0 && start > 0 && text[start - 1] is 'T' or 't' && count >= 2) TakeClock(text[start..at]);
        else if (digits <= 2 && hour < 0 && IsClock()) TakeTime(Int(text[start..at]));
        else if (digits <= 4 && !TakeMarked(Int(text[start..at]))) Keep(new Number(Int(text[start..at]), digits));
    }

    // 10:30, 10h30; 10.30 only where the day stands already, since 8.6.2021 begins in the same way.
    private readonly bool IsClock() => Next switch
    {
        ':' => IsDigit(1),
        'h' or 'H' => IsDigit(1) && IsDigit(2),
        '.' => (count >= 3 || (month > 0 && count >= 2)) && IsDigit(1) && IsDigit(2),
        _ => false,
    };

    private void TakeTime(int hours)
    {
        hour = hours;
        at++;
        minute = Digits(2);
        if (Next is ':' or '.' && IsDigit(1))
        {
            at++;
            seconds = Digits(2);
        }

        if (Next is '.' or ',' or ':' && IsDigit(1))
        {
            at++;
            while (char.IsAsciiDigit(Next)) at++;
        }

        endOfTime = at;
    }

    private void TakePacked(ReadOnlySpan<char> digits)
    {
        (first, second, third, count) = (new Number(Int(digits[..4]), 4), new Number(Int(digits[4..6]), 2), new Number(Int(digits[6..8]), 2), 3);
        if (digits.Length > 8) TakeClock(digits[8..]);
    }

    private void TakeClock(ReadOnlySpan<char> digits)
    {
        (hour, minute) = (Int(digits[..2]), Int(digits[2..4]));
        if (digits.Length == 6) seconds = Int(digits[4..6]);
    }

    // 13時31分, 13시 31분: the clock of East Asia marks its numbers.
    private bool TakeMarked(int number)
    {
        switch (Next)
        {
            case '時' or '时' or '点' or '點' or '시':
                hour = number;
                break;
            case '分' or '분' when hour >= 0:
                minute = number;
                break;
            case '秒' or '초' when hour >= 0:
                seconds = number;
                break;
            default:
                return false;
        }

        at++;
        return true;
    }

    private void Keep(Number number)
    {
        switch (++count)
        {
            case 1:
                first = number;
                separator = Next;
                break;
            case 2:
                second = number;
                break;
            case 3:
                third = number;
                break;
        }
    }

    private void TakeWord()
    {
        var start = at;
        while (char.IsLetter(Next) || char.GetUnicodeCategory(Next) == UnicodeCategory.NonSpacingMark) at++;
        var word = text[start..at];
        if (HalfOfDay(word) is { } half) afternoon = half;
        else if ((month == 0 || hour < 0) && MonthNames.Number(word) is > 0 and var named) month = named; // "mar." before "juin" was a Tuesday
        else if (hour >= 0 && !hasZone && ZoneNames.Offset(word) is { } minutes) (offset, hasZone) = (minutes, true);
        else if (word is "년" && offset is null) offset = 9 * 60; // Korean, so Korea's one zone, unless another is named
    }

    private readonly bool? HalfOfDay(ReadOnlySpan<char> word)
    {
        if (word.Length == 1 && Next == '.' && at + 1 < text.Length && text[at + 1] is 'm' or 'M' or 'μ')
            return word[0] switch { 'a' or 'A' or 'π' => false, 'p' or 'P' or 'μ' => true, _ => null };
        if (word.Equals("am", StringComparison.OrdinalIgnoreCase) || word is "πμ" || word.EndsWith("오전") || word.EndsWith("上午") || word.EndsWith("午前")) return false;
        if (word.Equals("pm", StringComparison.OrdinalIgnoreCase) || word is "μμ" || word.EndsWith("오후") || word.EndsWith("下午") || word.EndsWith("午後")) return true;
        return null;
    }

    // "13:05, 10-03-2021" has hyphens after its time, too.
    private readonly bool IsOffset() =>
        hour >= 0 && IsDigit(1) && (month > 0 || count >= 3 || at == endOfTime || char.IsLetter(text[at - 1]));

    private void TakeOffset()
    {
        var sign = text[at++] == '-' ? -1 : 1;
        var start = at;
        while (char.IsAsciiDigit(Next)) at++;
        var digits = text[start..at];
        if (digits.Length > 4) return;

        int hours, minutes = 0;
        if (digits.Length <= 2)
        {
            hours = Int(digits);
            if (Next == ':' && IsDigit(1))
            {
                at++;
                minutes = Digits(2);
            }
        }
        else (hours, minutes) = (Int(digits[..^2]), Int(digits[^2..]));

        (offset, hasZone) = (sign * ((hours * 60) + minutes), true);
    }

    private int Digits(int most)
    {
        var start = at;
        while (at - start < most && char.IsAsciiDigit(Next)) at++;
        return at == start ? 0 : Int(text[start..at]);
    }

    private readonly bool IsDigit(int ahead) => at + ahead < text.Length && char.IsAsciiDigit(text[at + ahead]);

    private static int Int(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
