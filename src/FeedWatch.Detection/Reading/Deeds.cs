using FeedWatch.Detection.Figures;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Reading;

/// <summary>What befell those who run or sell a network, and what courts decided about it: news without a number.</summary>
internal static class Deeds
{
    /// <summary>"The reseller of EncroChat phones", but not "the owner of the garage where an EncroChat phone lay".</summary>
    private const int ReachOfRole = 6;

    private const int ReachAmongHeld = 9;

    /// <summary>"Sold in Vienna the handsets of the encrypted network".</summary>
    private const int ReachOfSeller = 4;

    /// <summary>"Ghost's alleged distributor": a role may stand behind its network, but close.</summary>
    private const int ReachBehind = 2;

    /// <summary>"The boss of a drug gang", but not "the owner was held on suspicion of laundering": words to what he ran.</summary>
    private const int ReachOfCrime = 4;

    /// <summary>"Against him the court …": words before a pronoun with which a sentence goes on.</summary>
    private const int ReachOfPronoun = 2;

    /// <summary>Looked at in one sentence: enough for any, and an end for a text made of names.</summary>
    private const int Most = 20;

    private static readonly (Concept Concept, string What)[] Fates =
        [(Concept.Conviction, "convicted"), (Concept.Charge, "charged"), (Concept.Arrest, "arrested")];

    public static IReadOnlyList<Deed> Of(Findings findings, Lexicon lexicon)
    {
        // What a court decided stands above; far below its name is history.
        var hasSummary = findings.Document.Sentences.Any(sentence => sentence.Field == TextField.Summary);
        var deeds = new List<Deed>();
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            if (RunsNetwork(findings, sentence) || SellsNetwork(findings, sentence))
                deeds.AddRange(FateOf(findings, sentence) is { } fate ? [new Deed(Deed.Operator, fate)] : []);
            if (findings.Has(sentence, Concept.Court) && IsAboutNetwork(findings, sentence) && !(hasSummary && findings.Document.Sentences[sentence].Field == TextField.Content))
                deeds.AddRange(findings.In(sentence, Concept.Agency).Where(agency => lexicon.IsCourt(agency.Term.Name)).Select(agency => new Deed(Deed.Ruling, agency.Term.Name)));
        }

