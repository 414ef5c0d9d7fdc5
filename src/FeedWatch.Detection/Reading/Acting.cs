using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>The countries that do something in a report: whose agencies are named, whose police or courts act, where something was counted or servers stood.</summary>
internal static class Acting
{
    /// <summary>Words between a country and its police: "police in Austria", "the Austrian federal police".</summary>
    private const int Reach = 2;

    /// <summary>Words between a place and what was done there: "in Spain, near Málaga, police arrested".</summary>
    private const int ReachOfBlow = 5;

    /// <summary>"Sweden took part", "Swedish police have taken part": words between.</summary>
    private const int ReachOfPart = 4;

    private static readonly Concept[] Blows = [Concept.Arrest, Concept.Search, Concept.Seizure, Concept.Charge, Concept.Conviction];

    private const int CodeLength = 2;

    private const string SeatOfUnionCourt = "LU";

    // Whoever goes to a court there goes to that of human rights.
    private static readonly string[] Strasbourg = ["Stras", "Straß", "Estras", "Страс", "Στρασ"];

    /// <summary>"None of the many arrests of Monday was made in Spain": words between.</summary>
    private const int ReachOfDenial = 9;

    /// <summary>Looked at in one sentence: enough for any, and an end for a text made of names.</summary>
    private const int Most = 20;

    public static IReadOnlyList<string> Of(Findings findings, Lexicon lexicon, string? language, IReadOnlyList<Figure> figures, IEnumerable<NetworkMention> networks)
    {
        var others = networks.Where(network => !network.About).Select(network => network.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var countries = new SortedSet<string>(StringComparer.Ordinal);
        countries.UnionWith(findings.All(Concept.Agency).Select(agency => lexicon.CountryOf(agency.Term.Name)).OfType<string>());

        // A country that only the language suggests is none that acts: a Spanish paper on Vienna.
        countries.UnionWith(figures.Select(figure => figure.Scope).Intersect(findings.All(Concept.Country).Select(country => country.Term.Name), StringComparer.Ordinal));
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            if (findings.Has(sentence, Concept.Country) && findings.Has(sentence, Concept.Police) && !findings.In(sentence, Concept.TakingPart).Any(joined => IsDenied(findings, lexicon, language, joined)))
                countries.UnionWith(OfRows(findings, lexicon, language, sentence, others, IsPoliced));
        }

        for (var sentence = 0; sentence < findings.Sentences && findings.IsAbove(sentence); sentence++)
        {
            if (findings.Has(sentence, Concept.Country) && findings.Has(sentence, Concept.Court))
                countries.UnionWith(OfRows(findings, lexicon, language, sentence, others, IsJudged));
            if (findings.Has(sentence, Concept.Country) && findings.Has(sentence, Concept.Within) && Blows.Any(blow => findings.Has(sentence, blow)))
                countries.UnionWith(OfRows(findings, lexicon, language, sentence, others, IsStruck));
        }

        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            if (findings.Has(sentence, Concept.Country) && findings.Has(sentence, Concept.Within) && Servers(findings, sentence).Any())
                countries.UnionWith(OfRows(findings, lexicon, language, sentence, others, HasServers));
        }

        foreach (var joined in findings.All(Concept.TakingPart).Where(joined => findings.IsAbove(joined.Sentence) && !IsDenied(findings, lexicon, language, joined)).Take(Most))
            countries.UnionWith(Rows.Of([.. findings.In(joined.Sentence, Concept.Country).OrderBy(country => country.Start).Take(Most)], (country, next) => IsJoined(findings, lexicon, language, country, next))
                .Where(row => joined.FirstWord - row[^1].LastWord is > 0 and <= ReachOfPart).Take(1).SelectMany(row => row.Select(country => country.Term.Name)));

