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

    /// <summary>Value of a term that stands for a name of which only the company says that it may be one.</summary>
    public const double Guessed = 2;

    private const int MostFillers = 4;

    /// <summary>"Called", "hette"; shorter words, such as "of", stand between all kinds of things.</summary>
    private const int ShortestVerb = 5;

    private const int LongestAcronym = 3;
    private const int NearBlow = 6;
    private const int MostNames = 8;

    // Where one of these is told of, a quoted word beside a service is its name.
    private static readonly Concept[] Actors = [Concept.Takedown, Concept.Infiltration, Concept.Police, Concept.Crime];

    private readonly Findings findings;
    private readonly Document document;
    private readonly NameShapes shapes;
    private readonly Bearers bearers;
    private readonly Dictionary<string, (string Name, double Certainty)> found = new(StringComparer.Ordinal);

    private Introductions(Findings findings, NameShapes shapes)
    {
        this.findings = findings;
        this.shapes = shapes;
        document = findings.Document;
        bearers = new(findings);
    }

    /// <summary>Adds the names found to the findings.</summary>
    /// <param name="findings">What was found so far.</param>
    /// <param name="lexicon">What the findings were read with.</param>
    /// <param name="languages">What the text can be written in.</param>
    /// <param name="refused">Words that are a known name without its company, and so no name here.</param>
    public static void AddTo(Findings findings, Lexicon lexicon, Languages languages, IReadOnlySet<int> refused)
    {
        var shapes = new NameShapes(findings, languages, refused, lexicon.Numbers);
        var introductions = new Introductions(findings, shapes);
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

        foreach (var (first, end, isSure) in new Carriers(findings, shapes).Names().Take(MostNames))
            introductions.Remember((first, end), isSure ? Unlisted : Guessed);
        // Networks that are named far below are those of the past.
        var namesOne = findings.All(Concept.Network).Any(hit => findings.IsAbove(hit.Sentence));
        if (!introductions.HasAbove() && !namesOne && findings.All(Concept.Thing).Any(hit => hit.Term.Name != Reader.Weak))
            introductions.ReadTitle();
        if (introductions.found.Count > 0)
            introductions.AddEverywhere();
    }

    // A firm in the fifth paragraph does not make the headline's name none.
    private bool HasAbove() => found.Values.Any(name => findings.Document.Sentences.Where(sentence => sentence.Field != TextField.Content)
        .Any(sentence => document.Text[document.Words[sentence.FirstWord].Start..document.Words[sentence.EndWord - 1].End].Contains(name.Name, StringComparison.Ordinal)));

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
            Remember(shapes.Quoted(service.LastWord + 1) ?? shapes.Quoted(service.FirstWord - 1) ?? Compound(service));
        foreach (var called in findings.In(sentence, Concept.Called).Where(hit => (hit.LastWord > hit.FirstWord || hit.Term.Letters >= ShortestVerb) && (findings.IsBeside(sentence, Concept.Thing) || findings.IsBeside(sentence, Concept.Service))))
            Remember(CalledSo(called) ?? SoCalled(called));
    }

    // "The Kvasir-app": where nouns are capital, only what comes again.
    private (int First, int End)? Compound(Hit service)
    {
        var first = service.FirstWord - 1;
        var isGlued = first >= document.Sentences[service.Sentence].FirstWord && document.Text[document.Words[first].End..document.Words[service.FirstWord].Start] is "-";
        return isGlued && shapes.CanBeName(service.Sentence, first) && (!shapes.IsCapitalStyle(service.Sentence) || shapes.IsSupported(first, first + 1)) ? (first, first + 1) : null;
    }

    // Turkish, Hungarian and Finnish put it the other way round: "X adlı mesajlaşma ağı".
    private (int First, int End)? SoCalled(Hit called)
    {
        var word = called.FirstWord - 1;
        return called.LastWord == called.FirstWord && word >= document.Sentences[called.Sentence].FirstWord && document.AreJoined(word, NameShapes.Quotes) && shapes.CanBeName(called.Sentence, word) &&
            (!shapes.IsCapitalStyle(called.Sentence) || shapes.IsQuoted(word)) && findings.In(called.Sentence).Any(hit => hit.Term.Concept is Concept.Service or Concept.Thing && hit.FirstWord > called.LastWord && hit.FirstWord - called.LastWord <= MostFillers)
            ? (word, word + 1) : null;
    }

    // What is struck in a headline, and named again below it, is the network.
    private void ReadTitle()
    {
        for (var sentence = 0; sentence < findings.Sentences && document.Sentences[sentence].Field == TextField.Title; sentence++)
        {
            var blows = findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Takedown or Concept.Infiltration or Concept.Aftermath or Concept.Operator or Concept.Thing or Concept.Service).ToList();
            for (var word = document.Sentences[sentence].FirstWord; blows.Count > 0 && word < document.Sentences[sentence].EndWord; word++)
            {
                if (!shapes.CanBeName(sentence, word))
                    continue;
                var end = shapes.NameEnd(sentence, word, document.Sentences[sentence].EndWord);
                var isNear = blows.Exists(hit => hit.LastWord >= word - NearBlow && hit.FirstWord <= end + NearBlow);
                if (isNear && (shapes.IsQuotedName(word, end) || shapes.ComesAgainInside(word, end)) && !shapes.IsPartOfPersonsName(word, end) && !shapes.IsInRow(word))
                    Remember((word, end));
                word = end - 1;
            }
        }
    }

    private (int First, int End)? CalledSo(Hit called)
    {
        var word = called.LastWord + 1;
        var end = document.Sentences[called.Sentence].EndWord;
        return word < end && document.AreJoined(word - 1, NameShapes.Quotes) && shapes.CanBeName(called.Sentence, word) && !shapes.IsCapitalStyle(called.Sentence) ? (word, shapes.NameEnd(called.Sentence, word, end)) : null;
    }

    private void Remember((int First, int End)? name, double certainty = Unlisted)
    {
        if (name is not { } words || shapes.IsPlaced(words.First))
            return;
        var text = document.Text[document.Words[words.First].Start..document.Words[words.End - 1].End];
        if (IsAcronym(text) || bearers.IsNoNetwork(words.First, words.End)) return;
        found.TryAdd(Fold.Word(text), (text.ToString(), certainty));
    }

    // AFP, BKA, PGP: an office or a technique sooner than a network.
    private static bool IsAcronym(ReadOnlySpan<char> name) => name.Length <= LongestAcronym && !name.ContainsAnyInRange('a', 'z') && !name.ContainsAnyInRange('0', '9');

    private (int First, int End)? NameAfter(Hit hit)
    {
        var end = document.Sentences[hit.Sentence].EndWord;
        var word = hit.LastWord + 1;
        var isRole = hit.Term.Concept is Concept.Operator or Concept.Service;
        var called = false;
        for (var fillers = 0; word < end && fillers <= MostFillers; word++, fillers++)
        {
            if (!document.AreJoined(word - 1, called ? NameShapes.Quotes + ",(" : NameShapes.Quotes))
                return null;
            if (shapes.CanBeName(hit.Sentence, word))
            {
                var name = (First: word, End: shapes.NameEnd(hit.Sentence, word, end));
                var isSure = !isRole && (called || !shapes.IsCapitalStyle(hit.Sentence) || fillers == 0 && shapes.IsNoNoun(hit.Sentence, name.First, name.End));
                return isSure && (fillers == 0 && (shapes.EndsHere(name.End) || shapes.IsProduct(name.First, name.End)) || !shapes.IsNamedPerson(name.First, name.End)) || shapes.IsSupported(name.First, name.End) ? !isRole || called ? name : null : null;
            }

            var filler = shapes.HitAt(hit.Sentence, word);
            if (filler?.Term.Concept == Concept.Called)
                called = true;
            else if (filler?.Term.Concept is not (Concept.Service or Concept.Thing) && !IsForCriminals(hit.Sentence, word))
                return null;
        }

        return null;
    }

    // "An encrypted messenger for the underworld X": whose it is stands between.
    private bool IsForCriminals(int sentence, int word) => shapes.HitAt(sentence, word)?.Term.Concept is Concept.Crime ||
        findings.IsFunctionWord(word) && findings.In(sentence, Concept.Crime).Any(crime => crime.FirstWord - word is 1 or 2);

    private IEnumerable<Hit> Neighbours(int sentence) =>
        (sentence > 0 ? findings.In(sentence - 1, Concept.NamePart) : []).Concat(sentence + 1 < findings.Sentences ? findings.In(sentence + 1, Concept.NamePart) : []);

    // "Ombra Phone": an unknown word and one that such firms like in their names.
    private (int First, int End)? TwoPartName(Hit part)
    {
        var first = part.FirstWord - 1;
        return first >= document.Sentences[part.Sentence].FirstWord && document.AreJoined(first) && shapes.CanBeName(part.Sentence, first) ? (first, part.LastWord + 1) : null;
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
            if (shapes.HitAt(hit.Sentence, first)?.Term.Concept == Concept.Service && first > sentence.FirstWord)
                first--;
            if (!shapes.CanBeName(hit.Sentence, first) || first == 0 && IsDeed(hit.Sentence, word, hit.FirstWord))
                return null;
            if (gap.Contains(':') && shapes.IsInRow(first))
                return null;
            while (first > sentence.FirstWord && word - first < NameShapes.MostWords - 1 && document.AreJoined(first - 1) && shapes.CanBeName(hit.Sentence, first - 1))
                first--;
            var end = shapes.HitAt(hit.Sentence, word)?.Term.Concept == Concept.Service ? word : word + 1;
            var isPlain = end - first == 1 && first > sentence.FirstWord && !shapes.IsCapitalStyle(hit.Sentence) && (findings.Has(hit.Sentence, Concept.Takedown) || findings.Has(hit.Sentence, Concept.Infiltration));
            return isPlain || shapes.IsSupported(first, end) ? (first, end) : null;
        }

        return null;
    }

    // "Buccinasco, a baker convicted over his crypto phone": what heads the headline is a place.
    private bool IsDeed(int sentence, int from, int to) =>
        findings.In(sentence).Any(hit => hit.FirstWord > from && hit.LastWord < to && hit.Term.Concept is Concept.Arrest or Concept.Charge or Concept.Conviction or Concept.Crime or Concept.Police) ||
        shapes.HasQuotes(from, to);

    // Once introduced, the name counts wherever it stands.
    private void AddEverywhere()
    {
        var names = found.Select(pair => (Words: pair.Value.Name.Split([' ', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries), pair.Value.Name, pair.Value.Certainty)).ToList();
        for (var word = 0; word < document.Words.Count; word++)
        {
            if (!document.IsCapital(word))
                continue;
            foreach (var (words, name, certainty) in names)
            {
                var last = word + words.Length - 1;
                if (last >= document.Words.Count || !Matches(word, words))
                    continue;
                var (start, end) = (document.Words[word].Start, document.Words[last].End);
                findings.Add(new(new Term(Concept.Network, "", name, certainty, name), start, end, word, last, document.SentenceAt(word)));
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
