using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Figures;

/// <summary>How a text gives a number: as counted, as rounded, or as wrong.</summary>
internal sealed class Saying(Findings findings, Lexicon lexicon, Languages languages)
{
    /// <summary>Words of a number that may stand between it and what is said of it: "e non di 410".</summary>
    private const int Reach = 2;

    /// <summary>Words between a number and the one that was wrong.</summary>
    private const int FarFromRight = 8;

    /// <summary>Words between a number and the papers that print it.</summary>
    private const int FarFromPress = 6;

    /// <summary>Words between the police and the paper that they tell.</summary>
    private const int FarFromTold = 3;

    /// <summary>Words between years and who demands them: "six years prosecutors want".</summary>
    private const int FarFromDemand = 4;

    /// <summary>"Adjusted to", "should be": words before the number that is right.</summary>
    private const int FarFromCorrected = 3;

    /// <summary>"Correction", "In the paper: correction": words before it in a headline.</summary>
    private const int FarFromHead = 2;

    private readonly Document document = findings.Document;

    /// <summary>"About 750", and "half a hundred" or "une vingtaine", which say so themselves.</summary>
    public bool IsRough(NumberMention number) =>
        languages.Most is { } language && (Before(number, 0, word => lexicon.Says(SmallWord.Rough, language, word))
            || number.LastWord > number.FirstWord && Enumerable.Range(number.FirstWord, number.LastWord - number.FirstWord + 1).Any(word => lexicon.Says(SmallWord.Rough, language, Fold.Word(document.TextOf(word)))));

    /// <summary>"Two papers speak of 44, the police of 41".</summary>
    public bool IsHearsay(NumberMention number)
    {
        var sentence = document.SentenceAt(number.FirstWord);
        return findings.Has(sentence, Concept.Press) && Nearest(number, sentence, hit => hit.Term.Concept == Concept.Press && !IsTold(hit)) is var press
            && press <= FarFromPress && press < Nearest(number, sentence, IsOfficial);
    }

    private static bool IsOfficial(Hit hit) => hit.Term.Concept is Concept.Police or Concept.Agency;

    // "Police told the newspaper"
    private bool IsTold(Hit press) => findings.In(press.Sentence).Any(hit => IsOfficial(hit) && press.FirstWord - hit.LastWord is > 0 and <= FarFromTold && !IsSplit(hit.LastWord, press.FirstWord, ",;:"));

    /// <summary>"Prosecutors demand six years", and where the verb comes last.</summary>
    public bool IsSought(NumberMention number) =>
        findings.In(document.SentenceAt(number.FirstWord), Concept.Counted).Any(hit => hit.Term.Name == Candidate.Demand
            && (number.FirstWord - hit.LastWord is > 0 and <= FarFromDemand || hit.FirstWord - number.LastWord is > 0 and <= FarFromDemand));

    // In its own clause: a comma may stand behind who says it, not before.
    private int Nearest(NumberMention number, int sentence, Predicate<Hit> which) => findings.In(sentence)
        .Where(hit => which(hit) && (hit.LastWord < number.FirstWord ? !IsSplit(hit.LastWord, number.FirstWord, ";:") : hit.FirstWord > number.LastWord && !IsSplit(number.LastWord, hit.FirstWord, ",;:")))
        .Select(hit => hit.LastWord < number.FirstWord ? number.FirstWord - hit.LastWord - 1 : hit.FirstWord - number.LastWord - 1)
        .DefaultIfEmpty(int.MaxValue).Min();

    private bool IsSplit(int from, int to, string marks) => document.Text[document.Words[from].End..document.Words[to].Start].IndexOfAny(marks) >= 0;

    /// <summary>"The figure was adjusted to 148", "that should be 20 million": a value in the place of one that was given before.</summary>
    public bool IsCorrected(IReadOnlyList<NumberMention> numbers, int index)
    {
        var (number, before) = (numbers[index], index > 0 ? numbers[index - 1].LastWord : -1);
        return findings.In(document.SentenceAt(number.FirstWord), Concept.Counted).Any(hit => hit.Term.Name == Candidate.Corrected && hit.LastWord > before
            && (number.FirstWord - hit.LastWord is > 0 and <= FarFromCorrected || hit.FirstWord < number.FirstWord && hit.LastWord > number.LastWord));
    }

    /// <summary>Whether the text is headed as a correction of an earlier one.</summary>
    public static bool IsCorrection(Findings findings) =>
        findings.All(Concept.Correction).Any(hit => findings.Document.Sentences[hit.Sentence].Field == TextField.Title && hit.FirstWord <= FarFromHead);

    /// <summary>The number that stands in the place of a denied one ("44, not 46", "nicht 49, sondern 47"); null where it is not denied.</summary>
    public int? IsDenied(IReadOnlyList<NumberMention> numbers, int index, Sentence sentence)
    {
        var number = numbers[index];
        if (languages.Most is not { } language || !Before(number, index > 0 ? numbers[index - 1].LastWord + 1 : sentence.FirstWord, word => lexicon.Says(SmallWord.Denials, language, word)))
            return null;
        if (index > 0 && number.FirstWord - numbers[index - 1].LastWord <= FarFromRight && !numbers[index - 1].IsYear)
            return index - 1;
        return index + 1 < numbers.Count && numbers[index + 1].FirstWord - number.LastWord <= FarFromRight && !numbers[index + 1].IsYear ? index + 1 : null;
    }

    private bool Before(NumberMention number, int first, Predicate<string> says)
    {
        for (var word = number.FirstWord - 1; word >= Math.Max(first, number.FirstWord - Reach); word--)
        {
            if (says(Fold.Word(document.TextOf(word))))
                return true;
        }

        return false;
    }
}