        if (language is not null && lexicon.HomeOf(language) is { } home && ActsAtHome(findings, home))
            countries.Add(home);
        countries.RemoveWhere(code => code.Length != CodeLength || code == "EU" || !char.IsUpper(code[0]));
        return [.. countries];
    }

    // "The prosecutor has received chats. They reached Belgrade": police that need no country, in a place of the paper's own.
    private static bool ActsAtHome(Findings findings, string home)
    {
        var above = Enumerable.Range(0, findings.Sentences).Where(findings.IsAbove).ToList();
        return above.Exists(sentence => findings.In(sentence, Concept.Country).Any(country => country.Term.Name == home && country.Term.Value == LexiconReader.Place))
            && above.Exists(sentence => findings.Has(sentence, Concept.Police) && findings.In(sentence, Concept.Country).All(country => country.Term.Name == home || IsSource(findings, country)));
    }

    // "Received from France"
    private static bool IsSource(Findings findings, Hit country) => findings.In(country.Sentence, Concept.Origin).Any(from => country.FirstWord - from.LastWord is 1 or 2);

    // "In the Netherlands, Belgium and Poland 42 were arrested": what holds of one holds of the row.
    private static IEnumerable<string> OfRows(Findings findings, Lexicon lexicon, string? language, int sentence, HashSet<string> others, Func<Findings, List<Hit>, bool> acts)
    {
        var countries = findings.In(sentence, Concept.Country).OrderBy(country => country.Start).Take(Most).ToList();
        return Rows.Of(countries, (country, next) => country.FirstWord == next.FirstWord || IsJoined(findings, lexicon, language, country, next))
            .Where(row => acts(findings, row) && !IsOfAnother(findings, row[0], others) && !IsDenied(findings, lexicon, language, row))
            .SelectMany(row => row.Select(country => country.Term.Name));
    }

    // "The takedown of Velta had nothing to do with the raids against Ombrix in Italy": of the network nearest before, which the report is not about.
    private static bool IsOfAnother(Findings findings, Hit country, HashSet<string> others) =>
        findings.In(country.Sentence, Concept.Network).Where(network => network.LastWord < country.FirstWord).MaxBy(network => network.LastWord) is { } before && others.Contains(before.Term.Name);

    // "Denmark, Germany", "Germany and the Netherlands", but not "in Spain a Canadian"
    private static bool IsJoined(Findings findings, Lexicon lexicon, string? language, Hit country, Hit next)
    {
        var between = next.FirstWord - country.LastWord - 1;
        return between == 0 ? findings.Document.Text[country.End..next.Start].Contains(',')
            : between is > 0 and <= Reach && Enumerable.Range(country.LastWord + 1, between).All(word => findings.IsFunctionWord(word) && !IsOne(lexicon, language, Fold.Word(findings.Document.TextOf(word))));
    }

    private static bool IsOne(Lexicon lexicon, string? language, string word) => lexicon.Numbers.TryGetValue(word, out var meanings) && meanings.Exists(number => number.Language == language && number.Value == 1);

    // "The Dutch police will not say", "none of the arrests was made in Spain"; not "in Spain, where nobody was hurt".
    private static bool IsDenied(Findings findings, Lexicon lexicon, string? language, List<Hit> row)
    {
        var words = findings.Document.Sentences[row[0].Sentence];
        return language is not null && (Denies(row[0].FirstWord - 1, -1) || Denies(row[^1].LastWord + 1, 1));

        bool Denies(int word, int step)
        {
            for (var near = word; near >= words.FirstWord && near < words.EndWord && Math.Abs(near - word) < ReachOfDenial; near += step)
            {
                var (from, to) = step < 0 ? (near, near + 1) : (near - 1, near);
                if (findings.Document.Text[findings.Document.Words[from].End..findings.Document.Words[to].Start].IndexOfAny(",;:") >= 0) return false;
                if (lexicon.Says(SmallWord.Nobody, language, Fold.Word(findings.Document.TextOf(near)))) return true;
            }

            return false;
        }
    }

    // "Croatian police did not take part"
    private static bool IsDenied(Findings findings, Lexicon lexicon, string? language, Hit joined) => language is not null
        && Enumerable.Range(1, Reach).Any(back => joined.FirstWord - back >= findings.Document.Sentences[joined.Sentence].FirstWord && lexicon.Says(SmallWord.Denials, language, Fold.Word(findings.Document.TextOf(joined.FirstWord - back))));

    // "Homes were searched in Lithuania", "in Spain two men were arrested"
    private static bool IsStruck(Findings findings, List<Hit> row) => IsWithin(findings, row) && !IsOfUnion(findings, row)
        && findings.In(row[0].Sentence).Any(blow => Blows.Contains(blow.Term.Concept) && row.Exists(country => Reader.Distance(blow, country) <= ReachOfBlow));

    // "The court in Luxembourg" is the union's.
    private static bool IsOfUnion(Findings findings, List<Hit> row) => row is [{ Term.Name: SeatOfUnionCourt }] && findings.Has(row[0].Sentence, Concept.Court);

    // "Routed through servers in Panama and Hong Kong": where they stood somebody had to let police in.
    private static bool HasServers(Findings findings, List<Hit> row) => IsWithin(findings, row)
        && Servers(findings, row[0].Sentence).Any(servers => row.Exists(country => Reader.Distance(servers, country) <= ReachOfBlow));

    // "In Spain", "in the Netherlands"
    private static bool IsWithin(Findings findings, List<Hit> row) => findings.In(row[0].Sentence, Concept.Within).Any(within => row[0].FirstWord - within.LastWord is 1 or 2);

    private static IEnumerable<Hit> Servers(Findings findings, int sentence) => findings.In(sentence, Concept.Counted).Where(hit => hit.Term.Name == "servers").Take(Most);

    private static bool IsPoliced(Findings findings, List<Hit> row) => IsBeside(findings, row, Concept.Police);

    // "The High Court in Podgorica"
    private static bool IsJudged(Findings findings, List<Hit> row) => row.TrueForAll(place => place.Term.Value == LexiconReader.Place && !Array.Exists(Strasbourg, seat => findings.Document.Text[place.Start..].StartsWith(seat, StringComparison.Ordinal)))
        && IsBeside(findings, row, Concept.Court);

    private static bool IsBeside(Findings findings, List<Hit> row, Concept concept) =>
        findings.In(row[0].Sentence, concept).Take(Most).Any(hit => row.Exists(country => Reader.Distance(hit, country) <= Reach));
}
