using FeedWatch.Detection.Figures;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>Reads a document: scans it, drops what cannot be meant, puts together what belongs together.</summary>
internal static class Reader
{
    /// <summary>How far an adjective like "encrypted" may stand from what it makes a thing of, in words.</summary>
    private const int Reach = 5;

    private static readonly Term DerivedThing = new(Concept.Thing, "", "", 0, "");
    private static readonly Term WeakThing = new(Concept.Thing, "", Weak, 0, "");
    private static readonly Term CriminalThing = new(Concept.Thing, "", Criminal, 0, "");
    private static readonly Term TappedThing = new(Concept.Thing, "", Tapped, 0, "");
    private static readonly Term HarvestThing = new(Concept.Thing, "", Harvest, 0, "");

    /// <summary>Name of a thing that is one only among criminals: a "secure phone".</summary>
    public const string Weak = "weak";

    /// <summary>Name of a thing that is said to be the criminals': "the drug gangs' messenger". Many a phone is.</summary>
    public const string Criminal = "criminal";

    /// <summary>Name of a thing that somebody reads along with: "hacked the phones".</summary>
    public const string Tapped = "tapped";

    /// <summary>Name of a haul of messages too large for one person's phone.</summary>
    public const string Harvest = "harvest";

    /// <summary>Fewer messages than this can come from the phones of a few people.</summary>
    private const decimal LeastHarvest = 20_000;

    /// <summary>How far those who use it may stand from a phone or chat, in words.</summary>
    private const int ReachOfUsers = 4;

    /// <summary>Name of a thing that is a well-known app for everybody.</summary>
    public const string Consumer = "consumer";

    /// <summary>Reads a document.</summary>
    /// <param name="document">The text.</param>
    /// <param name="lexicon">What is known.</param>
    /// <param name="isKnown">Terms to read with, where not all; so the fitting learns what a text says in words that no lexicon has.</param>
    public static (Findings Findings, Languages Languages) Read(Document document, Lexicon lexicon, Predicate<Term>? isKnown = null)
    {
        var hits = lexicon.Scanner.Scan(document);
        if (isKnown is not null)
            hits.RemoveAll(hit => !isKnown(hit.Term));
        hits.RemoveAll(hit => hit.Term.Concept == Concept.Country && document.Text[hit.End..] is ['$', ..]); // "US$48 million"
        var languages = new Languages(hits, document);
        var functionWords = hits.Where(hit => hit.Term.Concept == Concept.Common && languages.IsPossible(hit.Term.Language)).Select(hit => hit.FirstWord).ToHashSet();
        var findings = new Findings(document, functionWords, LongestNames([.. Once(hits.Where(hit => hit.Term.Concept != Concept.Common && languages.Counts(hit.Term)))]));
        var numbers = new NumberReader(document, lexicon, languages);
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            MakeThings(findings, sentence);
            MakeThingsOfUse(findings, sentence);
            MakeHarvest(findings, sentence, numbers);
        }

