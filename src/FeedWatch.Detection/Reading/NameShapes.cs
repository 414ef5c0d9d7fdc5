using System.Buffers;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>Tells which words of a text can be a name that no lexicon has.</summary>
internal sealed class NameShapes
{
    /// <summary>Marks that open and close a quoted name.</summary>
    public const string Quotes = "\"'“”„‘’«»‹›";

    private static readonly SearchValues<char> AnyQuote = SearchValues.Create(Quotes);

    // Few nouns of German have these letters or end so, and those that do stand behind an article; but for some.
    private static readonly SearchValues<char> Strange = SearchValues.Create("xXqQyY");

    private static readonly SearchValues<char> OpenEndings = SearchValues.Create("aiou");

    private static readonly string[] LatinEndings = ["or", "on", "et"];

    private static readonly HashSet<string> Borrowed = new(StringComparer.OrdinalIgnoreCase) { "Handy", "Party", "Taxi", "Text", "Pizza", "Firma", "Thema", "Konto", "Video", "Info", "Kilo", "Foto", "Auto", "Media", "Mafia", "Euro", "System", "Razzia", "Polizei", "Juni", "Juli", "Terror", "Humor", "Internet", "Telefon", "Beton", "Karton", "Ton", "Person", "Marihuana", "Propaganda", "Diebesgut" };

    private const int ShortestName = 5;

    /// <summary>"Crypte-lla", not "encrypt-ed": letters behind the stem.</summary>
    private const int ShortestCoining = 3;

    private const int LongestAcronym = 4;

    /// <summary>"Obscura X" is a name.</summary>
    private const int ShortestNoun = 3;

    /// <summary>Words a name can have.</summary>
    public const int MostWords = 3;

    /// <summary>How often the whole text is searched for a name: enough for any report, and an end for a text made of names.</summary>
    private const int MostSearches = 100;

    private readonly Findings findings;
    private readonly Document document;
    private readonly IReadOnlySet<int> refused;
    private readonly IReadOnlyDictionary<string, List<NumberWord>> numbers;
    private readonly bool nounsAreCapital;
    private readonly bool titleIsCapital;
    private int searches;

    /// <param name="findings">What was found so far.</param>
    /// <param name="languages">What the text can be written in.</param>
    /// <param name="refused">Words that are a known name without its company, and so no name here.</param>
    /// <param name="numbers">Number words of all languages by their folded letters.</param>
    public NameShapes(Findings findings, Languages languages, IReadOnlySet<int> refused, IReadOnlyDictionary<string, List<NumberWord>> numbers)
    {
        this.numbers = numbers;
        this.findings = findings;
        this.refused = refused;
        document = findings.Document;
        nounsAreCapital = languages.IsPossible("de");
        titleIsCapital = document.Sentences.Count > 0 && IsMostlyCapital(document.Sentences[0]);
    }

    // Where nouns or whole headlines are capital, a capital letter proves nothing.
    public bool IsCapitalStyle(int sentence) => nounsAreCapital || sentence == 0 && titleIsCapital;

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

    // Two capital words that no lexicon knows are more often a person than a network.
    public bool IsNamedPerson(int first, int end) =>
        end - first == 2 && !IsQuoted(first) && HitAt(document.SentenceAt(first), end - 1) is null && !IsSupported(first, end);

    /// <summary>Whether the last of its words is no surname: "Sky ECC", "Channel 9", "Ghost One".</summary>
    public bool IsProduct(int first, int end) => end - first > 1 && document.TextOf(end - 1) is var last && (last.Length <= LongestAcronym && !last.ContainsAnyInRange('a', 'z') || numbers.ContainsKey(Fold.Word(last)));

    /// <summary>Whether the sentence stops behind it, so that nobody's deed follows: "the network Ghost Line, which", not "the network John Smith ran".</summary>
    public bool EndsHere(int end) => end >= document.Words.Count || document.SentenceAt(end) != document.SentenceAt(end - 1) || !document.AreJoined(end - 1);

    // French sets a space inside its quotes.
    public bool IsQuoted(int word)
    {
        var at = document.Words[word].Start - 1;
        if (at > 0 && document.Text[at] is ' ' or '\u00a0' or '\u202f' && document.Text[at - 1] is '«' or '„')
            at--;
        return at >= 0 && Quotes.Contains(document.Text[at], StringComparison.Ordinal);
    }

