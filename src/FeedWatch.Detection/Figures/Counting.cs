using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Figures;

/// <summary>Says what the numbers of one sentence count.</summary>
internal sealed class Counting(Findings findings, int sentence, IReadOnlyList<NumberMention> numbers)
{
    private const int MostWordsToVerb = 6;
    private const int MostWordsToNoun = 4;
    private const int MostWordsBack = 10;
    private const int WordsToUse = 3;
    private const int WordsToVerdict = 8;
    private const int MostChargesOfOne = 20;
    private const int FewestMonths = 6;
    private const int MostMonths = 600;
    private const int MostPeople = 5_000;
    private const int YoungestNamed = 14;
    private const int OldestNamed = 90;
    private const decimal LongestPrisonTerm = 20_000;

    private readonly Document document = findings.Document;

    /// <summary>The kind of figure that a number is, or null.</summary>
    /// <param name="index">Which number of the sentence.</param>
    /// <param name="before">What the number before it counted.</param>
    public string? KindOf(int index, string? before)
    {
        var number = numbers[index];
        if (number.IsYear)
            return null;
        var candidate = new Candidate(number, NounAfter(index));
        if (candidate.Noun is { } far && (IsRangeOfAges(index, far) || IsOfSomebody(number) || IsOfPolice(number, far)))
            return null;
        if (candidate.Noun is null)
            return number.IsArticle && !IsOfList(number) ? null : Bare(index, before) ?? Unknown(index);
        var kind = candidate.Noun is { Term: { Concept: Concept.Charge } or { Concept: Concept.Counted, Name: "charges" } } accused && IsConvicted(number, accused) ? "convictions" : candidate.Direct ?? Indirect(candidate, index, before);
        if (kind is "messages" && IsRate(candidate.Noun) || kind is "charges" && candidate.Direct is not null && number.Value <= MostChargesOfOne && IsThreat(number))
            return null;
        // "A gang", "een bericht": an article counts only what is rarely named without being found.
        return number.IsArticle && kind is not "labs" ? null : kind;
    }

    private Hit? NounAfter(int index)
    {
        var number = numbers[index];
        // "Between 4 and 9 years", "men of 36 and 37 years", "10,000 of the 20,000 phones"
        if (index + 1 < numbers.Count && IsOneRange(number, numbers[index + 1]))
            return NounAfter(index + 1);
        var end = Math.Min(document.Sentences[sentence].EndWord, number.LastWord + 1 + MostWordsToVerb);
        if (index + 1 < numbers.Count)
            end = Math.Min(end, numbers[index + 1].FirstWord);
        for (var word = number.LastWord; word < end; word++)
        {
            if (word > number.LastWord && (IsBroken(word - 1) || IsReminder(word)))
                return null;
            var here = findings.In(sentence).Where(hit => hit.FirstWord == word && hit.Start >= number.End && Countable(hit) && (hit.Term.Concept != Concept.Counted || word - number.LastWord <= MostWordsToNoun))
                .OrderBy(hit => hit.Term.Concept == Concept.Counted ? 0 : 1).ThenByDescending(hit => hit.End).FirstOrDefault();
            if (here is not null)
                return here;
        }

        return null;
    }

    private bool IsOneRange(NumberMention number, NumberMention next) => !IsBrokenBetween(number.LastWord, next.FirstWord)
        && (next.FirstWord - number.LastWord == 2 && document.TextOf(number.LastWord + 1).Length <= 3
            || next.FirstWord - number.LastWord == 3 && document.TextOf(number.LastWord + 2).Length <= 3 && findings.In(sentence, Concept.Called).Any(of => of.FirstWord == number.LastWord + 1 && of.LastWord == of.FirstWord));

    // "More than 120 gardaí searched 22 homes": those who do it.
    private bool IsOfPolice(NumberMention number, Hit verb) => verb.Term.Concept is Concept.Search or Concept.Arrest && !findings.In(sentence, Concept.Counted).Any(noun => noun.FirstWord == verb.FirstWord)
        && findings.In(sentence, Concept.Police).Any(police => police.FirstWord == number.LastWord + 1 && verb.FirstWord - police.LastWord is 1 or 2);

