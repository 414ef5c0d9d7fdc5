using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Figures;

/// <summary>Finds the country, or the world, that a figure is said of: what stands nearest to it, with no other figure between.</summary>
internal sealed class FigureScope(Findings findings, Lexicon lexicon, Languages languages, Func<int, IReadOnlyList<NumberMention>> numbersOf)
{
    /// <summary>The words around a figure say where it was counted.</summary>
    public const int Sure = 2;

    private const string World = "world";

    /// <summary>"Most of them in": so many words before a place.</summary>
    private const int WordsOfMost = 6;

    /// <summary>"Several of them in": words from what says so to the place.</summary>
    private const int ReachOfSome = 4;

    /// <summary>"158 in all", "in all 158": words between.</summary>
    private const int WordsOfTotal = 4;

    /// <summary>"Around 10,000 of the users were in the UK": words between a sum and its place.</summary>
    private const int ReachOfSum = 10;

    /// <summary>"In Australia 376 handsets", "in Germany about 1,000 users".</summary>
    private const int ReachOfSumBefore = 3;

    /// <summary>"our country": which one it is depends on who says so.</summary>
    private const string HomeWord = "home";

    private static readonly HashSet<string> Union = new(StringComparer.Ordinal)
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "EU", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    };

    // Sums of a network as a whole, unless the text says otherwise.
    private static readonly HashSet<string> Sums = new(StringComparer.Ordinal) { "messages", "users", "devices", "organisations", "countries", "servers" };

    private readonly Lazy<int> firstSplit = new(() => Enumerable.Range(0, findings.Sentences).Where(sentence => findings.Has(sentence, Concept.Country) && IsSplitByCountry(findings, sentence, numbersOf(sentence))).DefaultIfEmpty(findings.Sentences).First());

    private readonly TextHome home = TextHome.Of(findings, lexicon, languages);

    /// <summary>The country that the text is told of, "world", or "" where it does not say.</summary>
    public string Home => home.Country;

    /// <summary>The scope, and how surely it is the figure's: 2 where the words around it say so, 1 where its sentence does, 0 where it is the text's.</summary>
    public (string Scope, int Sureness) Of(NumberMention number, string kind, int sentence, IReadOnlyList<NumberMention> numbers)
    {
        if (kind == "countries")
            return (World, Sure);
        var marks = Marks(sentence, numbers).ToList();
        var isSum = IsSum(kind, sentence);
        if (Nearest(number, marks.Where(mark => mark.IsPlace && (!isSum || IsNear(number, mark, numbers))), numbers) is { } own)
            return own == HomeWord ? (HomeOf(sentence), Sure) : (own, Sure);
        if (isSum)
            return (OfPeople(number, sentence) ?? World, IsInTitle(sentence) ? -1 : 0);
        if (marks.Exists(mark => mark.IsPlace && (IsOfList(number, mark, numbers) || IsOfSome(number, mark, numbers))))
            return (World, 1);
        if (kind != Candidate.Years && IsOfParts(number, sentence, numbers))
            return (World, 1);
        if (OnlyOfUnion(sentence))
            return (World, 1);
        if (kind != Candidate.Years && IsTotal(number, sentence) && IsAbroad())
            return (World, 1);
        if (IsInTitle(sentence) && kind is Candidate.Years or "convictions" && marks.Count == 0 && OfCourt() is { } court)
            return (court, 0);
        var carried = Carried(sentence);
        var told = carried is null or World ? InTitle() : carried;
        if (told is null or "EU" && kind != Candidate.Years && Nearest(number, marks.Where(mark => !mark.IsPlace), numbers) is { } people)
            return (people, 1);
        if (told is not null)
            return (told, 0);
        if ((carried ?? Agency(sentence)) is { } said)
            return (said, 0);
        return (OfPolice(sentence) ?? (HasHome ? null : OfPolice(0))) is { } police ? (police, 1) : IsInTitle(sentence) ? (home.OfTitle, -1) : (IsAfterSplit(sentence) ? World : home.Country, 0);
    }

    private bool IsSum(string kind, int sentence) =>
        Sums.Contains(kind) && !(kind is "devices" or "servers" && (findings.Has(sentence, Concept.Seizure) || findings.Has(sentence, Concept.Search)));

    // "2,700 users, most of them in Ireland"; not "the server in Toronto held the data of 40,000 phones".
    private bool IsNear(NumberMention number, Mark mark, IReadOnlyList<NumberMention> numbers) =>
        (mark.Last < number.FirstWord ? number.FirstWord - mark.Last <= ReachOfSumBefore : mark.First - number.LastWord is > 0 and <= ReachOfSum && !IsSplit(number.LastWord, mark.First))
        && Between(number, mark, mark.Last < number.FirstWord, numbers) == 0;

    // "260 Austrian users"
    private string? OfPeople(NumberMention number, int sentence) =>
        findings.In(sentence, Concept.Country).FirstOrDefault(hit => hit.FirstWord == number.LastWord + 1 && hit.Term.Value != LexiconReader.Place)?.Term.Name;

    // "In all 158 people": of a takedown in more countries than one.
    private bool IsTotal(NumberMention number, int sentence)
    {
        var words = findings.Document.Sentences[sentence];
        for (var word = Math.Max(words.FirstWord, number.FirstWord - WordsOfTotal); word < Math.Min(words.EndWord, number.LastWord + WordsOfTotal); word++)
        {
            if (languages.Most is { } language && lexicon.Says(SmallWord.Totals, language, Fold.Word(findings.Document.TextOf(word))) && !(word < number.FirstWord ? IsSplit(word, number.FirstWord) : word > number.LastWord && IsSplit(number.LastWord, word))) return true;
        }

        return false;
    }

    // A Swedish paper that heads its report with the Dutch police may well tell of Sweden.
    private bool HasHome => languages.Most is { } language && lexicon.HomeOf(language) is not null;

    private bool IsAbroad() => findings.All(Concept.Country).Where(hit => findings.IsAbove(hit.Sentence) && hit.Term.Value != LexiconReader.People).Select(hit => hit.Term.Name).Distinct().Count() > 1;

    private string? Nearest(NumberMention number, IEnumerable<Mark> marks, IReadOnlyList<NumberMention> numbers)
    {
        string? best = null;
        var least = int.MaxValue;
        foreach (var mark in marks)
        {
            var isBefore = mark.Last < number.FirstWord;
            if (number.FirstWord >= mark.First && number.LastWord <= mark.Last || !isBefore && (IsOfMost(number, mark) || IsOfSome(number, mark, numbers) || IsOfPart(number, mark, numbers) || IsOfList(number, mark, numbers)))
                continue;
            var distance = isBefore ? number.FirstWord - mark.Last : mark.First - number.LastWord;
            if (distance <= 0) // "2.300US": they share a word
                continue;
            distance += Between(number, mark, isBefore, numbers) * 12;
            if (!isBefore && (IsOfNext(number, mark, numbers) || EndsSentence(number)))
                continue;
            if (!isBefore && IsIn(number, mark))
                distance = 1;
            if (isBefore && IsSplit(mark.Last, number.FirstWord) || !isBefore && IsSplit(number.LastWord, mark.First))
                distance += 6;
            if (distance >= least)
                continue;
            least = distance;
            best = mark.Scope;
        }

        return best;
    }

    // "Convicted are only 26. In Germany …": a number before a full stop may be an ordinal, but not before a word such as "in".
    private bool EndsSentence(NumberMention number) => findings.Document.Text[number.End..] is ['.', ' ', ..] && number.LastWord + 1 < findings.Document.Words.Count
        && findings.IsFunctionWord(number.LastWord + 1) && findings.Document.IsCapital(number.LastWord + 1);

    // "11 in Poland and 13 in Austria": the second is of the place behind it.
    private bool IsIn(NumberMention number, Mark mark) =>
        findings.In(findings.Document.SentenceAt(mark.First), Concept.Within).Any(within => within.FirstWord == number.LastWord + 1 && mark.First - within.LastWord is 1 or 2);

    // "51 arrests, most of them in Australia"
    private bool IsOfMost(NumberMention number, Mark mark)
    {
        for (var word = Math.Max(number.LastWord + 1, mark.First - WordsOfMost); word < mark.First; word++)
        {
            if (languages.Most is { } language && lexicon.Says(SmallWord.Mostly, language, Fold.Word(findings.Document.TextOf(word))))
                return true;
        }

        return false;
    }

    // "48 arrests, several of them in Germany"
    private bool IsOfSome(NumberMention number, Mark mark, IReadOnlyList<NumberMention> numbers) => findings.In(findings.Document.SentenceAt(mark.First), Concept.Counted).Any(same => same.Term.Name == Candidate.Same
        && same.FirstWord > number.LastWord + 1 && mark.First - same.LastWord is > 0 and <= ReachOfSome
        && Enumerable.Range(number.LastWord + 1, mark.First - number.LastWord - 1).Any(word => lexicon.IsVague(Fold.Word(findings.Document.TextOf(word)))) && !numbers.Any(other => other.FirstWord > number.LastWord && other.LastWord < mark.First));

    // "51 arrests, 38 of them in Australia"
    private bool IsOfPart(NumberMention number, Mark mark, IReadOnlyList<NumberMention> numbers) =>
        numbers.Any(other => other.FirstWord > number.LastWord && mark.First - other.LastWord is > 0 and <= 4 && other.FirstWord < mark.First &&
            !findings.In(findings.Document.SentenceAt(mark.First)).Any(hit => hit.Term.Concept is Concept.Counted or Concept.Arrest or Concept.Search && hit.Term.Name is not (Candidate.Same or Candidate.People) && hit.FirstWord > other.LastWord && hit.LastWord < mark.First));

    // "96 arrests: 34 in Turkey, 29 in Romania": behind the colon each number has its own place.
    private bool IsOfList(NumberMention number, Mark mark, IReadOnlyList<NumberMention> numbers) =>
        numbers.Any(other => other.FirstWord > number.LastWord && other.LastWord < mark.First &&
            findings.Document.Text[number.End..other.Start].Contains(':'));

    // "41 held, 19 of them in Finland", "41 held. Fourteen of them were held in Sweden": the whole is of more than the country of the part.
    private bool IsOfParts(NumberMention number, int sentence, IReadOnlyList<NumberMention> numbers)
    {
        if (numbers.Any(other => other.FirstWord > number.LastWord && IsPart(sentence, other))) return true;
        return sentence + 1 < findings.Sentences && !numbers.Any(other => other.FirstWord > number.LastWord)
            && numbersOf(sentence + 1) is [{ } first, ..] && first.FirstWord == findings.Document.Sentences[sentence + 1].FirstWord && IsPart(sentence + 1, first);
    }

    // "Of them … in Sweden": a country by its name, close behind, and not the town of a local paper.
    private bool IsPart(int sentence, NumberMention part) => !part.IsArticle && findings.In(sentence, Concept.Counted).Any(same => same.Term.Name == Candidate.Same && same.FirstWord - part.LastWord is > -3 and <= 2
        && findings.In(sentence, Concept.Country).Any(country => country.Term.Value == 0 && country.FirstWord > same.LastWord && !Follows(country, Concept.Origin) && country.FirstWord - Math.Max(same.LastWord, part.LastWord) <= ReachOfSome));

    private static int Between(NumberMention number, Mark mark, bool isBefore, IReadOnlyList<NumberMention> numbers) =>
        numbers.Count(other => other != number && !(other.FirstWord >= mark.First && other.LastWord <= mark.Last) &&
            (isBefore ? other.FirstWord > mark.Last && other.LastWord < number.FirstWord : other.FirstWord > number.LastWord && other.LastWord < mark.First));

    // "Five held; in Europe 137": behind a semicolon the place is the next number's.
    private bool IsOfNext(NumberMention number, Mark mark, IReadOnlyList<NumberMention> numbers) =>
        findings.Document.Text[number.End..findings.Document.Words[mark.First].Start].Contains(';') && numbers.Any(other => other.FirstWord > mark.Last);

    private bool IsSplit(int from, int to) => IsSplit(findings, from, to);

    private static bool IsSplit(Findings findings, int from, int to)
    {
        var words = findings.Document.Words;
        return findings.Document.Text[words[from].End..words[to].Start].IndexOfAny(",;:–—") >= 0;
    }

    // Countries in a row ("in Belgium, Poland and Germany") are one mark.
    private IEnumerable<Mark> Marks(int sentence, IReadOnlyList<NumberMention> numbers)
    {
        // "52 arrests in seven countries"
        foreach (var hit in findings.In(sentence, Concept.Counted).Where(hit => hit.Term.Name == "countries"))
        {
            if (numbers.Count == 0)
                yield return new(World, hit.FirstWord, hit.LastWord, true);
            else if (numbers.LastOrDefault(other => other.LastWord < hit.FirstWord && hit.FirstWord - other.LastWord <= 3) is { } count)
                yield return new(World, count.FirstWord, hit.LastWord, true);
        }

        var marks = findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Scope or Concept.Country).OrderBy(hit => hit.Start).ToList();
        foreach (var row in Rows.Of(marks, (mark, next) => IsRow(mark, next, numbers)))
        {
            if (row.Exists(IsOfPolice) || row.Exists(hit => TextHome.IsWhereTold(findings, lexicon, hit)) || IsWhereCracked(row[0]) || row.Exists(hit => TextHome.IsOfThing(findings, hit)) || Follows(row[0], Concept.Origin) || Follows(row[0], Concept.Reminder) && !IsWhereTheyStand(row[0]) || IsOfDeed(row[0]) || IsAmongForces(row[0]))
                continue;
            yield return new(Joint(row.Select(hit => hit.Term.Name))!, row[0].FirstWord, row[^1].LastWord, row.Exists(IsPlace));
        }
    }

    private bool IsRow(Hit mark, Hit next, IReadOnlyList<NumberMention> numbers) => (next.Start <= mark.End || findings.Document.Text[mark.End..next.Start].IndexOfAny("–—:;") < 0) &&
        mark.Term.Concept == Concept.Country && next.Term.Concept == Concept.Country && (mark.Term.Value == LexiconReader.People) == (next.Term.Value == LexiconReader.People) && next.FirstWord - mark.LastWord <= 3 &&
        !numbers.Any(number => number.FirstWord > mark.LastWord && number.LastWord < next.FirstWord); // "38 in Australia, 11 in Ireland"

    // "Held after EncroChat was penetrated by investigators in France": where it was read, not where people were held.
    private bool IsWhereCracked(Hit mark) => findings.In(mark.Sentence, Concept.Police).Any(police => mark.FirstWord - police.LastWord is 2 or 3
        && findings.In(mark.Sentence, Concept.Infiltration).Any(read => police.FirstWord - read.LastWord is > 0 and <= ReachOfSome
            && !findings.In(mark.Sentence).Any(hit => hit.Term.Concept is Concept.Network or Concept.Arrest && hit.FirstWord > read.LastWord && hit.LastWord < police.FirstWord)) && findings.In(mark.Sentence, Concept.Within).Any(within => within.FirstWord > police.LastWord && within.LastWord < mark.FirstWord));

    // "Three before a Dublin court"
    private bool IsWhereTheyStand(Hit mark) => findings.In(mark.Sentence, Concept.Counted).Any(counted => counted.FirstWord < mark.FirstWord && counted.LastWord > mark.LastWord);

    // Of "a Canadian" and "canadien" the figure is not said; most languages write them small.
    private bool IsPlace(Hit mark) =>
        mark.Term.Concept == Concept.Scope || mark.Term.Value == LexiconReader.Place || Follows(mark, Concept.Within) && !TextHome.IsSomebody(findings, lexicon, languages.Most, mark) ||
        mark.Term.Value != LexiconReader.People && !char.IsLower(findings.Document.Text[mark.Start]);

    // "RCMP, FBI and Mexico announce 41 arrests": one of those that act.
    private bool IsAmongForces(Hit mark) => mark.FirstWord > 0 && lexicon.Joiners.Contains(Fold.Word(findings.Document.TextOf(mark.FirstWord - 1)))
        && findings.In(mark.Sentence, Concept.Agency).Any(agency => mark.FirstWord - agency.LastWord == 2);

    // "Arrest 35 in a global sting", "an international operation", "međunarodna trgovina drogom": not in the world.
    private bool IsOfDeed(Hit mark) => mark.Term.Concept == Concept.Scope && mark.Term.Name == World
        && (findings.In(mark.Sentence).Any(hit => hit.Term.Concept is Concept.Takedown or Concept.Search or Concept.Infiltration && hit.FirstWord == mark.LastWord + 1
            || hit.Term.Concept is Concept.Crime or Concept.Drug && (hit.FirstWord - mark.LastWord is 1 or 2 || mark.FirstWord - hit.LastWord == 1))
            || languages.Most is { } language && mark.LastWord + 1 < findings.Document.Words.Count && lexicon.Says(SmallWord.Undertakings, language, Fold.Word(findings.Document.TextOf(mark.LastWord + 1))));

    // With an article between at most: "in the Netherlands".
    private bool Follows(Hit mark, Concept concept) =>
        findings.In(mark.Sentence, concept).Any(hit => mark.FirstWord - hit.LastWord is 1 or 2);

    // "French police" says who acted, not where; "in Sweden since the FBI" does not.
    private bool IsOfPolice(Hit mark) =>
        mark.Term.Value != LexiconReader.Place && mark.Term.Name is not (World or HomeWord) && !findings.In(mark.Sentence, Concept.Within).Any(within => within.LastWord == mark.FirstWord - 1 && !findings.Document.Text[within.Start..within.End].Equals("a", StringComparison.OrdinalIgnoreCase) && mark.Term.Value != LexiconReader.People) &&
        findings.In(mark.Sentence).Any(hit => hit.Term.Concept is Concept.Police or Concept.Agency && (hit.FirstWord - mark.LastWord is 1 or 2 && !IsSplit(mark.LastWord, hit.FirstWord) || mark.FirstWord - hit.LastWord == 1 && !IsSplit(hit.LastWord, mark.FirstWord)));

    private string? Agency(int sentence)
    {
        var countries = findings.In(sentence, Concept.Agency).Where(hit => !home.RunNetwork.Contains(hit.Term.Name)).Select(hit => lexicon.CountryOf(hit.Term.Name)).OfType<string>().Distinct().ToList();
        return countries is [not "EU"] ? countries[0] : null;
    }

    // "Europol reports 51 arrests", in whatever country it is told of.
    private bool OnlyOfUnion(int sentence)
    {
        var countries = findings.In(sentence, Concept.Agency).Select(hit => lexicon.CountryOf(hit.Term.Name)).Distinct().ToList();
        return countries is ["EU"] && OfPolice(sentence) is null;
    }

    // The one country that the title names.
    private string? InTitle()
    {
        var named = Enumerable.Range(0, findings.Sentences).TakeWhile(IsInTitle)
            .SelectMany(sentence => Marks(sentence, [])).Where(mark => mark.IsPlace).Select(mark => mark.Scope).Distinct().ToList();
        return named is [not (World or HomeWord or "EU")] ? named[0] : null;
    }

    // "Nine years for the founder", and below: "a court in San Diego".
    private string? OfCourt() => Enumerable.Range(0, findings.Sentences).SkipWhile(IsInTitle).Take(1).Where(below => findings.Has(below, Concept.Court))
        .Select(below => Marks(below, []).Where(mark => mark.IsPlace).Select(mark => mark.Scope).Distinct().ToList()).Select(named => named is [not (World or HomeWord or "EU")] ? named[0] : null).FirstOrDefault();

    private bool IsInTitle(int sentence) => findings.Document.Sentences[sentence].Field == TextField.Title;

    // "63 held: 28 in Finland, 22 in Sweden. 94 homes were searched": what follows is of all of them.
    private bool IsAfterSplit(int sentence) => sentence > firstSplit.Value;

    private static bool IsSplitByCountry(Findings findings, int sentence, IReadOnlyList<NumberMention> numbers) => numbers.Count > 1 && findings.In(sentence, Concept.Country)
        .Where(country => numbers.Any(number => !number.IsArticle && country.FirstWord - number.LastWord is > 0 and <= ReachOfSumBefore && !IsSplit(findings, number.LastWord, country.FirstWord))).Select(country => country.Term.Name).Distinct().Count() > 1;

    // "Turkish police", where nothing else says where; of "French and Dutch police" both.
    private string? OfPolice(int sentence)
    {
        var countries = findings.In(sentence, Concept.Country).OrderBy(hit => hit.Start).ToList();
        var named = new List<string>();
        var isCracking = findings.Has(sentence, Concept.Infiltration) && !findings.Has(sentence, Concept.Arrest) && !findings.Has(sentence, Concept.Search) && !findings.Has(sentence, Concept.Seizure); // together, and held nobody yet
        foreach (var row in Rows.Of(countries, (country, next) => IsRow(country, next, [])))
        {
            var police = row.FindAll(hit => IsOfPolice(hit) && !Follows(hit, Concept.Reminder));
            if (police.Count > 0) named.AddRange((isCracking ? police : row).Select(hit => hit.Term.Name));
        }

        return Joint(named);
    }

    private static string? Joint(IEnumerable<string> countries) => countries.Distinct().ToList() switch
    {
        [] => null,
        [var one] => one,
        var several => several.TrueForAll(Union.Contains) ? "EU" : World,
    };

    // What the sentence before names; where that is several places, all of them.
    private string? Carried(int sentence)
    {
        var sentences = findings.Document.Sentences;
        if (sentence == 0 || sentences[sentence - 1].Field != sentences[sentence].Field || TextHome.IsOfServers(findings, sentence - 1))
            return null;
        var before = Marks(sentence - 1, []).Where(mark => mark.IsPlace).Select(mark => mark.Scope).Distinct().ToList();
        if (before.Count == 2)
            before.Remove(HomeWord); // "in New Zealand … across the country"
        return before.Count == 0 ? null : before.Count > 1 ? World : before[0] == HomeWord ? home.Country : before[0];
    }

    private string HomeOf(int sentence) =>
        Carried(sentence) is { } before && before is not (World or HomeWord or "EU") ? before
        : TextHome.OfLanguage(findings, lexicon, languages) ?? home.Country;

    /// <summary>Words that say of where something is told.</summary>
    /// <param name="Scope">A country, "EU", "world" or "home".</param>
    /// <param name="First">Its first word.</param>
    /// <param name="Last">Its last word.</param>
    /// <param name="IsPlace">It names a place, not somebody's nationality.</param>
    private readonly record struct Mark(string Scope, int First, int Last, bool IsPlace);
}
