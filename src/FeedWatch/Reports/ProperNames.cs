using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FeedWatch.Detection;
using FeedWatch.Parsing;

namespace FeedWatch.Reports;

/// <summary>
/// Places and people that an article names, cut to their stems: what reports of one event share in any language, and what a report
/// years later still names though the network's name is left out. Never shown to anybody.
/// </summary>
internal static partial class ProperNames
{
    private const int Most = 60;
    private const int Longest = 4000;
    private const int Shortest = 4;

    /// <summary>"Rotterdam", "Rotterdamse" and "Rotterdams" begin alike.</summary>
    private const int Stem = 6;

    /// <summary>Capital in English and German, and in every second report.</summary>
    private static readonly IReadOnlyList<string> Days =
    [
        .. "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October November December Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar März Juni Juli Oktober Dezember"
            .Split(' ').Select(d => StemOf(d)),
    ];

    /// <param name="text">The article.</param>
    /// <param name="terms">Passages that name no place and nobody: police forces, networks, what the subject is about. In German each of them is capital.</param>
    public static IReadOnlyList<string> Of(ArticleText text, IEnumerable<string> terms)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var field in new[] { text.Title, text.Summary, text.Content })
        {
            var plain = HtmlText.Plain(field.Length > Longest ? field[..Longest] : field);
            if (!IsTitleCase(plain)) Read(plain, names);
        }

        names.ExceptWith(terms.SelectMany(t => t.Split(' ', '-')).Where(w => w.Length >= Shortest).Select(w => StemOf(w)).Concat(Days));
        return [.. names.Take(Most)];
    }

    /// <summary>The stem under which a network's name stands among the others where nothing says what it is; null for one of short words.</summary>
    public static string? OfNetwork(string name) => name.Split(' ', '-').FirstOrDefault(w => w.Length >= Shortest) is { } word ? StemOf(word) : null;

    /// <summary>Years of this century's teens and after that stand in the text as four digits.</summary>
    public static IReadOnlyList<int> YearsOf(ArticleText text) =>
        [.. new[] { text.Title, text.Summary, text.Content }.SelectMany(f => Year().Matches(f).Select(m => int.Parse(m.ValueSpan, CultureInfo.InvariantCulture))).Distinct().Order().Take(Most)];

    [GeneratedRegex(@"(?<![\p{L}\d.,-])20[1-9]\d(?![\p{L}\d]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    private static void Read(string text, SortedSet<string> names)
    {
        var opens = true; // the first word of a sentence is capital anyway
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetter(text[at]))
            {
                opens |= text[at] is '.' or '!' or '?' or ':' or '"' or '“' or '„' or '»' or '«' or '\n' or '|' or '•';
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && char.IsLetter(text[at])) at++;
            if (!opens && char.IsUpper(text[start]) && at - start >= Shortest) names.Add(StemOf(text.AsSpan(start, at - start)));
            opens = false;
        }
    }

    // Where most words are capital, a capital letter says nothing.
    private static bool IsTitleCase(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length >= Shortest && char.IsLetter(w[0])).ToList();
        return words.Count > 3 && words.Count(w => char.IsUpper(w[0])) * 3 > words.Count * 2;
    }

    private static string StemOf(ReadOnlySpan<char> word)
    {
        var plain = word[..Math.Min(word.Length, Stem)].ToString().Normalize(NormalizationForm.FormD);
        return new string([.. plain.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)]).ToLowerInvariant();
    }
}