    // "Hold 35 after reading the gangs' messages", but not "three before a Dublin court"
    private bool IsReminder(int word) => findings.In(sentence, Concept.Reminder).Any(hit => hit.FirstWord == word) && !findings.In(sentence, Concept.Counted).Any(hit => hit.FirstWord == word);

    // "Three men aged 24 to 51 are in custody": what a range counts stands right behind it.
    private bool IsRangeOfAges(int index, Hit noun)
    {
        var first = index + 1 < numbers.Count && IsRange(index) ? index : index > 0 && IsRange(index - 1) ? index - 1 : -1;
        return first >= 0 && numbers[first].Value is >= YoungestNamed and <= OldestNamed && numbers[first + 1].Value is >= YoungestNamed and <= OldestNamed && numbers[first].Value < numbers[first + 1].Value &&
            noun.FirstWord - numbers[first + 1].LastWord > 1;
    }

    // "The owner, a man of 46 from Lingewaard, and his partner of 52 from Boxtel were held"
    private bool IsOfSomebody(NumberMention number) => number.Value is >= YoungestNamed and <= OldestNamed && findings.In(sentence, Concept.Called).Any(of => of.LastWord == number.FirstWord - 1)
        && findings.In(sentence, Concept.Origin).Any(from => from.FirstWord == number.LastWord + 1);

    private bool IsRange(int index) =>
        numbers[index + 1].FirstWord - numbers[index].LastWord == 2 && !IsBroken(numbers[index].LastWord) && document.TextOf(numbers[index].LastWord + 1).Length <= 3;

    private static bool Countable(Hit hit) =>
        hit.Term.Concept is Concept.Arrest or Concept.Conviction or Concept.Charge or Concept.Search or Concept.Counted && hit.Term.Name is not (Candidate.Prison or Candidate.Threat or Candidate.Demand or Candidate.Rate or Candidate.Cash or Candidate.Crypto or Candidate.Price or Candidate.Worth or Candidate.Using or Candidate.UsedBy or Candidate.Surrender or Candidate.Life);

    private bool IsBroken(int word) => document.Text[document.Words[word].End..document.Words[word + 1].Start].IndexOfAny(",;:()") >= 0;

    private string? Indirect(Candidate candidate, int index, string? before) => candidate.Noun!.Term.Name switch
    {
        Candidate.People => Fate(index) ?? (IsUsing(candidate) ? "users" : null) ?? Accused() ?? AsUsers(candidate),
        Candidate.Suspects => Fate(index, own: true) ?? Accused() ?? "suspects",
        Candidate.Criminals => Fate(index, own: true) ?? (findings.Has(sentence, Concept.Thing) || findings.Has(sentence, Concept.Network) ? "users" : null),
        Candidate.Places => findings.Has(sentence, Concept.Search) ? "searches" : null,
        Candidate.Years => candidate.Number.Value is > 0 and < LongestPrisonTerm && (InPrison(candidate.Number) || IsHeadlineOfSentence(candidate.Noun)) && !IsThreat(candidate.Number) && !IsOfMan(candidate) ? "years" : null,
        Candidate.Months => IsTermInMonths(candidate) ? "years" : null,
        Candidate.Same => before is "countries" or "drugs" or "cash" ? null : Fate(index, own: true) ?? before,
        _ => null,
    };