    // A word is a name for sure if something more says so: its shape, quotes, or that it comes again.
    public bool IsSupported(int first, int end)
    {
        var name = document.Text[document.Words[first].Start..document.Words[end - 1].End];
        if (IsQuoted(first) || end - first > 1 && IsNamePart(document.SentenceAt(first), end - 1) || name[1..].ContainsAnyInRange('A', 'Z') && !name.Contains(' ') && name.ContainsAnyInRange('a', 'z') || name.ContainsAnyInRange('0', '9'))
            return true;
        if (++searches > MostSearches)
            return false;
        return ComesAgain(document.Text[document.Words[end - 1].End..], name) || ComesAgain(document.Text[..document.Words[first].Start], name) ||
            document.FieldAt(document.Words[first].Start) == TextField.Title && first == 0 && !titleIsCapital && !nounsAreCapital && !IsKicker(end - 1);
    }

    // "Correction: …", "Toulon : …": what stands before a headline's colon is more often a place or a section than a name.
    private bool IsKicker(int word) => document.Text[document.Words[word].End..].TrimStart() is [':', ..];

    /// <summary>Whether a headline's quoted word is more than a quoted remark: it is named again below, or nothing stands below it.</summary>
    public bool IsQuotedName(int first, int end) =>
        IsQuoted(first) && (nounsAreCapital || document.Sentences[^1].Field == TextField.Title
            || ComesAgain(document.Text[document.Words[end - 1].End..], document.Text[document.Words[first].Start..document.Words[end - 1].End]));

    private static bool ComesAgain(ReadOnlySpan<char> text, ReadOnlySpan<char> name) => text.IndexOf(name, StringComparison.Ordinal) >= 0;

    public int NameEnd(int sentence, int first, int end)
    {
        var word = first + 1;
        while (word < end && word - first < MostWords && document.AreJoined(word - 1) && (CanBeName(sentence, word) || IsSecondName(sentence, word)))
            word++;
        return word;
    }

    // "Phantom Secure", "Diamond Chat".
    private bool IsSecondName(int sentence, int word) =>
        document.IsCapital(word) && (!IsCapitalStyle(sentence) || IsNamePart(sentence, word)) && HitAt(sentence, word)?.Term.Concept is Concept.Secret or Concept.Service or Concept.NamePart;

    private bool IsNamePart(int sentence, int word) => findings.In(sentence, Concept.NamePart).Any(hit => hit.FirstWord <= word && hit.LastWord >= word);

    public bool CanBeName(int sentence, int word)
    {
        var text = document.TextOf(word);
        return text.Length >= 3 && char.IsUpper(text[0]) && !refused.Contains(word) && !findings.IsFunctionWord(word) && (HitAt(sentence, word) is not { } hit || IsCoined(sentence, word, hit));
    }

    // "The messenger Cryptella": the stem of "encrypted" begins a name, where a capital letter makes one.
    private bool IsCoined(int sentence, int word, Hit hit) => hit.Term.Concept == Concept.Encrypted && hit.FirstWord == hit.LastWord && hit.Term.Written is [.., '~'] && document.TextOf(word).Length - (hit.Term.Written.Length - 1) >= ShortestCoining && !IsCapitalStyle(sentence) && word > document.Sentences[sentence].FirstWord && document.TextOf(word)[1..].ContainsAnyInRange('a', 'z');

    /// <summary>
    /// Whether words that stand right behind what they may be the name of are none of the nouns that German writes with a capital: "einen Kryptodienst Lumivox
    /// unterwandert", but not "einen Kryptodienst Absprachen getroffen". One or two words, the first of a shape that nouns of German do not have, and no other capital word behind them.
    /// </summary>
    public bool IsNoNoun(int sentence, int first, int end)
    {
        var name = document.TextOf(first);
        return nounsAreCapital && !(sentence == 0 && titleIsCapital) && end - first <= 2 && name.Length >= ShortestName && (name.ContainsAny(Strange) || OpenEndings.Contains(name[^1]) && !name.EndsWith("ei", StringComparison.Ordinal) || LatinEndings.Any(ending => document.TextOf(first).EndsWith(ending, StringComparison.Ordinal)) && !name.EndsWith("ion", StringComparison.Ordinal)) && !Borrowed.Contains(name.ToString())
            && !(end < document.Sentences[sentence].EndWord && document.AreJoined(end - 1) && document.IsCapital(end) && document.TextOf(end).Length >= ShortestNoun);
    }

