using System.Globalization;
using FeedWatch.Detection.Figures;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Reading;

/// <summary>When a text says that a network fell: "three months after the raids", "dismantled in June", "hacked last year".</summary>
internal static class PastTimes
{
    /// <summary>Beside what befell a network: since, already, former.</summary>
    public const string Already = "already";

    /// <summary>Beside messages or phones: old.</summary>
    public const string Old = "old";

    private const string Years = "years", Months = "months", Weeks = "weeks", Year = "year", LastYear = "last-year", Month = "month";

    private static readonly string[] MonthNames = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12).Select(name => name.ToLowerInvariant())];

    /// <summary>More than these years ago nobody sold encrypted phones.</summary>
    private const int MostYears = 20;

    private const int MostMonths = 40;

    /// <summary>"Sentenced to a total of twelve years".</summary>
    private const int FarFromSentence = 5;

    /// <summary>Looked at in one sentence: enough for any, and an end for a text made of such words.</summary>
    private const int Most = 20;

    // What a sentence tells that speaks of a network or of what befell one.
    private static readonly Concept[] Tellings = [Concept.Thing, Concept.Network, Concept.Operation, Concept.Takedown, Concept.Infiltration, Concept.Search];

    public static IReadOnlyList<PastTime> Of(Findings findings, Lexicon lexicon, Languages languages)
    {
        var times = new List<PastTime>();
        var numbers = new NumberReader(findings.Document, lexicon, languages);
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            if (!findings.Has(sentence, Concept.Past) || !Tellings.Any(concept => findings.Has(sentence, concept)))
                continue;
            var counted = numbers.In(findings.Document.Sentences[sentence]).FindAll(number => !IsSentence(findings, sentence, number));
            times.AddRange(findings.In(sentence, Concept.Past).Take(Most).Select(hit => Of(findings, counted, hit)).OfType<PastTime>());
        }

        return [.. times.Distinct()];
    }

    // "Jailed for twelve years after police cracked his phone": those years are still to come.
    private static bool IsSentence(Findings findings, int sentence, NumberMention number) =>
        findings.In(sentence, Concept.Conviction).Take(Most).Any(hit => number.FirstWord - hit.LastWord is > 0 and <= FarFromSentence || hit.FirstWord < number.FirstWord && hit.LastWord > number.LastWord)
        || findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Prison && hit.FirstWord - number.LastWord is > 0 and <= FarFromSentence);

    private static PastTime? Of(Findings findings, List<NumberMention> numbers, Hit hit) => hit.Term.Name switch
    {
        Year => new(PastUnit.Years, 1),
        LastYear => new(PastUnit.LastYear, 1),
        Month => new(PastUnit.Months, 1),
        Years => Counted(numbers, hit) is { } years and > 0 and <= MostYears ? new(PastUnit.Years, years) : null,
        Months => Counted(numbers, hit) is { } months and > 0 and <= MostMonths ? new(PastUnit.Months, months) : null,
        Weeks => Counted(numbers, hit) is { } weeks and > 0 and <= MostMonths ? new(PastUnit.Weeks, weeks) : null,
        var name => !HasYear(findings, hit) && Array.IndexOf(MonthNames, name) is var month and >= 0 ? new(PastUnit.Month, month + 1) : null,
    };

    // "Three months after", "vor drei Monaten": right before the words, or between them.
    private static int? Counted(List<NumberMention> numbers, Hit hit) =>
        numbers.Find(number => number.LastWord == hit.FirstWord - 1 || number.FirstWord > hit.FirstWord && number.LastWord == hit.LastWord - 1) is { } counted
            ? (int)Math.Round(Math.Min(counted.Value, short.MaxValue)) : null;

    // "In June 2020": the year says more.
    private static bool HasYear(Findings findings, Hit hit) =>
        hit.LastWord + 1 < findings.Document.Words.Count && findings.Document.TextOf(hit.LastWord + 1) is { Length: 4 } text && !text.ContainsAnyExceptInRange('0', '9');
}
