using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Figures;

/// <summary>Reads what is weighed and paid: kilos of drugs, what they are worth, and seized money.</summary>
internal sealed class Sums(Findings findings, Lexicon lexicon)
{
    private const string Symbols = "€$£";

    /// <summary>"The drugs that lay in the warehouse used by customers of the chat weighed 380 kilos", where no other drug is told of.</summary>
    private const int FarFromOnlyDrug = 15;

    /// <summary>"€16m euros of cocaine", "16 miljoen euro aan cocaïne": words from money to the drug that it is the value of.</summary>
    private const int WordsToDrug = 3;

    /// <summary>"14 arrests, a lab in Enschede, automatic weapons and 90,000 euros": words between two finds of a row.</summary>
    private const int MostWordsInRow = 8;

    /// <summary>"The street value of it all is put by prosecutors at 1.4 billion": words between.</summary>
    private const int FarFromWorth = 9;

    /// <summary>"1.4 million euros in bitcoin": words from the number.</summary>
    private const int WordsToCrypto = 3;

    /// <summary>"Bitcoin im Wert von 1,4 Millionen": words to the number.</summary>
    private const int WordsFromCrypto = 5;

    private const string Cryptocurrency = "cryptocurrency";

    /// <summary>A sum that needs no currency of its own.</summary>
    private const decimal LeastSum = 1_000;

    private static readonly HashSet<string> Finds = new(StringComparer.Ordinal) { "arrests", "searches", "drugs", "weapons", "vehicles", "labs", "servers", "cash" };

    /// <summary>Code of a dollar of which the sign does not say which.</summary>
    public const string Dollar = "$";

    /// <summary>The Dutch and Belgian "ton" of money.</summary>
    private const decimal TonOfMoney = 100_000;

    /// <summary>Drugs or cash, or null where it is neither.</summary>
    /// <param name="found">What the number before it counted, in its own sentence; null where there is none.</param>
    public (string Kind, decimal Value, string Unit, string What)? Of(NumberMention number, int sentence, IReadOnlyList<NumberMention> all, int index, string? found)
    {
        var limit = index + 1 < all.Count ? all[index + 1].FirstWord : int.MaxValue;
        if (UnitAfter(number, sentence, Concept.Weight) is { } weight)
            return Weighed(number, weight, sentence, limit, index > 0 ? all[index - 1].LastWord : -1);
        if (number.IsArticle || (CurrencyOf(number, sentence) ?? (found is "cash" ? CurrencyBefore(all[index - 1], number, sentence) : null)) is not { } currency || IsConversion(number))
            return null;
        return ValuedDrug(number, sentence, limit) is { } drug ? findings.Has(sentence, Concept.Seizure) || IsBehindSameField(sentence) && findings.Has(sentence - 1, Concept.Seizure) ? ("drugs", number.Value, currency, drug) : null
            : IsSeized(number, sentence, found is not null && Finds.Contains(found) && IsInRow(all[index - 1], number)) ? ("cash", number.Value, currency, InCrypto(number, sentence) ? Cryptocurrency : "") : null;
    }

    /// <summary>Whether a unit stands beside the number, so that it counts no people or things.</summary>
    public bool IsMeasured(NumberMention number, int sentence) => UnitAfter(number, sentence, Concept.Weight) is not null || CurrencyOf(number, sentence) is not null;