        return (findings, languages);
    }

    // "South Australia Police" is not South Australia; "Sky ECC" is not Sky.
    private static IEnumerable<Hit> LongestNames(IReadOnlyList<Hit> hits)
    {
        // "Mexican" begins like "Mexico", but says whose somebody is.
        var peoples = hits.Where(hit => hit.Term is { Concept: Concept.Country, Value: LexiconReader.People }).Select(hit => (hit.Start, hit.Term.Name)).ToHashSet();
        int start = -1, end = -1;
        var country = false;
        foreach (var hit in hits.OrderBy(hit => hit.Start).ThenByDescending(hit => hit.End))
        {
            if (hit.Term is { Concept: Concept.Country, Value: not LexiconReader.People } && peoples.Contains((hit.Start, hit.Term.Name)))
                continue;
            if (IsName(hit))
            {
                if (hit.End <= end && (hit.Start, hit.End) != (start, end))
                    continue;
                (start, end) = (hit.Start, hit.End);
                country = hit.Term.Concept == Concept.Country;
            }
            else if (country && hit.End <= end && hit.Term.Concept == Concept.Counted)
            {
                // "Pays-Bas" counts no countries.
                continue;
            }

            yield return hit;
        }
    }

    // "App" is a word of twenty languages, and says the same in all of them.
    private static IEnumerable<Hit> Once(IEnumerable<Hit> hits) =>
        hits.DistinctBy(hit => (hit.Term.Concept, hit.Term.Name, hit.Term.Value, hit.Term.NeedsCompany, hit.Term.Written.Contains("..", StringComparison.Ordinal), hit.Start, hit.End));

    private static bool IsName(Hit hit) => hit.Term.Concept is Concept.Network or Concept.Operation or Concept.Agency or Concept.Country or Concept.Against or Concept.Currency;

    private static void MakeThings(Findings findings, int sentence)
    {
        if (!findings.Has(sentence, Concept.Service) || !findings.Has(sentence, Concept.Encrypted) && !findings.Has(sentence, Concept.Secret))
            return;
        var made = new List<Hit>();
        foreach (var service in findings.In(sentence, Concept.Service))
        {
            var best = findings.In(sentence)
                .Where(hit => hit.Term.Concept is Concept.Encrypted or Concept.Secret && Distance(hit, service) <= Reach && !IsSplit(findings, hit, service))
                .OrderBy(hit => hit.Term.Concept == Concept.Secret ? 1 : 0).ThenBy(hit => Distance(hit, service))
                .FirstOrDefault();
            if (best is null)
                continue;
            var (first, last) = best.Start < service.Start ? (best, service) : (service, best);
            made.Add(new(best.Term.Concept == Concept.Secret ? WeakThing : DerivedThing, first.Start, Math.Max(first.End, last.End), first.FirstWord, last.LastWord, sentence));
        }

        foreach (var thing in made)
            findings.Add(thing);
    }

    // What nobody calls encrypted is told by whom it serves, or by who reads it.
    private static void MakeThingsOfUse(Findings findings, int sentence)
    {
        if (!findings.Has(sentence, Concept.Service) || findings.In(sentence, Concept.Thing).Any(thing => thing.Term.Name.Length == 0))
            return;
        var made = new List<Hit>();
        foreach (var channel in findings.In(sentence, Concept.Service).Where(hit => hit.Term.Name == LexiconReader.Channel))
        {
            Add(channel, Concept.Crime, ReachOfUsers, CriminalThing);
            Add(channel, Concept.Infiltration, Reach, TappedThing);
        }

        foreach (var thing in made)
            findings.Add(thing);

        void Add(Hit channel, Concept concept, int reach, Term term)
        {
            if (findings.In(sentence, concept).FirstOrDefault(hit => Distance(hit, channel) <= reach && !IsSplit(findings, hit, channel)) is not { } near)
                return;
            var (first, last) = near.Start < channel.Start ? (near, channel) : (channel, near);
            made.Add(new(term, first.Start, Math.Max(first.End, last.End), first.FirstWord, Math.Max(first.LastWord, last.LastWord), sentence));
        }
    }

    private static void MakeHarvest(Findings findings, int sentence, NumberReader numbers)
    {
        var nouns = findings.In(sentence, Concept.Counted).Where(hit => hit.Term.Name == "messages").ToList();
        if (nouns.Count == 0)
            return;
        foreach (var number in numbers.In(findings.Document.Sentences[sentence]).Where(number => number.Value >= LeastHarvest))
        {
            if (nouns.Find(noun => noun.FirstWord - number.LastWord is >= 1 and <= 4) is { } noun)
                findings.Add(new(HarvestThing, number.Start, noun.End, number.FirstWord, noun.LastWord, sentence));
        }
    }

    private static bool IsSplit(Findings findings, Hit one, Hit other) =>
        one.End < other.Start && findings.Document.Text[one.End..other.Start].IndexOfAny(":;(") >= 0 || other.End < one.Start && findings.Document.Text[other.End..one.Start].IndexOfAny(":;(") >= 0;

    /// <summary>Whether a thing was put together from words that stand apart, and may so be an app for everybody.</summary>
    public static bool IsMade(Hit thing) => thing.Term.Written.Length == 0 || thing.Term.Written.Contains("..", StringComparison.Ordinal);

    /// <summary>Words between two hits; 0 where they touch or overlap.</summary>
    public static int Distance(Hit one, Hit other) =>
        one.FirstWord > other.LastWord ? one.FirstWord - other.LastWord - 1
        : other.FirstWord > one.LastWord ? other.FirstWord - one.LastWord - 1 : 0;
}