    // "Some 5,500 people used the app", "the app was used by 2,100 people"; not a gang that used forty to launder money.
    private bool IsUsing(Candidate candidate) => (findings.Has(sentence, Concept.Network) || findings.Has(sentence, Concept.Thing) || findings.Has(sentence, Concept.Service))
        && findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name switch
        {
            Candidate.Using => IsClose(candidate.Noun!.LastWord, hit.FirstWord),
            Candidate.UsedBy => IsClose(hit.LastWord, candidate.Number.FirstWord),
            _ => false,
        });

    private bool IsClose(int from, int to) => to - from is > 0 and <= WordsToUse && !IsBrokenBetween(from, to);

    // "More than 20 people were identified as users of Ghost"
    private string? AsUsers(Candidate candidate) =>
        findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == "users" && hit.FirstWord - candidate.Noun!.LastWord is > 0 and <= MostWordsToVerb) ? "users" : null;

    // "Eight accused were sentenced", "convicted 14 defendants"
    private bool IsConvicted(NumberMention number, Hit accused) => findings.In(sentence, Concept.Conviction).Any(hit =>
        hit.FirstWord - accused.LastWord is > 0 and <= WordsToVerdict && !IsBrokenBetween(accused.LastWord, hit.FirstWord) && !numbers.Any(other => other.FirstWord > accused.LastWord && other.LastWord < hit.FirstWord) || number.FirstWord - hit.LastWord is > 0 and <= MostWordsToNoun + 1 && !IsBrokenBetween(hit.LastWord, number.FirstWord));

    private bool InPrison(NumberMention number) => findings.In(sentence).Any(hit =>
        hit.Term.Concept is Concept.Conviction && hit.FirstWord - number.LastWord <= 12 && number.FirstWord - hit.LastWord <= 12 ||
        hit.Term is { Concept: Concept.Counted, Name: Candidate.Prison } && hit.FirstWord - number.LastWord is >= 0 and <= 4 ||
        hit.Term.Concept is Concept.Charge && number.FirstWord - hit.LastWord is >= 0 and <= 3);

    /// <summary>Whether a number counts months.</summary>
    public bool IsInMonths(int index) => NounAfter(index) is { Term: { Concept: Concept.Counted, Name: Candidate.Months } } months && !IsTime(months);

    // "Fourteen months ago", "two months after the hack"
    private bool IsTime(Hit months) => findings.In(sentence, Concept.Past).Any(time => time.FirstWord <= months.LastWord && time.LastWord >= months.FirstWord) || IsReminder(months.LastWord + 1);

    // "63 months for selling phones", "eighteen months in prison"; not "convicted after eighteen months".
    private bool IsTermInMonths(Candidate candidate)
    {
        var (number, months) = (candidate.Number, candidate.Noun!);
        return number.Value is >= FewestMonths and < MostMonths && months.FirstWord - number.LastWord == 1 && !IsThreat(number) && !IsTime(months)
            && !findings.In(sentence, Concept.Counted).Any(part => part.Term.Name == Candidate.Same && number.FirstWord - part.LastWord is 1 or 2)
            && (findings.In(sentence).Any(hit => hit.Term is { Concept: Concept.Counted, Name: Candidate.Prison } or { Concept: Concept.Conviction } && hit.FirstWord - months.LastWord is >= 0 and <= 2)
                || findings.In(sentence, Concept.Origin).Any(to => to.LastWord == number.FirstWord - 1) && findings.In(sentence, Concept.Conviction).Any(hit => number.FirstWord - hit.LastWord is > 0 and <= WordsToVerdict));
    }

    // "Seven years for courier", and below, where no years are told: "The court found him guilty"; not "Six years after the hack".
    private bool IsHeadlineOfSentence(Hit years) =>
        document.Sentences[sentence].Field == TextField.Title && !findings.Has(sentence, Concept.Conviction) && !findings.In(sentence, Concept.Reminder).Any(hit => hit.FirstWord - years.LastWord == 1)
        && Enumerable.Range(sentence + 1, Math.Min(2, findings.Sentences - sentence - 1)).Any(below => document.Sentences[below].Field == TextField.Summary
            && findings.Has(below, Concept.Conviction) && findings.Has(below, Concept.Court) && !findings.In(below, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Years));

    // "Faces up to 26 years", "faces five charges"
    private bool IsThreat(NumberMention number) => findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Threat && number.FirstWord - hit.LastWord is > 0 and <= 4);

    // "1,000 messages were sent every day"
    private bool IsRate(Hit noun) => findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Rate && hit.FirstWord - noun.LastWord is > 0 and <= 4);

    // "L'homme de 45 ans", but "une peine de 12 ans", "de 12 ans de prison" and "condenou-o a 17 anos"
    private bool IsOfMan(Candidate candidate)
    {
        var number = candidate.Number;
        if (number.Value is < YoungestNamed or > OldestNamed || number.FirstWord < 2 || number.FirstWord - 2 < document.Sentences[sentence].FirstWord || document.TextOf(number.FirstWord - 1).Length > 2 || Fold.Word(document.TextOf(number.FirstWord - 1)) is "a" || document.TextOf(number.FirstWord - 2).StartsWith("tot", StringComparison.OrdinalIgnoreCase))
            return false; // "a total of 31 years" is one in all these languages
        return !findings.In(sentence).Any(hit => hit.Term.Concept is Concept.Conviction or Concept.Court or Concept.Counted && hit.LastWord == number.FirstWord - 2 ||
            hit.FirstWord - candidate.Noun!.LastWord is >= 0 and <= 3 && hit.Term is { Concept: Concept.Conviction } or { Concept: Concept.Counted, Name: Candidate.Prison } && hit.FirstWord >= number.LastWord);
    }

    // People of whom the sentence says no more than that a court or a raid is about them.
    private string? Accused() => findings.Has(sentence, Concept.Court) ? "charges" : findings.Has(sentence, Concept.Search) ? "arrests" : null;

    // "Two brothers", "nine dockers": no lexicon lists all that people can be.
    private string? Unknown(int index)
    {
        var number = numbers[index];
        if (number.Value is < 2 or > MostPeople || number.LastWord + 1 >= document.Sentences[sentence].EndWord || IsBroken(number.LastWord))
            return null;
        var noun = document.TextOf(number.LastWord + 1);
        if (noun.Length < 4 || !char.IsLetter(noun[0]))
            return null;
        var role = findings.In(sentence, Concept.Operator).Any(hit => hit.FirstWord == number.LastWord + 1);
        var verb = findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Arrest or Concept.Conviction or Concept.Charge).ToList();
        var near = verb.Exists(hit => hit.FirstWord > number.LastWord && hit.FirstWord - number.LastWord <= MostWordsToVerb && !IsBrokenBetween(number.LastWord, hit.FirstWord)) ||
            verb.Exists(hit => number.FirstWord - hit.LastWord is 1 or 2 && !IsBrokenBetween(hit.LastWord, number.FirstWord));
        return near || role ? Fate(index) : null;
    }

    private bool IsBrokenBetween(int from, int to) => document.Text[document.Words[from].End..document.Words[to].Start].IndexOfAny(",;:()") >= 0;

    // "11 in Ireland, one in Canada"
    private bool IsOfList(NumberMention number) => numbers.Count(other => !other.IsYear) > 1 && findings.In(sentence, Concept.Within).Any(within => within.FirstWord == number.LastWord + 1
        && findings.In(sentence, Concept.Country).Any(country => country.FirstWord - within.LastWord is 1 or 2));

    // What became of people: the verb behind the number, else the one before it.
    private string? Fate(int index, bool own = false)
    {
        var number = numbers[index];
        var next = index + 1 < numbers.Count ? numbers[index + 1].FirstWord : int.MaxValue;
        var previous = index > 0 ? numbers[index - 1].LastWord : -1;
        if (own && index > 0 && NounAfter(index - 1) is { } counted)
            previous = counted.LastWord; // "746 arrests, 10,000 criminals"

        // "Pleaded guilty" is both, and the greater counts.
        var verbs = findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Arrest or Concept.Conviction or Concept.Charge).OrderBy(hit => hit.Term.Concept == Concept.Conviction ? 0 : 1).ToList();
        var verb = verbs.Where(hit => hit.FirstWord > number.LastWord && hit.FirstWord < next).MinBy(hit => hit.FirstWord)
            ?? verbs.Where(hit => hit.LastWord < number.FirstWord && hit.LastWord > previous).MaxBy(hit => hit.LastWord);
        // "Four people accused of selling phones have been detained."
        if (verb?.Term.Concept == Concept.Charge && verb.FirstWord > number.LastWord)
            verb = verbs.Find(hit => hit.Term.Concept == Concept.Arrest && hit.FirstWord > verb.FirstWord && hit.FirstWord < next) ?? verb;
        if (verb is null && !own)
            verb = verbs.Where(hit => hit.FirstWord > number.LastWord).MinBy(hit => hit.FirstWord) ?? verbs.MaxBy(hit => hit.LastWord);
        return verb?.Term.Concept switch
        {
            Concept.Arrest => "arrests",
            // "For thirty people prosecutors have demanded prison"
            Concept.Conviction when findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Demand && verb.FirstWord - hit.LastWord is > 0 and <= MostWordsToNoun) => "charges",
            Concept.Conviction => "convictions",
            Concept.Charge => "charges",
            _ => null,
        };
    }

    // "Arrests: 48", "users (12,000)", "60 in Germany": what was counted stands before.
    private string? Bare(int index, string? before)
    {
        var number = numbers[index];
        if (IsAge(number))
            return null;
        var marker = findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Same && number.FirstWord - hit.LastWord is >= 1 and <= 3);
        if (marker && before is not (null or "countries" or "drugs" or "cash"))
            return Fate(index, own: true) ?? before;
        var previous = index > 0 ? numbers[index - 1].LastWord : -1;
        var noun = findings.In(sentence).Where(hit => hit.LastWord < number.FirstWord && hit.LastWord > previous && number.FirstWord - hit.LastWord <= MostWordsBack && Countable(hit)).MaxBy(hit => hit.LastWord);
        // "In four countries it is 37 now", "more held after the raid - now 168": what the number before counted, or what stands further before.
        var isAside = noun is not null && (noun.Term is { Concept: Concept.Counted, Name: "countries" } && document.Text[noun.End..number.Start].IndexOfAny(":(") < 0
            || noun.Term.Concept == Concept.Search && document.Text[noun.End..number.Start].IndexOfAny("–—") >= 0);
        if (noun is { Term: { Concept: Concept.Counted, Name: Candidate.Suspects } } && number.Value > OldestNamed && EndsHere(number))
            return Fate(index, own: true) ?? Candidate.Suspects; // "the number of suspects rose to 5,400"
        if (noun is not null && new Candidate(number, noun).Direct is { } direct && EndsHere(number))
            return !isAside ? direct
                : findings.In(sentence).Where(hit => hit.LastWord < noun.FirstWord && hit.LastWord > previous && Countable(hit)).MaxBy(hit => hit.LastWord) is { } counted && new Candidate(number, counted).Direct is { } further ? further
                : before is "arrests" or "searches" or "users" or "convictions" or "charges" ? before : null;
        var placed = findings.In(sentence, Concept.Country).Any(hit => number.FirstWord - hit.LastWord is 1 or 2 || hit.FirstWord - number.LastWord is 1 or 2 or 3);
        return placed && before is "arrests" or "searches" or "users" or "convictions" or "charges" ? before : null;
    }

    // "Jane Doe, 42, of Leeds" and "Jane Doe (42)".
    private bool IsAge(NumberMention number)
    {
        if (number.Value >= 100 || number.FirstWord == 0)
            return false;
        var gap = document.Text[document.Words[number.FirstWord - 1].End..number.Start];
        if (number.Value >= YoungestNamed && gap.EndsWith("(") && number.End < document.Text.Length && document.Text[number.End] == ')' && !findings.In(sentence).Any(hit => Countable(hit) && hit.LastWord == number.FirstWord - 1))
            return true;
        return gap.IndexOfAny(",(") >= 0 && document.IsCapital(number.FirstWord - 1) && number.End < document.Text.Length && document.Text[number.End] is ',' or ')' or '.';
    }

    private bool EndsHere(NumberMention number) =>
        number.LastWord + 1 >= document.Sentences[sentence].EndWord || IsBroken(number.LastWord) || IsReminder(number.LastWord + 1) || findings.In(sentence).Any(hit => hit.FirstWord == number.LastWord + 1 && hit.Term.Concept is Concept.Country or Concept.Scope) ||
        !char.IsLetter(document.TextOf(number.LastWord + 1)[0]) || document.TextOf(number.LastWord + 1) is { Length: <= 3 } next && !next[1..].ContainsAnyInRange('A', 'Z'); // "2 BvR 625/25" is a docket
}
