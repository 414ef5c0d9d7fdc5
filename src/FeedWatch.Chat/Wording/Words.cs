using System.Globalization;
using System.Text.RegularExpressions;

namespace FeedWatch.Chat.Wording;

/// <summary>
/// The fixed words of one language, and how it writes numbers and dates, from a file of <c>Languages</c>. None of it comes from the
/// machine: its culture may be any, and its ICU may be old or missing.
/// </summary>
internal sealed partial class Words
{
    private const string One = ".one";

    private static readonly Dictionary<string, Lazy<Words>> All = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> texts;
    private readonly Dictionary<string, string> countries;
    private readonly Dictionary<string, string> languages;
    private readonly string[] months;
    private readonly string[] shortMonths;
    private readonly decimal grouped;
    private readonly NumberFormatInfo numbers;

    static Words()
    {
        foreach (var code in WordFile.Codes) All[code] = new Lazy<Words>(() => new Words(code, WordFile.Read(code)));
    }

    private Words(string code, Dictionary<string, string> texts)
    {
        (Code, this.texts) = (code, texts);
        countries = WordFile.Table(texts["countries"]);
        languages = WordFile.Table(texts["languages"]);
        months = WordFile.List(texts["date.months"]);
        shortMonths = WordFile.List(texts["date.short-months"]);
        grouped = decimal.Parse(texts["number.group-from"], CultureInfo.InvariantCulture);
        numbers = new NumberFormatInfo { NumberGroupSeparator = texts["number.group"], NumberDecimalSeparator = texts["number.decimal"] };
    }

    public static Words English => All["en"].Value;

    /// <summary>The codes of all languages, as a setting may name them.</summary>
    public static string Known => string.Join(", ", WordFile.Codes);

    /// <summary>ISO 639-1, in lower case.</summary>
    public string Code { get; }

    /// <summary>Every key that this language has words for.</summary>
    public IReadOnlyCollection<string> Keys => texts.Keys;

    /// <exception cref="KeyNotFoundException">No file has this key.</exception>
    public string this[string key] => texts[key];

    /// <param name="code">ISO 639-1, whatever its case.</param>
    /// <returns>Null where there is no such language.</returns>
    public static Words? Of(string code) => All.GetValueOrDefault(code)?.Value;

    /// <returns>Null where there are no such words.</returns>
    public string? Find(string key) => texts.GetValueOrDefault(key);

    /// <summary>Words with something put into them; what is put in is never searched for places itself.</summary>
    public string Say(string key, params (string Place, string Text)[] with) =>
        Place().Replace(texts[key], place => Array.Find(with, w => w.Place == place.Groups["name"].Value).Text ?? throw new KeyNotFoundException($"{key} has a place {place.Value} that nothing is for."));

    /// <summary>The same with a number, at <c>{n}</c>, in the singular or the plural that it asks for.</summary>
    public string Count(string key, decimal n, params (string Place, string Text)[] with) =>
        Say(IsSingular(n) && texts.ContainsKey(key + One) ? key + One : key, [("n", Number(n)), .. with]);

    /// <summary>"27,000,000", "3.142".</summary>
    public string Number(decimal value) => value.ToString(Math.Abs(value) < grouped ? "0.###" : "#,0.###", numbers);

    /// <summary>"0.97".</summary>
    public string Score(double score) => score.ToString("0.00", numbers);

    /// <summary>"8 June 2021".</summary>
    public string Date(DateOnly date) => Say("date.day", ("d", Day(date.Day)), ("month", months[date.Month - 1]), ("year", Year(date.Year)));

    /// <summary>"8 Jun 2021 09:30 UTC".</summary>
    public string Time(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return Say("date.time", ("d", Day(utc.Day)), ("short", shortMonths[utc.Month - 1]), ("year", Year(utc.Year)), ("time", utc.ToString("HH:mm", CultureInfo.InvariantCulture)));
    }

    /// <param name="code">ISO 3166 alpha-2; anything else stays as it is.</param>
    public string Country(string code) => countries.GetValueOrDefault(code) ?? PlainText.Of(code, 40);

    /// <param name="code">ISO 639-1, with or without a region; anything else stays as it is.</param>
    public string Language(string code) => languages.GetValueOrDefault(code.Split('-')[0]) ?? PlainText.Of(code, 20);

    /// <summary>"A, B and C".</summary>
    public string Listed(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => Say("list.last", ("list", string.Join(", ", names.SkipLast(1))), ("last", names[^1])),
    };

    /// <summary>What the service says in a few English words, where this language has words for it; else as it is.</summary>
    public string Reason(string english)
    {
        foreach (var (key, text) in English.texts.Where(t => t.Key.StartsWith("reason.", StringComparison.Ordinal)))
        {
            if (text == english) return texts[key];
            if (text.Split("{n}") is [var before, var after] && english.StartsWith(before, StringComparison.Ordinal) && english.EndsWith(after, StringComparison.Ordinal)
                && english.Length > before.Length + after.Length
                && decimal.TryParse(english[before.Length..^after.Length], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var n))
                return Say(key, ("n", Number(n)));
        }

        return english;
    }

    private bool IsSingular(decimal n) => texts["plural.singular"] is ['<', .. var end] ? n < decimal.Parse(end, CultureInfo.InvariantCulture) : n == decimal.Parse(texts["plural.singular"], CultureInfo.InvariantCulture);

    private string Day(int day) => day == 1 ? texts["date.first"] : day.ToString(CultureInfo.InvariantCulture);

    private static string Year(int year) => year.ToString("0000", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}")]
    private static partial Regex Place();
}
