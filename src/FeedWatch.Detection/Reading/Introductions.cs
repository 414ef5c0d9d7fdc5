using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>
/// Finds the names of networks that nobody has listed yet, where a text introduces them: "the encrypted messaging service X",
/// "X, an encrypted phone network", "the founder of X".
/// </summary>
internal static class Introductions
{
    /// <summary>Value of a term that stands for a name found this way.</summary>
    public const double Unlisted = 1;

    private const int MostFillers = 4;
    private const int MostNameWords = 3;
    private const string Quotes = "\"'“”„‘’«»‹›";

    public static void AddTo(Findings findings)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            foreach (var thing in findings.In(sentence, Concept.Thing).Where(hit => hit.Term.Name.Length == 0))
                Remember(NameAfter(findings, thing) ?? NameBefore(findings, thing), findings, found);
            if (!findings.Has(sentence, Concept.Thing))
                continue;
            foreach (var role in findings.In(sentence, Concept.Operator))
                Remember(NameAfter(findings, role), findings, found);
        }

        if (found.Count > 0)
            AddEverywhere(findings, found);
    }

    private static void Remember((int First, int End)? name, Findings findings, Dictionary<string, string> found)
    {
        if (name is not { } words)
            return;
        var document = findings.Document;
        var text = document.Text[document.Words[words.First].Start..document.Words[words.End - 1].End];
        found.TryAdd(Fold.Word(text), text.ToString());
    }

    private static (int First, int End)? NameAfter(Findings findings, Hit hit)
    {
        var document = findings.Document;
        var end = document.Sentences[hit.Sentence].EndWord;
        var word = hit.LastWord + 1;
        var isRole = hit.Term.Concept == Concept.Operator;
        var called = false;
        for (var fillers = 0; word < end && fillers <= MostFillers; word++, fillers++)
        {
            if (!document.AreJoined(word - 1, called ? Quotes + ",(" : Quotes))
                return null;
            if (CanBeName(findings, hit.Sentence, word))
                return isRole && !called ? null : (word, NameEnd(findings, hit.Sentence, word, end));
            var filler = HitAt(findings, hit.Sentence, word);
            if (filler?.Term.Concept == Concept.Called)
                called = true;
            else if (filler?.Term.Concept != Concept.Service)
                return null;
        }

        return null;
    }

    private static (int First, int End)? NameBefore(Findings findings, Hit hit)
    {
        var document = findings.Document;
        var sentence = document.Sentences[hit.Sentence];
        for (var word = hit.FirstWord - 1; word >= Math.Max(sentence.FirstWord, hit.FirstWord - MostFillers - 1); word--)
        {
            var gap = document.Text[document.Words[word].End..document.Words[word + 1].Start];
            if (gap.IndexOfAny(',', ':', '(') < 0 && gap.IndexOfAny('–', '—') < 0)
                continue;
            var first = word;
            if (!CanBeName(findings, hit.Sentence, first))
                return null;
            while (first > sentence.FirstWord && word - first < MostNameWords - 1 && document.AreJoined(first - 1) && CanBeName(findings, hit.Sentence, first - 1))
                first--;
            return IsSupported(document, first, word + 1) ? (first, word + 1) : null;
        }

        return null;
    }

    // A word before a comma is a name only if something more says so: its shape, quotes, or that it comes again.
    private static bool IsSupported(Document document, int first, int end)
    {
        var name = document.Text[document.Words[first].Start..document.Words[end - 1].End];
        if (name[1..].ContainsAnyInRange('A', 'Z') && !name.Contains(' ') || name.ContainsAnyInRange('0', '9'))
            return true;
        var before = document.Words[first].Start - 1;
        if (before >= 0 && Quotes.Contains(document.Text[before], StringComparison.Ordinal))
            return true;
        var again = document.Text[document.Words[end - 1].End..].IndexOf(name, StringComparison.Ordinal) >= 0;
        return again || document.Text[..document.Words[first].Start].IndexOf(name, StringComparison.Ordinal) >= 0 ||
            document.FieldAt(document.Words[first].Start) == TextField.Title && first == 0;
    }

    private static int NameEnd(Findings findings, int sentence, int first, int end)
    {
        var word = first + 1;
        while (word < end && word - first < MostNameWords && findings.Document.AreJoined(word - 1) && CanBeName(findings, sentence, word))
            word++;
        return word;
    }

    private static bool CanBeName(Findings findings, int sentence, int word)
    {
        var document = findings.Document;
        var text = document.TextOf(word);
        return text.Length >= 3 && char.IsUpper(text[0]) && HitAt(findings, sentence, word) is null;
    }

    private static Hit? HitAt(Findings findings, int sentence, int word) =>
        findings.In(sentence).Where(hit => hit.FirstWord <= word && hit.LastWord >= word && !(hit.Term.Concept == Concept.Thing && hit.Term.Written.Length == 0))
            .OrderBy(hit => hit.Term.Concept == Concept.Called ? 0 : hit.Term.Concept == Concept.Service ? 1 : 2).FirstOrDefault();

    // Once introduced, the name counts wherever it stands.
    private static void AddEverywhere(Findings findings, Dictionary<string, string> found)
    {
        var document = findings.Document;
        var names = found.Select(pair => (Words: pair.Value.Split([' ', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries), pair.Value)).ToList();
        for (var word = 0; word < document.Words.Count; word++)
        {
            if (!document.IsCapital(word))
                continue;
            foreach (var (words, name) in names)
            {
                var last = word + words.Length - 1;
                if (last >= document.Words.Count || !Matches(document, word, words))
                    continue;
                var (start, end) = (document.Words[word].Start, document.Words[last].End);
                findings.Add(new(new Term(Concept.Network, "", name, Unlisted, name), start, end, word, last, document.SentenceAt(word)));
                break;
            }
        }
    }

    private static bool Matches(Document document, int word, string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!document.TextOf(word + i).Equals(words[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }
}