    private (string Kind, decimal Value, string Unit, string What)? Weighed(NumberMention number, Hit unit, int sentence, int limit, int previous)
    {
        var cash = findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Cash && hit.FirstWord > unit.LastWord && hit.FirstWord - unit.LastWord <= 3);
        var drugs = findings.In(sentence, Concept.Drug).ToList();
        var after = drugs.Where(hit => hit.FirstWord > unit.LastWord && hit.FirstWord < limit && hit.FirstWord - unit.LastWord <= 5).MinBy(hit => hit.FirstWord);
        if (after is null && cash && unit.Term.Value >= 1000)
            return ("cash", number.Value * TonOfMoney, "EUR", "");
        var drug = after ?? drugs.Where(hit => hit.LastWord < number.FirstWord && hit.LastWord > previous && (number.FirstWord - hit.LastWord <= 8 || drugs.Count == 1 && number.FirstWord - hit.LastWord <= FarFromOnlyDrug)).MaxBy(hit => hit.LastWord);
        // "They traded in cocaine. In a garage lay 63 kilos."
        drug ??= drugs.Count == 0 && IsBehindSameField(sentence) && !findings.In(sentence, Concept.Called).Any(of => of.FirstWord == unit.LastWord + 1) && OnlyDrug(sentence - 1) is { } only ? only : null;
        return drug is null ? null : ("drugs", number.Value * (decimal)unit.Term.Value, "kg", drug.Term.Name);
    }

    private Hit? UnitAfter(NumberMention number, int sentence, Concept concept) =>
        findings.In(sentence, concept).Where(hit => hit.Start >= number.End && hit.FirstWord - number.LastWord is >= 0 and <= 2 && IsBeside(number.LastWord, hit.FirstWord)).MinBy(hit => hit.FirstWord);

    // "2,3 miljoen euro", "54 millions de livres", but not over a comma.
    private bool IsBeside(int from, int to)
    {
        var words = findings.Document.Words;
        return from == to || findings.Document.Text[words[from].End..words[to].Start].IndexOfAny(",;:()") < 0;
    }

    private string? CurrencyOf(NumberMention number, int sentence)
    {
        if (UnitAfter(number, sentence, Concept.Currency) is { } after)
            return after.Term.Name;
        if (findings.In(sentence, Concept.Currency).FirstOrDefault(hit => hit.LastWord == number.FirstWord - 1 && number.Start - hit.End <= 1) is { } before)
            return before.Term.Name;
        var text = findings.Document.Text;
        var at = number.Start - 1;
        while (at >= 0 && (char.IsWhiteSpace(text[at]) && number.Start - at <= 2))
            at--;
        if (at >= 0 && Symbols.Contains(text[at], StringComparison.Ordinal))
            return Code(text[at], at > 0 ? text[at - 1] : ' ');
        at = number.End;
        while (at < text.Length && at - number.End < 2 && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length && Symbols.Contains(text[at], StringComparison.Ordinal) ? Code(text[at], ' ') : null;
    }

    private static string Code(char symbol, char before) => (symbol, before) switch
    {
        ('€', _) => "EUR",
        ('£', _) => "GBP",
        (_, 'A') => "AUD",
        (_, 'C') => "CAD",
        (_, 'R') => "BRL",
        (_, 'S') => "USD",
        _ => Dollar,
    };

    // "€145,000 in cash, half a million in crypto": in the same money.
    private string? CurrencyBefore(NumberMention before, NumberMention number, int sentence) => number.Value >= LeastSum
        && InCrypto(number, sentence) && number.FirstWord - before.LastWord <= MostWordsInRow ? CurrencyOf(before, sentence) : null;

    // "1.4 million euros in bitcoin", "bitcoin worth 1.4 million"
    private bool InCrypto(NumberMention number, int sentence) => findings.In(sentence, Concept.Counted).Where(hit => hit.Term.Name == Candidate.Crypto).Any(hit =>
        hit.FirstWord - number.LastWord is > 0 and <= WordsToCrypto && IsBeside(number.LastWord, hit.FirstWord)
        || number.FirstWord - hit.LastWord is > 0 and <= WordsFromCrypto && IsBeside(hit.LastWord, number.FirstWord) && findings.In(sentence, Concept.Counted).Any(worth => worth.Term.Name == Candidate.Worth && worth.FirstWord > hit.LastWord && worth.LastWord < number.FirstWord));

    // "746 arrests, £54m and two tonnes of drugs"
    private bool IsInRow(NumberMention before, NumberMention number)
    {
        var start = number.FirstWord;
        while (start - 1 > before.LastWord && IsOfMoney(start - 1))
            start--;
        if (start - before.LastWord > MostWordsInRow || start - 1 < before.FirstWord)
            return false;
        return lexicon.Joiners.Contains(Fold.Word(findings.Document.TextOf(start - 1))) || findings.Document.Text[findings.Document.Words[start - 1].End..number.Start].Contains(',');
    }

    private bool IsOfMoney(int word) => findings.Document.TextOf(word) is "R" or "A" or "C" or "NZ" or "US"
        || findings.In(findings.Document.SentenceAt(word), Concept.Currency).Any(hit => hit.FirstWord <= word && hit.LastWord >= word);

    private bool IsSeized(NumberMention number, int sentence, bool isInRow)
    {
        var near = findings.In(sentence).Where(hit => hit.FirstWord - number.LastWord <= 6 && number.FirstWord - hit.LastWord <= 6).ToList();
        if (near.Exists(hit => hit.Term is { Concept: Concept.Counted, Name: Candidate.Price } && hit.FirstWord - number.LastWord <= 4))
            return false;
        if (near.Exists(hit => hit.Term is { Concept: Concept.Counted, Name: Candidate.Cash or Candidate.Crypto }))
            return true;
        // Drugs are valued in money as well.
        if (near.Exists(hit => hit.Term is { Concept: Concept.Counted, Name: Candidate.Worth }))
            return false;
        return isInRow || findings.Has(sentence, Concept.Seizure);
    }

    // "€16m of cocaine", "drugs worth €16m": what the drugs are worth; not "€90,000 and drugs".
    private string? ValuedDrug(NumberMention number, int sentence, int limit) => findings.In(sentence, Concept.Drug)
        .FirstOrDefault(drug => drug.FirstWord - number.LastWord is > 0 and <= WordsToDrug && drug.FirstWord < limit && IsBeside(number.LastWord, drug.FirstWord)
            && !Enumerable.Range(number.LastWord + 1, drug.FirstWord - number.LastWord - 1).Any(word => lexicon.Joiners.Contains(Fold.Word(findings.Document.TextOf(word))))
            || findings.In(sentence, Concept.Counted).Any(worth => worth.Term.Name == Candidate.Worth && worth.FirstWord == drug.LastWord + 1 && number.FirstWord - worth.LastWord is > 0 and <= WordsToDrug))?.Term.Name
        ?? WorthOfDrugBefore(number, sentence);

    // "Eleven tonnes of cocaine were found. In all it is worth 1.4 billion euros."
    private string? WorthOfDrugBefore(NumberMention number, int sentence) => IsBehindSameField(sentence) && !findings.Has(sentence, Concept.Drug) && !findings.Has(sentence, Concept.Seizure)
        && findings.In(sentence, Concept.Counted).Any(worth => worth.Term.Name == Candidate.Worth && number.FirstWord - worth.LastWord is > 0 and <= FarFromWorth)
        && OnlyDrug(sentence - 1) is { } drug ? drug.Term.Name : null;

    private bool IsBehindSameField(int sentence) => sentence > 0 && findings.Document.Sentences[sentence - 1].Field == findings.Document.Sentences[sentence].Field;

    private Hit? OnlyDrug(int sentence) => findings.In(sentence, Concept.Drug).DistinctBy(hit => hit.Term.Name).ToList() is [var only] ? only : null;

    // "€59 million (£54 million)": the same money again.
    private bool IsConversion(NumberMention number)
    {
        var text = findings.Document.Text;
        for (var at = number.Start - 1; at >= Math.Max(0, number.Start - 12); at--)
        {
            if (text[at] == '(')
                return at > 1 && (Symbols.Contains(text[at - 2], StringComparison.Ordinal) || number.FirstWord > 0 && char.IsLetter(text[at - 2]));
            if (text[at] is ')' or ',')
                return false;
        }

        return false;
    }
}