        if (!deeds.Exists(deed => deed.Kind == Deed.Ruling) && (IsHeadlineOfCourt(findings) || IsOnEvidence(findings) || IsForLife(findings) || IsOnSurrender(findings, lexicon)))
            deeds.Add(new Deed(Deed.Ruling, ""));
        if (!deeds.Exists(deed => deed.Kind == Deed.Operator) && BelowHeadline(findings) is { } below)
            deeds.Add(new Deed(Deed.Operator, below));
        return [.. deeds.Distinct()];
    }

    // "The founder of Exclu was a soldier. Police arrested the 51-year-old": the headline says who, the first sentence below what befell him alone.
    private static string? BelowHeadline(Findings findings)
    {
        var sentences = findings.Document.Sentences;
        var below = Enumerable.Range(0, sentences.Count).TakeWhile(sentence => sentences[sentence].Field == TextField.Title).Count();
        if (below == 0 || below == sentences.Count || sentences[below].Field != TextField.Summary || !Enumerable.Range(0, below).Any(title => RunsNetwork(findings, title)))
            return null;
        return findings.In(below, Concept.Counted).Any(counted => counted.Term.Name is Candidate.People or Candidate.Suspects or Candidate.Criminals or "arrests" or "users") || Anchors(findings, below).Any(anchor => !IsCarrier(findings, anchor)) ? null : In(findings, below);
    }

    // "Trafficking through EncroChat"
    private static bool IsCarrier(Findings findings, Hit anchor) => findings.In(anchor.Sentence, Concept.Through).Any(through => anchor.FirstWord - through.LastWord is 1 or 2);

    // "A man from Breda was held. He is said to have made the app", "the founder lived in Spain. He was arrested there".
    private static string? FateOf(Findings findings, int sentence) =>
        In(findings, sentence)
        ?? (sentence > 0 && IsJoined(findings, sentence - 1) && IsOfHim(findings, sentence) ? In(findings, sentence - 1) : null)
        ?? (sentence + 1 < findings.Sentences && IsJoined(findings, sentence) && IsOfHim(findings, sentence + 1) ? In(findings, sentence + 1) : null);

    private static string? In(Findings findings, int sentence) => Fates.Where(fate => Befell(findings, sentence, fate.Concept)).Select(fate => fate.What).FirstOrDefault();

    // In a long text "he" is told what became of him years ago.
    private static bool IsJoined(Findings findings, int sentence) =>
        findings.Document.Sentences[sentence].Field == TextField.Summary && findings.Document.Sentences[sentence + 1].Field == TextField.Summary;

    // "He is said to …", "against him …"
    private static bool IsOfHim(Findings findings, int sentence) =>
        findings.In(sentence, Concept.Pronoun).Any(who => who.FirstWord - findings.Document.Sentences[sentence].FirstWord <= ReachOfPronoun);

    // "Prosecutors demand eight years for the owner": he was charged long ago, and is not convicted yet.
    private static bool Befell(Findings findings, int sentence, Concept fate) => findings.Has(sentence, fate)
        && (fate == Concept.Arrest || findings.In(sentence, fate).Any(hit => !IsDemanded(findings, hit)));

    private static bool IsDemanded(Findings findings, Hit fate) => findings.In(fate.Sentence, Concept.Counted).Any(other => other.Term.Name == Candidate.Demand
        && (fate.Term.Concept == Concept.Conviction ? other.FirstWord <= fate.LastWord : other.FirstWord <= fate.LastWord && other.LastWord >= fate.FirstWord));

    private static bool RunsNetwork(Findings findings, int sentence)
    {
        if (!findings.Has(sentence, Concept.Operator))
            return false;
        var roles = findings.In(sentence, Concept.Operator).Where(role => !IsOfCrime(findings, role) && !IsOfPolice(findings, role)).Take(Most).ToList();
        var anchors = Anchors(findings, sentence).ToList();
        return roles.Exists(role => anchors.Exists(anchor => Reader.Distance(role, anchor) <= (IsAmongHeld(findings, anchor, role) ? ReachAmongHeld : ReachOfRole))) || roles.Exists(role => IsOfCriminalThing(findings, role)) || anchors.Count == 0 && roles.Exists(role => GoesOn(findings, role));
    }

    // "In the case of Velta four men were held, among them the two owners"
    private static bool IsAmongHeld(Findings findings, Hit network, Hit role) =>
        findings.In(role.Sentence, Concept.Arrest).Any(held => held.FirstWord > network.LastWord && held.LastWord < role.FirstWord);

    // "Arrest for the maker of the criminals' app"
    private static bool IsOfCriminalThing(Findings findings, Hit role) =>
        findings.In(role.Sentence, Concept.Thing).Any(thing => thing.Term.Name == Reader.Criminal && thing.FirstWord > role.LastWord && Reader.Distance(thing, role) <= ReachBehind);

    // "... EncroChat phones. The founder was sentenced": a sentence before names his network, and no crime is what he ran. Where the network
    // fell that day it may stand further above: "42 were held, among them the owners".
    private static bool GoesOn(Findings findings, Hit role)
    {
        if (findings.In(role.Sentence, Concept.Crime).Any(crime => crime.FirstWord - role.LastWord <= ReachOfCrime)) return false;
        var sentences = findings.Document.Sentences;
        if (role.Sentence > 0 && sentences[role.Sentence - 1].Field == sentences[role.Sentence].Field && Anchors(findings, role.Sentence - 1).Any()) return true;
        return sentences[role.Sentence].Field == TextField.Summary && !findings.Has(role.Sentence, Concept.Drug)
            && Enumerable.Range(0, role.Sentence).Any(above => Anchors(findings, above).Any()) && Enumerable.Range(0, role.Sentence).Any(above => findings.Has(above, Concept.Takedown) || findings.Has(above, Concept.Infiltration));
    }

    private static bool SellsNetwork(Findings findings, int sentence) => findings.Has(sentence, Concept.Seller)
        && findings.In(sentence, Concept.Seller).Where(seller => !IsOfCrime(findings, seller) && !IsOfPolice(findings, seller)).Take(Most).Any(seller => Anchors(findings, sentence, Reader.Criminal).Any(anchor => Sells(findings, seller, anchor)));

    // "Selling EncroChat phones", but not "selling cocaine via EncroChat".
    private static bool Sells(Findings findings, Hit seller, Hit anchor)
    {
        if (seller.FirstWord > anchor.LastWord)
            return seller.Term.Name != LexiconReader.Selling && Reader.Distance(seller, anchor) <= ReachBehind;
        return Reader.Distance(seller, anchor) <= ReachOfSeller && !findings.In(seller.Sentence).Any(hit =>
            hit.Term.Concept is Concept.Through or Concept.Drug or Concept.Weight or Concept.Crime && hit.FirstWord > seller.LastWord && hit.LastWord < anchor.FirstWord);
    }

    // "Crime bosses", "a drug supplier", "who ran a cocaine ring": no boss of a network.
    private static bool IsOfCrime(Findings findings, Hit role) =>
        findings.In(role.Sentence).Any(hit => hit.Term.Concept is Concept.Crime or Concept.Drug && (role.FirstWord - hit.LastWord == 1 || role.LastWord > role.FirstWord && hit.FirstWord - role.LastWord is 1 or 2 && IsWhoRan(findings, role)));

    // A clause, not a title: "who ran".
    private static bool IsWhoRan(Findings findings, Hit role) => findings.IsFunctionWord(role.FirstWord);

    // "The FBI sold phones of its own" is nobody's arrest, "the FBI arrested the founder" is.
    private static bool IsOfPolice(Findings findings, Hit role) => findings.In(role.Sentence).Any(hit => hit.Term.Concept is Concept.Police or Concept.Agency && role.FirstWord - hit.LastWord is 1 or 2
        && !findings.In(role.Sentence).Any(between => Array.Exists(Fates, fate => fate.Concept == between.Term.Concept) && between.FirstWord > hit.LastWord && between.FirstWord < role.FirstWord));

    private static bool IsAboutNetwork(Findings findings, int sentence) =>
        findings.IsBeside(sentence, Concept.Network) || findings.IsBeside(sentence, Concept.Operation) || findings.IsBeside(sentence, Concept.Thing);

    private static IEnumerable<Hit> Anchors(Findings findings, int sentence, string also = "") =>
        findings.In(sentence).Where(hit => hit.Term.Concept is Concept.Network || hit.Term.Concept == Concept.Thing && (hit.Term.Name.Length == 0 || hit.Term.Name == also)).Take(Most);

    // "Judges: EncroChat chats are valid evidence": a headline of a court and of nobody's sentence.
    private static bool IsHeadlineOfCourt(Findings findings)
    {
        if (findings.All(Concept.Court).Take(2).Count() < 2) return false;
        for (var sentence = 0; sentence < findings.Sentences && findings.Document.Sentences[sentence].Field == TextField.Title; sentence++)
        {
            if (findings.In(sentence, Concept.Court).Any(court => !IsBeforeCourt(findings, court)) && IsAboutNetwork(findings, sentence) && !Fates.Any(fate => findings.Has(sentence, fate.Concept)))
                return true;
        }

        return false;
    }

    // "Three before Dublin court over EncroChat": they stand there, and nothing is decided.
    private static bool IsBeforeCourt(Findings findings, Hit court) => findings.In(court.Sentence, Concept.Reminder).Any(before => court.FirstWord - before.LastWord is 1 or 2);

    // "The court orders the surrender of the alleged boss": above, where the network is named too.
    private static bool IsOnSurrender(Findings findings, Lexicon lexicon) => Above(findings).Any(sentence => findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == Candidate.Surrender && !IsOfMessages(findings, hit)
        && findings.In(sentence).Any(court => court.FirstWord < hit.FirstWord && (court.Term.Concept == Concept.Court || court.Term.Concept == Concept.Agency && lexicon.IsCourt(court.Term.Name))))) && IsNetworkAbove(findings);

    // "French police handed over the messages"
    private static bool IsOfMessages(Findings findings, Hit surrender) => findings.In(surrender.Sentence, Concept.Counted).Any(hit => hit.Term.Name == "messages" && Reader.Distance(hit, surrender) <= ReachOfCrime);

    // "Life for the man who ordered two murders: decisive were the messages": no years that could be told.
    private static bool IsForLife(Findings findings) => Above(findings).Any(sentence => Says(findings, sentence, Candidate.Life)
        && !findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name is Candidate.Demand or Candidate.Threat)) && IsNetworkAbove(findings);

    private static IEnumerable<int> Above(Findings findings) => Enumerable.Range(0, findings.Sentences).TakeWhile(findings.IsAbove);

    private static bool IsNetworkAbove(Findings findings) => findings.All(Concept.Network).Any(network => findings.IsAbove(network.Sentence));

    private static bool Says(Findings findings, int sentence, string what) => findings.In(sentence, Concept.Counted).Any(hit => hit.Term.Name == what);

    // "The court acquitted him, since the EncroChat messages were inadmissible": whoever the sentence is about, the evidence is the network's.
    private static bool IsOnEvidence(Findings findings)
    {
        // Not what lawyers want.
        var isNamedAbove = IsNetworkAbove(findings);
        return Above(findings).Any(sentence => findings.Has(sentence, Concept.Admissible) && !Says(findings, sentence, Candidate.Demand) && (isNamedAbove || IsAboutNetwork(findings, sentence))
            && findings.In(sentence, Concept.Admissible).Any(says => findings.In(sentence, Concept.Court).Any(court => court.LastWord < says.FirstWord || court.FirstWord > says.LastWord)));
    }
}
