using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>
/// Finds the names of networks that nobody has listed yet, where a text introduces them: "the encrypted messaging service X",
/// "X, an encrypted phone network", "the founder of X".
/// </summary>
internal sealed class Introductions
{
    /// <summary>Value of a term that stands for a name found this way.</summary>
    public const double Unlisted = 1;

    private const int MostFillers = 4;
    private const int MostNameWords = 3;
    private const int MostNames = 8;
    private const string Quotes = "\"'“”„‘’«»‹›";

    // Where one of these is told of, a quoted word beside a service is its name.
    private static readonly Concept[] Actors = [Concept.Takedown, Concept.Infiltration, Concept.Police, Concept.Crime];

    private readonly Findings findings;
    private readonly Document document;
    private readonly IReadOnlySet<int> refused;
    private readonly bool nounsAreCapital;
    private readonly bool titleIsCapital;
    private readonly Dictionary<string, string> found = new(StringComparer.Ordinal);

    private Introductions(Findings findings, Languages languages, IReadOnlySet<int> refused)
    {
        this.findings = findings;
        this.refused = refused;
        document = findings.Document;
        nounsAreCapital = languages.IsPossible("de");
        titleIsCapital = document.Sentences.Count > 0 && IsMostlyCapital(document.Sentences[0]);
    }

    /// <summary>Adds the names found to the findings.</summary>
    /// <param name="findings">What was found so far.</param>
    /// <param name="languages">What the text can be written in.</param>
    /// <param name="refused">Words that are a known name without its company, and so no name here.</param>
    public static void AddTo(Findings findings, Languages languages, IReadOnlySet<int> refused)
    {
        var introductions = new Introductions(findings, languages, refused);
        var isAboutOne = findings.All(Concept.Thing).Any();
        for (var sentence = 0; sentence < findings.Sentences && introductions.found.Count < MostNames; sentence++)
        {
            if (findings.Has(sentence, Concept.Thing))
                introductions.Read(sentence);
            if (findings.IsBeside(sentence, Concept.Thing))
                introductions.ReadRoles(sentence);
            if (isAboutOne && Actors.Any(concept => findings.IsBeside(sentence, concept)))
                introductions.ReadQuoted(sentence);
        }

        if (introductions.found.Count > 0)
            introductions.AddEverywhere();
    }

    private void Read(int sentence)
    {
        foreach (var thing in findings.In(sentence, Concept.Thing).Where(hit => hit.Term.Name.Length == 0))
            Remember(NameAfter(thing) ?? NameBefore(thing));
        foreach (var part in findings.In(sentence, Concept.NamePart).Concat(Neighbours(sentence)))
            Remember(TwoPartName(part));
    }

