using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;

namespace FeedWatch.Detection.Figures;

/// <summary>What a text is told of where a sentence does not say: the country named most, or where its language is spoken, or the world.</summary>
/// <param name="Country">An ISO 3166 alpha-2 country, "world", or "" where the text does not say.</param>
/// <param name="OfTitle">The same for a title that names no country.</param>
/// <param name="RunNetwork">Police that ran a network of the text themselves: where they sit says nothing of where people were held.</param>
internal sealed record TextHome(string Country, string OfTitle, IReadOnlySet<string> RunNetwork)
{
    private const string World = "world";
    private const string Portuguese = "pt";

    /// <summary>Countries of one sentence that have done it together.</summary>
    private const int LeastJoint = 3;

    /// <summary>"Norwegian encrypted network", "the French chat data": words from a nationality to what is of it.</summary>
    private const int ReachOfThing = 2;

    /// <summary>"Europol said in The Hague".</summary>
    private const int ReachOfBody = 3;

    /// <summary>"Europol and police in Lille", "police with Europol in Marseille": they did something there.</summary>
    private const int ReachOfPolice = 4;

    public static TextHome Of(Findings findings, Lexicon lexicon, Languages languages)
    {
        var run = findings.All(Concept.Network).Select(hit => lexicon.RunBy(hit.Term.Name)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var country = IsJoint(findings) ? World : In(findings, lexicon, languages, run);
        return new(country, OfWhole(findings, lexicon, languages) ?? country, run);
    }

    // "Authorities in Denmark, Germany, Lithuania and Norway took it offline": what follows is told of all of them, whichever is named most below.
    private static bool IsJoint(Findings findings) => Enumerable.Range(0, findings.Sentences).TakeWhile(findings.IsAbove).Any(sentence => findings.Has(sentence, Concept.Takedown)
        && findings.In(sentence, Concept.Country).Where(hit => hit.Term.Value != LexiconReader.People).Select(hit => hit.Term.Name).Distinct().Count() >= LeastJoint);

    /// <summary>Whether a nationality is that of the network or of its messages: "Danish crypto phone".</summary>
    public static bool IsOfThing(Findings findings, Hit country) => country.Term.Value != LexiconReader.Place
        && (char.IsLower(findings.Document.Text[country.Start]) || country.Term.Value == LexiconReader.People)
        && findings.In(country.Sentence).Any(hit => (hit.Term.Concept is Concept.Thing or Concept.Encrypted || hit.Term is { Concept: Concept.Service, Name: LexiconReader.Channel }) && hit.FirstWord - country.LastWord is > 0 and <= ReachOfThing);

    /// <summary>Whether a place is only where the union's bodies said something: "Europol presented the balance in Lille".</summary>
    public static bool IsWhereTold(Findings findings, Lexicon lexicon, Hit country) => country.Term.Value == LexiconReader.Place
        && findings.In(country.Sentence, Concept.Agency).Any(body => lexicon.CountryOf(body.Term.Name) == "EU" && Reader.Distance(body, country) <= ReachOfBody)
        && !findings.In(country.Sentence, Concept.Police).Any(police => Reader.Distance(police, country) <= ReachOfPolice && !findings.In(country.Sentence, Concept.Agency).Any(body => body.FirstWord == police.FirstWord));

    /// <summary>Whether a nationality is somebody's: "un lituano de 52 años".</summary>
    public static bool IsSomebody(Findings findings, Lexicon lexicon, string? language, Hit country) => country.FirstWord > 0 && char.IsLower(findings.Document.Text[country.Start])
        && lexicon.Numbers.TryGetValue(Text.Fold.Word(findings.Document.TextOf(country.FirstWord - 1)), out var article) && article.Exists(meaning => meaning is { Value: 1, IsMultiplier: false } && meaning.Language == language);

    /// <summary>Whether a sentence only says where servers stood: whoever was held, was not held there.</summary>
    public static bool IsOfServers(Findings findings, int sentence) => findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == "servers")
        && !findings.Has(sentence, Concept.Arrest) && !findings.Has(sentence, Concept.Search) && !findings.Has(sentence, Concept.Seizure);

    private static string In(Findings findings, Lexicon lexicon, Languages languages, HashSet<string> run)
    {
        var home = OfLanguage(findings, lexicon, languages);
        var own = home ?? (languages.Most is not null ? OfMoney(findings.Document.Text) : null);
        var countries = findings.All(Concept.Country).Where(hit => !IsOfThing(findings, hit) && !IsSomebody(findings, lexicon, languages.Most, hit) && !IsWhereTold(findings, lexicon, hit) && !IsOfServers(findings, hit.Sentence)).Select(hit => hit.Term.Name).ToList();
        var agencies = findings.All(Concept.Agency).Where(hit => !run.Contains(hit.Term.Name)).Select(hit => lexicon.CountryOf(hit.Term.Name)).OfType<string>();
        var named = countries.Concat(agencies)
            .Append(own ?? "").Where(country => country.Length > 0)
            .GroupBy(country => country).OrderByDescending(group => group.Count()).ThenBy(group => group.Key == own && home is null ? 0 : 1).ToList();
        if (named.Count == 0)
            return findings.All(Concept.Scope).Any(hit => hit.Term.Name == World) ? World : "";
        if (countries.Append(own).Distinct().Count() <= 1)
            return named[0].Key == "EU" || named.Exists(group => group.Key == "EU") ? World : named[0].Key;
        return named.Count == 1 || named[0].Count() > named[1].Count() ? named[0].Key == "EU" ? World : named[0].Key : named.Exists(group => group.Key == own) && named.Count == 2 ? own! : World;
    }

    /// <summary>Where the text's language is spoken; null where in several countries. Portuguese that counts in reais is of Brazil.</summary>
    public static string? OfLanguage(Findings findings, Lexicon lexicon, Languages languages) => languages.Most is not { } language ? null
        : language == Portuguese && InReais(findings.Document.Text) ? "BR" : lexicon.HomeOf(language);

    private static bool InReais(ReadOnlySpan<char> text) => text.IndexOf("R$", StringComparison.Ordinal) is var at and >= 0 && (at == 0 || !char.IsLetter(text[at - 1]));

    // English is spoken in many countries; "A$" says in which, where they count in it.
    private static string? OfMoney(ReadOnlySpan<char> text) =>
        text.Contains("NZ$", StringComparison.Ordinal) ? "NZ" : text.Contains("A$", StringComparison.Ordinal) ? "AU" : text.Contains('£') ? "GB" : null;

    /// <summary>Whether it is a country or a place itself, and no nationality.</summary>
    public static bool IsNamed(Findings findings, Hit country) => country.Term.Value != LexiconReader.People && !char.IsLower(findings.Document.Text[country.Start]);

    // Of a title that names no country, where the text goes on to the world or to several.
    private static string? OfWhole(Findings findings, Lexicon lexicon, Languages languages)
    {
        var own = OfLanguage(findings, lexicon, languages);
        var abroad = findings.All(Concept.Country).Where(hit => IsNamed(findings, hit) && hit.Term.Name != own).Select(hit => hit.Term.Name).Distinct().Count();
        return abroad > 1 || findings.All(Concept.Scope).Any(hit => hit.Term.Name == World && findings.IsAbove(hit.Sentence)) ? World : null;
    }
}
