using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Figures;

/// <summary>How a text gives a number: as counted, as rounded, or as wrong.</summary>
internal sealed class Saying(Document document, Lexicon lexicon, Languages languages)
{
    /// <summary>Words of a number that may stand between it and what is said of it: "e non di 410".</summary>
    private const int Reach = 2;

    /// <summary>Words between a number and the one that was wrong.</summary>
    private const int FarFromRight = 8;

    /// <summary>"About 750".</summary>
    public bool IsRough(NumberMention number) => languages.Most is { } language && Before(number, 0, word => lexicon.IsRough(language, word));

    /// <summary>The number that stands in the place of a denied one ("44, not 46", "nicht 49, sondern 47"); null where it is not denied.</summary>
    public int? IsDenied(IReadOnlyList<NumberMention> numbers, int index, Sentence sentence)
    {
        var number = numbers[index];
        if (languages.Most is not { } language || !Before(number, index > 0 ? numbers[index - 1].LastWord + 1 : sentence.FirstWord, word => lexicon.IsDenial(language, word)))
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
