using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;

namespace FeedWatch.Detection.Figures;

/// <summary>Finds the country, or the world, that a figure is said of: what stands nearest to it, with no other figure between.</summary>
internal sealed class FigureScope(Findings findings, Lexicon lexicon, Languages languages)
{
    private const string World = "world";

    /// <summary>Words by which a town may stand further from a figure than the nationality of somebody.</summary>
    private const int PlacesFirst = 4;

    /// <summary>Words that "from Spain" counts as further away than it stands.</summary>
    private const int OriginsLast = 10;

    /// <summary>"our country": which one it is depends on who says so.</summary>
    private const string HomeWord = "home";

    private static readonly HashSet<string> Union = new(StringComparer.Ordinal)
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "EU", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    };

    // Sums of a network as a whole, unless the text says otherwise.
    private static readonly HashSet<string> Sums = new(StringComparer.Ordinal) { "messages", "users", "devices", "organisations", "countries", "servers" };

    private readonly string home = HomeIn(findings, lexicon, languages);

    /// <summary>The country that the text is told of, "world", or "" where it does not say.</summary>
    public string Home => home;

    /// <summary>The scope, and whether the sentence itself says so.</summary>
    public (string Scope, bool IsSaid) Of(NumberMention number, string kind, int sentence, IReadOnlyList<NumberMention> numbers)
    {
        if (kind == "countries")
            return (World, true);
        if (Nearest(number, sentence, numbers) is { } own)
            return own == HomeWord ? (HomeOf(sentence), true) : (own, true);
        if (Agency(sentence) is { } agency && agency != "EU")
            return (agency, false);
        if (Sums.Contains(kind))
            return (World, false);
        var carried = Carried(sentence);
        return (carried is null or World ? InTitle() ?? carried ?? OfPolice(sentence) ?? home : carried, false);
    }

    private string? Nearest(NumberMention number, int sentence, IReadOnlyList<NumberMention> numbers)
    {
        string? best = null;
        var least = int.MaxValue;
        foreach (var (scope, first, last, further) in Marks(sentence, numbers))
        {
            if (number.FirstWord >= first && number.LastWord <= last)
                continue;
            var isBefore = last < number.FirstWord;
            var distance = isBefore ? number.FirstWord - last : first - number.LastWord;
            if (distance <= 0) // "2.300US": they share a word
                continue;
            foreach (var other in numbers)
            {
                if (other != number && !(other.FirstWord >= first && other.LastWord <= last) && (isBefore ? other.FirstWord > last && other.LastWord < number.FirstWord : other.FirstWord > number.LastWord && other.LastWord < first))
                    distance += 12;
            }

            if (isBefore && IsSplit(last, number.FirstWord) || !isBefore && IsSplit(number.LastWord, first))
                distance += 6;
            distance += further;
            if (distance >= least)
                continue;
            least = distance;
            best = scope;
        }

        return best;
    }

    private bool IsSplit(int from, int to)
    {
        var words = findings.Document.Words;
        return findings.Document.Text[words[from].End..words[to].Start].IndexOfAny(',', ';', ':') >= 0;
    }

    // Countries in a row ("in Belgium, Poland and Germany") are one mark.
    private IEnumerable<(string Scope, int First, int Last, int Further)> Marks(int sentence, IReadOnlyList<NumberMention> numbers)
    {
        // "52 arrests in seven countries"
        foreach (var hit in findings.In(sentence, Concept.Counted).Where(hit => hit.Term.Name == "countries"))
        {
            if (numbers.LastOrDefault(other => other.LastWord < hit.FirstWord && hit.FirstWord - other.LastWord <= 3) is { } count)
                yield return (World, count.FirstWord, hit.LastWord, 0);
        }

        var marks = findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Scope || hit.Term.Concept is Concept.Country && !IsOfPolice(hit)).OrderBy(hit => hit.Start).ToList();
        for (var i = 0; i < marks.Count; i++)
        {
            var row = new List<Hit> { marks[i] };
            while (i + 1 < marks.Count && IsRow(marks[i], marks[i + 1], numbers))
                row.Add(marks[++i]);
            var names = row.Select(hit => hit.Term.Name).Distinct().ToList();
            var scope = names.Count == 1 ? names[0] : names.TrueForAll(Union.Contains) ? "EU" : World;
            yield return (scope, row[0].FirstWord, row[^1].LastWord, Further(row));
        }
    }

    private static bool IsRow(Hit mark, Hit next, IReadOnlyList<NumberMention> numbers) =>
        mark.Term.Concept == Concept.Country && next.Term.Concept == Concept.Country && next.FirstWord - mark.LastWord <= 3 &&
        !numbers.Any(number => number.FirstWord > mark.LastWord && number.LastWord < next.FirstWord); // "38 in Australia, 11 in Ireland"

    private int Further(List<Hit> row)
    {
        if (Follows(row[0], Concept.Origin))
            return OriginsLast;
        var isPlace = row.Exists(hit => hit.Term.Concept == Concept.Scope || hit.Term.Value == LexiconReader.Place) || Follows(row[0], Concept.Within);
        return isPlace ? 0 : PlacesFirst;
    }

    // With an article between at most: "in the Netherlands".
    private bool Follows(Hit mark, Concept concept) =>
        findings.In(mark.Sentence, concept).Any(hit => mark.FirstWord - hit.LastWord is 1 or 2);

    // "French police" says who acted, not where.
    private bool IsOfPolice(Hit country) =>
        findings.In(country.Sentence).Any(hit => hit.Term.Concept is Concept.Police or Concept.Agency && country.Term.Value != LexiconReader.Place && (hit.FirstWord - country.LastWord is 1 or 2 || country.FirstWord - hit.LastWord == 1));

    private string? Agency(int sentence)
    {
        var countries = findings.In(sentence, Concept.Agency).Select(hit => lexicon.CountryOf(hit.Term.Name)).OfType<string>().Distinct().ToList();
        return countries.Count == 1 ? countries[0] : null;
    }

    // The one country that the title names.
    private string? InTitle()
    {
        if (findings.Document.Sentences[0].Field != TextField.Title)
            return null;
        var named = Marks(0, []).Select(mark => mark.Scope).Distinct().ToList();
        return named is [not (World or HomeWord)] ? named[0] : null;
    }

    // "Turkish police", where nothing else says where.
    private string? OfPolice(int sentence)
    {
        var named = findings.In(sentence, Concept.Country).Select(hit => hit.Term.Name).Distinct().ToList();
        return named.Count == 1 ? named[0] : null;
    }

    private string? Carried(int sentence)
    {
        var sentences = findings.Document.Sentences;
        if (sentence == 0 || sentences[sentence - 1].Field != sentences[sentence].Field)
            return null;
        var before = Marks(sentence - 1, []).Select(mark => mark.Scope).Distinct().ToList();
        return before.Count == 0 ? null : before[^1] == HomeWord ? home : before[^1];
    }

    private string HomeOf(int sentence) =>
        Carried(sentence) is { } before && before is not (World or HomeWord or "EU") ? before
        : languages.Most is { } language && lexicon.HomeOf(language) is { } spoken ? spoken : home;

    // What the text is told of where a sentence does not say: the country named most, the world, or where its language is spoken.
    private static string HomeIn(Findings findings, Lexicon lexicon, Languages languages)
    {
        var own = languages.Most is { } language ? lexicon.HomeOf(language) : null;
        var named = findings.All(Concept.Country).Select(hit => hit.Term.Name)
            .Concat(findings.All(Concept.Agency).Select(hit => lexicon.CountryOf(hit.Term.Name)).OfType<string>())
            .Append(own ?? "").Where(country => country.Length > 0)
            .GroupBy(country => country).OrderByDescending(group => group.Count()).ToList();
        if (named.Count == 0)
            return findings.All(Concept.Scope).Any(hit => hit.Term.Name == World) ? World : "";
        if (findings.All(Concept.Country).Select(hit => hit.Term.Name).Append(own).Distinct().Count() <= 1)
            return findings.All(Concept.Scope).Any(hit => hit.Term.Name == World) || named[0].Key == "EU" || named.Exists(group => group.Key == "EU") ? World : named[0].Key;
        return named.Count == 1 || named[0].Count() > named[1].Count() ? named[0].Key == "EU" ? World : named[0].Key : named.Exists(group => group.Key == own) && named.Count == 2 ? own! : World;
    }
}