    public bool HasQuotes(int from, int to) => document.Text[document.Words[from].End..document.Words[to].Start].ContainsAny(AnyQuote);

    /// <summary>Whether only a place is named so: "in Neuwied", "from Hanau", but "messages on Veltrix".</summary>
    public bool IsPlaced(int word)
    {
        var sentence = document.SentenceAt(word);
        return findings.In(sentence).Any(hit => hit.Term.Concept is Concept.Within or Concept.Origin && hit.LastWord == word - 1) &&
            !findings.In(sentence, Concept.Through).Any(hit => hit.LastWord == word - 1) && !IsQuoted(word);
    }

    /// <summary>Whether it ends a row of names, as places do: "Raids in Vienna, Graz and Brno: …".</summary>
    public bool IsInRow(int word)
    {
        var from = document.Sentences[document.SentenceAt(word)].FirstWord;
        return word - 2 >= from && findings.IsFunctionWord(word - 1) && document.IsCapital(word - 2)
            || word - 1 >= from && document.IsCapital(word - 1) && document.Text[document.Words[word - 1].End] == ',';
    }

    // "Takes X offline": what a term spans without naming it is free.
    private static bool IsInGap(Hit hit, int word) =>
        hit.Term.Concept == Concept.Thing && hit.Term.Written.Length == 0 || hit.FirstWord < word && word < hit.LastWord && hit.Term.Written.Contains("..", StringComparison.Ordinal);

    public Hit? HitAt(int sentence, int word) =>
        findings.In(sentence).Where(hit => hit.FirstWord <= word && hit.LastWord >= word && !IsInGap(hit, word))
            .OrderBy(hit => hit.Term.Concept switch { Concept.Called => 0, Concept.NamePart => 1, Concept.Service => 2, _ => 3 }).FirstOrDefault();

    private bool IsClosed(int word) => document.Words[word].End < document.Text.Length && Quotes.Contains(document.Text[document.Words[word].End], StringComparison.Ordinal) ||
        document.Words[word].End + 1 < document.Text.Length && document.Text[document.Words[word].End] is ' ' or '\u00a0' or '\u202f' && Quotes.Contains(document.Text[document.Words[word].End + 1], StringComparison.Ordinal);

    public (int First, int End)? Quoted(int word)
    {
        var sentence = document.SentenceAt(Math.Clamp(word, 0, document.Words.Count - 1));
        var (from, end) = (document.Sentences[sentence].FirstWord, document.Sentences[sentence].EndWord);
        if (word < from || word >= end)
            return null;
        var first = word;
        while (first > from && word - first < MostWords - 1 && !IsQuoted(first) && document.AreJoined(first - 1))
            first--;
        if (!IsQuoted(first) || !CanBeName(sentence, first))
            return null;
        var last = first;
        while (last + 1 < end && last - first < MostWords - 1 && !IsClosed(last) && document.AreJoined(last) && document.IsCapital(last + 1))
            last++;
        return IsClosed(last) ? (first, last + 1) : null;
    }

    /// <summary>Whether the name stands a second time, and not where every word is capital.</summary>
    public bool ComesAgainInside(int first, int end)
    {
        if (++searches > MostSearches)
            return false;
        for (var word = 0; word + (end - first) <= document.Words.Count; word++)
        {
            if (word != first && document.TextOf(word).Equals(document.TextOf(first), StringComparison.Ordinal) && document.Sentences[document.SentenceAt(word)].FirstWord != word && !IsCapitalStyle(document.SentenceAt(word)))
                return true;
        }

        return false;
    }

    /// <summary>Whether it stands somewhere with another unknown capital word beside it, as first and last names do.</summary>
    public bool IsPartOfPersonsName(int first, int end)
    {
        if (end - first > 1)
            return IsNamedPerson(first, end);
        if (++searches > MostSearches)
            return true;
        for (var word = 0; word < document.Words.Count; word++)
        {
            if (!document.TextOf(word).Equals(document.TextOf(first), StringComparison.Ordinal))
                continue;
            var sentence = document.SentenceAt(word);
            var isBehindName = word - 1 > document.Sentences[sentence].FirstWord && document.AreJoined(word - 1) && CanBeName(sentence, word - 1);
            var isBeforeName = word + 1 < document.Sentences[sentence].EndWord && document.AreJoined(word) && CanBeName(sentence, word + 1);
            if ((isBehindName || isBeforeName) && !IsCapitalStyle(sentence))
                return true;
        }

        return false;
    }
}
