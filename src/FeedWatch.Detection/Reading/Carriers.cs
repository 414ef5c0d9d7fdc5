using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>
/// Finds names that nobody introduces, by what carries them: "Veltrix messages", "chats on Veltrix", "les téléphones Veltrix".
/// Later reports of a network explain it no more.
/// </summary>
internal sealed class Carriers(Findings findings, NameShapes shapes)
{
    private static readonly Concept[] Blows = [Concept.Takedown, Concept.Infiltration, Concept.Aftermath];
    private static readonly Concept[] Company = [Concept.Crime, Concept.Court, Concept.Conviction, Concept.Charge, Concept.Arrest, Concept.Police, Concept.Agency, Concept.Infiltration, Concept.Takedown];

    private readonly Document document = findings.Document;

    /// <summary>The names, and whether an encrypted phone or messenger is told of in the same text.</summary>
    public IEnumerable<(int First, int End, bool IsSure)> Names()
    {
        var isAboutOne = findings.All(Concept.Operation).Any() || findings.All(Concept.Thing).Any(hit => hit.Term.Name.Length == 0);
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            if (!Company.Any(concept => findings.IsBeside(sentence, concept)))
                continue;
            var isGuess = findings.IsBeside(sentence, Concept.Crime) && Blows.Any(concept => findings.IsBeside(sentence, concept));
            foreach (var carrier in findings.In(sentence).Where(isAboutOne ? Carries : hit => isGuess && hit.Term is { Concept: Concept.Service, Name: LexiconReader.Channel }))
            {
                if ((Before(carrier) ?? After(carrier)) is { } name && !shapes.IsPartOfPersonsName(name.First, name.End))
                    yield return (name.First, name.End, isAboutOne);
            }
        }
    }

    private static bool Carries(Hit hit) => hit.Term.Concept switch
    {
        Concept.Thing => hit.Term.Name.Length == 0,
        Concept.Counted => hit.Term.Name == "users",
        Concept.Service or Concept.Takedown or Concept.Infiltration or Concept.Operator => true,
        _ => false,
    };

    // "Veltrix messages", "Veltrix-berichten".
    private (int First, int End)? Before(Hit carrier)
    {
        var start = document.Sentences[carrier.Sentence].FirstWord;
        var last = carrier.FirstWord - 1;
        if (last < start || !document.AreJoined(last) || !shapes.CanBeName(carrier.Sentence, last))
            return null;
        var first = last;
        while (first > start && last - first < NameShapes.MostWords - 1 && document.AreJoined(first - 1) && shapes.CanBeName(carrier.Sentence, first - 1))
            first--;
        var isGlued = document.Text[document.Words[last].End] == '-';
        var isPlain = first > start && !shapes.IsCapitalStyle(carrier.Sentence);
        return isPlain || isGlued && !shapes.IsCapitalStyle(carrier.Sentence) || shapes.ComesAgainInside(first, last + 1) ? (first, last + 1) : null;
    }

    // "Les téléphones Veltrix", "chats via Veltrix", "the fall of Veltrix"; behind other small words only what comes again: "messages from Hanau".
    private (int First, int End)? After(Hit carrier)
    {
        var end = document.Sentences[carrier.Sentence].EndWord;
        var word = carrier.LastWord + 1;
        if (word >= end || !document.AreJoined(word - 1, NameShapes.Quotes))
            return null;
        var between = word;
        var joint = carrier.Term.Concept is Concept.Service or Concept.Thing ? Concept.Through : Concept.Called;
        var isThrough = findings.In(carrier.Sentence, joint).Any(hit => hit.FirstWord == between && hit.LastWord == between);
        if (isThrough || IsSmall(word))
            word++;
        if (word >= end || word > between && !document.AreJoined(word - 1, NameShapes.Quotes) || !shapes.CanBeName(carrier.Sentence, word))
            return null;
        var name = (First: word, End: shapes.NameEnd(carrier.Sentence, word, end));
        var isPlain = (word == between || isThrough) && !shapes.IsCapitalStyle(carrier.Sentence);
        return isPlain || shapes.IsQuoted(word) || shapes.ComesAgainInside(name.First, name.End) ? name : null;
    }

    private bool IsSmall(int word) => document.TextOf(word).Length <= 4 && !document.IsCapital(word);
}
