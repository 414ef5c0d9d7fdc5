using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>Names of police operations that no list has: "Operation Kormoran", "Operação Boca de Siri", "Bulut operasyonu".</summary>
internal static class Undertakings
{
    private const int Most = 5;

    /// <summary>Letters of the longest name; what is longer is none.</summary>
    private const int Longest = 60;

    /// <summary>What may stand inside a name: "Boca de Siri".</summary>
    private static readonly HashSet<string> Inside = new(StringComparer.Ordinal) { "de", "da", "do", "di", "del", "du", "des", "of", "der" };

    /// <summary>As <c>Operation X</c>, each once; those of a list are not among them.</summary>
    public static IReadOnlyList<string> Of(Findings findings, Lexicon lexicon, Languages languages)
    {
        if (languages.Most is not { } language) return [];
        var shapes = new NameShapes(findings, languages, new HashSet<int>(), lexicon.Numbers);
        var document = findings.Document;
        var names = new List<string>();
        for (var word = 0; word < document.Words.Count && names.Count < Most; word++)
        {
            var text = Fold.Word(document.TextOf(word));
            if ((lexicon.Says(SmallWord.Undertakings, language, text) ? Behind(findings, shapes, word) : lexicon.Says(SmallWord.UndertakingsBehind, language, text) ? Before(findings, shapes, word) : null) is not { } name) continue;
            var called = $"Operation {document.Text[document.Words[name.First].Start..document.Words[name.End - 1].End]}";
            if (called.Length <= Longest && lexicon.NetworkOf(called) is null && !names.Contains(called, StringComparer.OrdinalIgnoreCase)) names.Add(called);
        }

        return names;
    }

    private static (int First, int End)? Behind(Findings findings, NameShapes shapes, int word)
    {
        var (document, sentence) = (findings.Document, findings.Document.SentenceAt(word));
        var (first, end) = (word + 1, document.Sentences[sentence].EndWord);
        if (first >= end || !document.AreJoined(word, NameShapes.Quotes) || !shapes.CanBeName(sentence, first) || IsUnsure(document, shapes, sentence, first)) return null;
        var last = shapes.NameEnd(sentence, first, end);
        while (last + 1 < end && last - first < NameShapes.MostWords && Inside.Contains(document.TextOf(last).ToString()) && shapes.CanBeName(sentence, last + 1) && document.AreJoined(last - 1) && document.AreJoined(last))
            last = shapes.NameEnd(sentence, last + 1, end);
        return (first, last);
    }

    private static (int First, int End)? Before(Findings findings, NameShapes shapes, int word)
    {
        var (document, sentence) = (findings.Document, findings.Document.SentenceAt(word));
        var first = word - 1;
        return first < document.Sentences[sentence].FirstWord || !document.AreJoined(first, NameShapes.Quotes) || !shapes.CanBeName(sentence, first) || first == document.Sentences[sentence].FirstWord && !shapes.IsQuoted(first) || IsUnsure(document, shapes, sentence, first) ? null : (first, word);
    }

    // In a headline all of whose words are capital: "Operation Targets Drug Gangs".
    private static bool IsUnsure(Document document, NameShapes shapes, int sentence, int word) =>
        document.Sentences[sentence].Field == TextField.Title && shapes.IsCapitalStyle(sentence) && !shapes.IsQuoted(word) && !shapes.ComesAgainInside(word, word + 1);
}