    // "The founder of X", "the phone company X": only where X comes again.
    private void ReadRoles(int sentence)
    {
        foreach (var role in findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Operator or Concept.Service))
            Remember(NameAfter(role));
    }

    // "The messenger 'X'", "'X' handsets", "'X', a phone favoured by gangs"; "sold under the name X".
    private void ReadQuoted(int sentence)
    {
        foreach (var service in findings.In(sentence, Concept.Service))
            Remember(Quoted(service.LastWord + 1) ?? Quoted(service.FirstWord - 1) ?? Compound(service));
        foreach (var called in findings.In(sentence, Concept.Called).Where(hit => hit.LastWord > hit.FirstWord && findings.IsBeside(sentence, Concept.Thing)))
            Remember(CalledSo(called));
    }

    private (int First, int End)? Quoted(int word)
    {
        var sentence = document.SentenceAt(Math.Clamp(word, 0, document.Words.Count - 1));
        var (from, end) = (document.Sentences[sentence].FirstWord, document.Sentences[sentence].EndWord);
        if (word < from || word >= end)
            return null;
        var first = word;
        while (first > from && word - first < MostNameWords - 1 && !IsQuoted(first) && document.AreJoined(first - 1))
            first--;
        if (!IsQuoted(first) || !CanBeName(sentence, first))
            return null;
        var last = first;
        while (last + 1 < end && last - first < MostNameWords - 1 && !IsClosed(last) && document.AreJoined(last) && document.IsCapital(last + 1))
            last++;
        return IsClosed(last) ? (first, last + 1) : null;
    }

    // "The Kvasir-app": where nouns are capital, only what comes again.
    private (int First, int End)? Compound(Hit service)
    {
        var first = service.FirstWord - 1;
        var isGlued = first >= document.Sentences[service.Sentence].FirstWord && document.Text[document.Words[first].End..document.Words[service.FirstWord].Start] is "-";
        return isGlued && CanBeName(service.Sentence, first) && (!IsCapitalStyle(service.Sentence) || IsSupported(first, first + 1)) ? (first, first + 1) : null;
    }

    private (int First, int End)? CalledSo(Hit called)
    {
        var word = called.LastWord + 1;
        var end = document.Sentences[called.Sentence].EndWord;
        return word < end && document.AreJoined(word - 1, Quotes) && CanBeName(called.Sentence, word) && !IsCapitalStyle(called.Sentence) ? (word, NameEnd(called.Sentence, word, end)) : null;
    }

    private bool IsClosed(int word) => document.Words[word].End < document.Text.Length && Quotes.Contains(document.Text[document.Words[word].End], StringComparison.Ordinal) ||
        document.Words[word].End + 1 < document.Text.Length && document.Text[document.Words[word].End] is ' ' or '\u00a0' or '\u202f' && Quotes.Contains(document.Text[document.Words[word].End + 1], StringComparison.Ordinal);

    private void Remember((int First, int End)? name)
    {
        if (name is not { } words)
            return;
        var text = document.Text[document.Words[words.First].Start..document.Words[words.End - 1].End];
        found.TryAdd(Fold.Word(text), text.ToString());
    }

    private (int First, int End)? NameAfter(Hit hit)
    {
        var end = document.Sentences[hit.Sentence].EndWord;
        var word = hit.LastWord + 1;
        var isRole = hit.Term.Concept is Concept.Operator or Concept.Service;
        var called = false;
        for (var fillers = 0; word < end && fillers <= MostFillers; word++, fillers++)
        {
            if (!document.AreJoined(word - 1, called ? Quotes + ",(" : Quotes))
                return null;
            if (CanBeName(hit.Sentence, word))
            {
                var name = (First: word, End: NameEnd(hit.Sentence, word, end));
                var isSure = !isRole && (called || !IsCapitalStyle(hit.Sentence));
                return isSure && !IsNamedPerson(name.First, name.End) || IsSupported(name.First, name.End) ? !isRole || called ? name : null : null;
            }

            var filler = HitAt(hit.Sentence, word);
            if (filler?.Term.Concept == Concept.Called)
                called = true;
            else if (filler?.Term.Concept is not (Concept.Service or Concept.Thing))
                return null;
        }

        return null;
    }

    private IEnumerable<Hit> Neighbours(int sentence) =>
        (sentence > 0 ? findings.In(sentence - 1, Concept.NamePart) : []).Concat(sentence + 1 < findings.Sentences ? findings.In(sentence + 1, Concept.NamePart) : []);

    // "Ombra Phone": an unknown word and one that such firms like in their names.
    private (int First, int End)? TwoPartName(Hit part)
    {
        var first = part.FirstWord - 1;
        return first >= document.Sentences[part.Sentence].FirstWord && document.AreJoined(first) && CanBeName(part.Sentence, first) ? (first, part.LastWord + 1) : null;
    }

    // Where nouns or whole headlines are capital, a capital letter proves nothing.
    private bool IsCapitalStyle(int sentence) => nounsAreCapital || sentence == 0 && titleIsCapital;

    private bool IsMostlyCapital(Sentence sentence)
    {
        int capital = 0, all = 0;
        for (var word = sentence.FirstWord; word < sentence.EndWord; word++)
        {
            if (document.TextOf(word).Length < 4)
                continue;
            all++;
            capital += document.IsCapital(word) ? 1 : 0;
        }

        return capital * 3 > all * 2;
    }

    private (int First, int End)? NameBefore(Hit hit)
    {
        var sentence = document.Sentences[hit.Sentence];
        for (var word = hit.FirstWord - 1; word >= Math.Max(sentence.FirstWord, hit.FirstWord - MostFillers - 1); word--)
        {
            var gap = document.Text[document.Words[word].End..document.Words[word + 1].Start];
            if (gap.IndexOfAny(',', ':', '(') < 0 && gap.IndexOfAny('–', '—') < 0)
                continue;
            var first = word;
            // "The Kvasir app, an encrypted service"
            if (HitAt(hit.Sentence, first)?.Term.Concept == Concept.Service && first > sentence.FirstWord)
                first--;
            if (!CanBeName(hit.Sentence, first))
                return null;
            while (first > sentence.FirstWord && word - first < MostNameWords - 1 && document.AreJoined(first - 1) && CanBeName(hit.Sentence, first - 1))
                first--;
            var end = HitAt(hit.Sentence, word)?.Term.Concept == Concept.Service ? word : word + 1;
            var isPlain = end - first == 1 && first > sentence.FirstWord && !IsCapitalStyle(hit.Sentence) && (findings.Has(hit.Sentence, Concept.Takedown) || findings.Has(hit.Sentence, Concept.Infiltration));
            return isPlain || IsSupported(first, end) ? (first, end) : null;
        }

        return null;
    }

    // Two capital words that no lexicon knows are more often a person than a network.
    private bool IsNamedPerson(int first, int end) =>
        end - first == 2 && !IsQuoted(first) && HitAt(document.SentenceAt(first), end - 1) is null && !IsSupported(first, end);

    // French sets a space inside its quotes.
    private bool IsQuoted(int word)
    {
        var at = document.Words[word].Start - 1;
        if (at > 0 && document.Text[at] is ' ' or '\u00a0' or '\u202f' && document.Text[at - 1] is '«' or '„')
            at--;
        return at >= 0 && Quotes.Contains(document.Text[at], StringComparison.Ordinal);
    }

    // A word is a name for sure if something more says so: its shape, quotes, or that it comes again.
    private bool IsSupported(int first, int end)
    {
        var name = document.Text[document.Words[first].Start..document.Words[end - 1].End];
        if (IsQuoted(first) || end - first > 1 && IsNamePart(document.SentenceAt(first), end - 1) || name[1..].ContainsAnyInRange('A', 'Z') && !name.Contains(' ') && name.ContainsAnyInRange('a', 'z') || name.ContainsAnyInRange('0', '9'))
            return true;
        return ComesAgain(document.Text[document.Words[end - 1].End..], name) || ComesAgain(document.Text[..document.Words[first].Start], name) ||
            document.FieldAt(document.Words[first].Start) == TextField.Title && first == 0 && !titleIsCapital && !nounsAreCapital;
    }

    private static bool ComesAgain(ReadOnlySpan<char> text, ReadOnlySpan<char> name) => text.IndexOf(name, StringComparison.Ordinal) >= 0;

    private int NameEnd(int sentence, int first, int end)
    {
        var word = first + 1;
        while (word < end && word - first < MostNameWords && document.AreJoined(word - 1) && (CanBeName(sentence, word) || IsSecondName(sentence, word)))
            word++;
        return word;
    }

    // "Phantom Secure", "Diamond Chat".
    private bool IsSecondName(int sentence, int word) =>
        document.IsCapital(word) && (!IsCapitalStyle(sentence) || IsNamePart(sentence, word)) && HitAt(sentence, word)?.Term.Concept is Concept.Secret or Concept.Service or Concept.NamePart;

    private bool IsNamePart(int sentence, int word) => findings.In(sentence, Concept.NamePart).Any(hit => hit.FirstWord <= word && hit.LastWord >= word);

    private bool CanBeName(int sentence, int word)
    {
        var text = document.TextOf(word);
        return text.Length >= 3 && char.IsUpper(text[0]) && !refused.Contains(word) && HitAt(sentence, word) is null;
    }

    private Hit? HitAt(int sentence, int word) =>
        findings.In(sentence).Where(hit => hit.FirstWord <= word && hit.LastWord >= word && !(hit.Term.Concept == Concept.Thing && hit.Term.Written.Length == 0))
            .OrderBy(hit => hit.Term.Concept switch { Concept.Called => 0, Concept.NamePart => 1, Concept.Service => 2, _ => 3 }).FirstOrDefault();

    // Once introduced, the name counts wherever it stands.
    private void AddEverywhere()
    {
        var names = found.Select(pair => (Words: pair.Value.Split([' ', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries), pair.Value)).ToList();
        for (var word = 0; word < document.Words.Count; word++)
        {
            if (!document.IsCapital(word))
                continue;
            foreach (var (words, name) in names)
            {
                var last = word + words.Length - 1;
                if (last >= document.Words.Count || !Matches(word, words))
                    continue;
                var (start, end) = (document.Words[word].Start, document.Words[last].End);
                findings.Add(new(new Term(Concept.Network, "", name, Unlisted, name), start, end, word, last, document.SentenceAt(word)));
                break;
            }
        }
    }

    private bool Matches(int word, string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!document.TextOf(word + i).Equals(words[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }
}
