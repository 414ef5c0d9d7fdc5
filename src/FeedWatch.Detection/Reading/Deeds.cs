using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Reading;

/// <summary>What befell those who run a network, and what courts decided about it: news without a number.</summary>
internal static class Deeds
{
    /// <summary>"The reseller of EncroChat phones", but not "the owner of the garage where an EncroChat phone lay".</summary>
    private const int ReachOfRole = 6;

    /// <summary>Looked at in one sentence: enough for any, and an end for a text made of names.</summary>
    private const int Most = 20;

    private static readonly (Concept Concept, string What)[] Fates =
        [(Concept.Conviction, "convicted"), (Concept.Charge, "charged"), (Concept.Arrest, "arrested")];

    public static IReadOnlyList<Deed> Of(Findings findings, Lexicon lexicon)
    {
        var deeds = new List<Deed>();
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            if (findings.Has(sentence, Concept.Operator) && RunsNetwork(findings, sentence))
                deeds.AddRange(Fates.Where(fate => findings.Has(sentence, fate.Concept)).Take(1).Select(fate => new Deed(Deed.Operator, fate.What)));
            if (findings.Has(sentence, Concept.Court) && IsAboutNetwork(findings, sentence))
                deeds.AddRange(findings.In(sentence, Concept.Agency).Where(agency => lexicon.IsCourt(agency.Term.Name)).Select(agency => new Deed(Deed.Ruling, agency.Term.Name)));
        }

        if (!deeds.Exists(deed => deed.Kind == Deed.Ruling) && IsHeadlineOfCourt(findings))
            deeds.Add(new Deed(Deed.Ruling, ""));
        return [.. deeds.Distinct()];
    }

    private static bool RunsNetwork(Findings findings, int sentence) =>
        findings.In(sentence, Concept.Operator).Take(Most).Any(role => Anchors(findings, sentence).Any(anchor => Reader.Distance(role, anchor) <= ReachOfRole));

    private static bool IsAboutNetwork(Findings findings, int sentence) =>
        findings.IsBeside(sentence, Concept.Network) || findings.IsBeside(sentence, Concept.Operation) || findings.IsBeside(sentence, Concept.Thing);

    private static IEnumerable<Hit> Anchors(Findings findings, int sentence) =>
        findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Network || hit.Term is { Concept: Concept.Thing, Name: "" }).Take(Most);

    // "Judges: EncroChat chats are valid evidence": a headline of a court and of nobody's sentence.
    private static bool IsHeadlineOfCourt(Findings findings)
    {
        if (findings.All(Concept.Court).Take(2).Count() < 2) return false;
        for (var sentence = 0; sentence < findings.Sentences && findings.Document.Sentences[sentence].Field == TextField.Title; sentence++)
        {
            if (findings.Has(sentence, Concept.Court) && IsAboutNetwork(findings, sentence) && !Fates.Any(fate => findings.Has(sentence, fate.Concept)))
                return true;
        }

        return false;
    }
}
