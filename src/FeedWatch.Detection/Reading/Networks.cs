using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Reading;

/// <summary>The networks an article names, and which it is about.</summary>
internal sealed class Networks
{
    private static readonly Concept[] Fates = [Concept.Charge, Concept.Conviction, Concept.Infiltration, Concept.Takedown];
    /// <summary>What befalls who ran a network.</summary>
    public static readonly Concept[] Justice = [Concept.Arrest, Concept.Charge, Concept.Conviction, Concept.Court];

    /// <summary>Names with no more words between them stand in a row: "EncroChat, Sky ECC and ANOM".</summary>
    private const int WordsInRow = 2;

    /// <summary>"Nothing to do with the network Ghost".</summary>
    private const int WordsToApart = 4;

    /// <summary>A shorter name is the start of too many.</summary>
    private const int ShortestStem = 4;

    private const int FarFromFate = 20;

    /// <summary>"After Sky ECC was suddenly shut down".</summary>
    private const int FarFromBlow = 5;

    /// <summary>More names than this in one article say no more about which it is about; a text made of names must end.</summary>
    private const int MostWeighed = 100;

    private readonly Findings findings;
    private readonly Lexicon lexicon;
    private readonly string? language;
    private readonly HashSet<string> certain;
    private readonly bool otherTopic;

    private Networks(Findings findings, Lexicon lexicon, Languages languages)
    {
        this.findings = findings;
        this.lexicon = lexicon;
        language = languages.Most;
        var others = findings.All(Concept.Against).Where(hit => hit.Term.Name is "piracy" or "film" or "sport" or "protocol" or "gun").ToList();
        otherTopic = others.Count > 1 || others.Exists(hit => findings.Document.Sentences[hit.Sentence].Field == TextField.Title);
        certain = [.. findings.All(Concept.Network).Where(hit => !hit.Term.NeedsCompany).Select(hit => hit.Term.Name)];
        certain.UnionWith(findings.All(Concept.Operation).Where(hit => !hit.Term.NeedsCompany).Select(hit => lexicon.NetworkOf(hit.Term.Name)).OfType<string>());
    }

    /// <summary>
    /// Drops ambiguous names without company, adds names that the text introduces, marks things that are apps for everybody.
    /// </summary>
    public static IReadOnlyList<NetworkMention> Settle(Findings findings, Lexicon lexicon, Languages languages, LearntNames learnt)
    {
        var networks = new Networks(findings, lexicon, languages);
        var refused = findings.All(Concept.Network).Where(hit => hit.Term.NeedsCompany && !networks.IsInCompany(hit) && !learnt.Accept(findings, hit)).ToHashSet();
        findings.Remove(refused.Contains);
        findings.Remove(hit => hit.Term is { NeedsCompany: true, Concept: Concept.Operation } && !networks.IsOperationInCompany(hit));
        Introductions.AddTo(findings, lexicon, languages, refused.Select(hit => hit.FirstWord).Concat(networks.Prefixes()).ToHashSet());
        networks.MarkConsumerApps();
        return networks.Mentions();
    }

    // "Krypto" in "Krypto-Szene" belongs to the thing.
    private IEnumerable<int> Prefixes() =>
        Enumerable.Range(0, findings.Document.Words.Count).Where(word => findings.Document.IsCapital(word) && lexicon.IsPrefix(Text.Fold.Word(findings.Document.TextOf(word))));

    private bool IsInCompany(Hit hit)
    {
        if (certain.Contains(hit.Term.Name))
            return true;
        if (!findings.Document.IsCapital(hit.FirstWord) && !hit.Term.ExactCase)
            return false;
        if (findings.In(hit.Sentence, Concept.Network).Any(other => !other.Term.NeedsCompany && Reader.Distance(other, hit) <= 3))
            return true;
        var topics = findings.In(hit.Sentence, Concept.Against).Any(against => against.Term.Name is not ("brand" or "messenger"));
        if (!topics && !otherTopic && IsNoWordHere(hit) && HasAuthority(hit.Sentence))
            return true;
        if (otherTopic && !findings.In(hit.Sentence, Concept.Thing).Any(thing => Reader.Distance(thing, hit) <= 3))
            return false;
        var thingBeside = findings.In(hit.Sentence, Concept.Thing).Any(thing => Reader.Distance(thing, hit) <= 12);
        if (thingBeside && !topics)
            return AnywhereNear(hit.Sentence, 3, Concept.Crime) || AnywhereNear(hit.Sentence, 3, Concept.Police) || AnywhereNear(hit.Sentence, 3, Concept.Agency) || AnywhereNear(hit.Sentence, 3, Concept.Takedown);
        return !topics && HasAuthority(hit.Sentence) && (IsRun(hit) || IsBesideService(hit) || AnywhereNear(hit.Sentence, 1, Concept.Thing) || IsNearChannel(hit.Sentence) || IsNearUsers(hit.Sentence) || IsStruckWithServers(hit) || IsUsed(hit)) &&
            (AnywhereNear(hit.Sentence, 2, Concept.Crime) || Fates.Any(fate => AnywhereNear(hit.Sentence, 1, fate)));
    }

    // "He arranged it in Exclu", where nobody writes French; not "Club Exclu", "Exclu Mode GmbH" and the kicker "Exclu:".
    private bool IsNoWordHere(Hit hit) => lexicon.OrdinaryIn(hit.Term.Name) is { } ordinary && language is not null && language != ordinary
        && hit.FirstWord > findings.Document.Sentences[hit.Sentence].FirstWord && !findings.Document.IsCapital(hit.FirstWord - 1) && !IsFirstOfMore(findings, hit);

    // "Exclu was its name. The phones cost …"
    private bool IsNearChannel(int sentence) => AnywhereNear(sentence, 1, hit => hit.Term is { Concept: Concept.Service, Name: LexiconReader.Channel });

    // "Police took down Exclu, which had 3,000 users": gangs have members.
    private bool IsNearUsers(int sentence) => AnywhereNear(sentence, 1, hit => hit.Term is { Concept: Concept.Counted, Name: "users" });

    // "Taken down MATRIX. Servers in France and Germany were switched off."
    private bool IsStruckWithServers(Hit hit) => findings.In(hit.Sentence, Concept.Takedown).Any(blow => Reader.Distance(blow, hit) <= 2)
        && AnywhereNear(hit.Sentence, 1, near => near.Term is { Concept: Concept.Counted, Name: "servers" });

    // "He arranged his loads via Exclu"; one may watch via Sky.
    private bool IsUsed(Hit hit) => !IsPartOfName(hit) && !IsFirstOfMore(findings, hit) && findings.In(hit.Sentence, Concept.Through).Any(via => via.Term.Name == LexiconReader.Via &&
        (via.LastWord == hit.FirstWord - 1 || via.FirstWord == hit.LastWord + 1));

    // "The owner of Matrix jailed": who runs it is held or judged. The boss of Sky is that of a broadcaster.
    private bool IsRun(Hit hit) => !IsPartOfName(hit) &&
        Justice.Any(concept => findings.Has(hit.Sentence, concept)) && findings.In(hit.Sentence, Concept.Operator).Any(role => Reader.Distance(role, hit) <= 2);

    /// <summary>"Sky", of "Sky ECC".</summary>
    public static bool IsPartOfName(Hit hit) => hit.End - hit.Start < hit.Term.Name.Length;

    // "The messenger Exclu", "Ghost, a messaging app".
    private bool IsBesideService(Hit hit) =>
        findings.In(hit.Sentence, Concept.Service).Any(service => (service.FirstWord > hit.LastWord || service.LastWord < hit.FirstWord) && Reader.Distance(service, hit) <= 3);

    private bool HasAuthority(int sentence) =>
        AnywhereNear(sentence, 2, Concept.Police) || AnywhereNear(sentence, 2, Concept.Agency) || Justice.Any(concept => AnywhereNear(sentence, 1, concept));

    /// <summary>"Ghost Kitchen", "Nestor Lopez", "Sky News"; but not "Nestor-Handys".</summary>
    public static bool IsFirstOfMore(Findings findings, Hit name)
    {
        var (document, next) = (findings.Document, name.LastWord + 1);
        return next < document.Sentences[name.Sentence].EndWord && document.IsCapital(next) && document.AreJoined(name.LastWord) &&
            !findings.In(name.Sentence).Any(hit => hit.FirstWord == next && hit.Term.Concept is Concept.Service or Concept.Thing);
    }

    private bool IsOperationInCompany(Hit hit) =>
        lexicon.NetworkOf(hit.Term.Name) is { } network && certain.Contains(network) ||
        AnywhereNear(hit.Sentence, 2, Concept.Thing) || AnywhereNear(hit.Sentence, 2, Concept.Network);

    private bool AnywhereNear(int sentence, int reach, Concept concept) => findings.Near(sentence, reach).Any(i => findings.Has(i, concept));

    private bool AnywhereNear(int sentence, int reach, Func<Hit, bool> which) => findings.Near(sentence, reach).Any(i => findings.In(i).Any(which));

    // "The encrypted messenger Telegram" is no network of criminals, whoever uses it.
    private void MarkConsumerApps()
    {
        var everywhere = !findings.All(Concept.Network).Any() &&
            findings.All(Concept.Against).Any(hit => IsMessenger(hit) && findings.Document.Sentences[hit.Sentence].Field == TextField.Title);
        for (var sentence = 0; sentence < findings.Sentences; sentence++)
        {
            if (!findings.Has(sentence, Concept.Thing) || findings.Has(sentence, Concept.Network))
                continue;
            var apps = findings.In(sentence, Concept.Against).Where(IsMessenger).ToList();
            var things = findings.In(sentence, Concept.Thing).Where(thing => everywhere || Reader.IsMade(thing) && apps.Exists(app => Reader.Distance(app, thing) <= 8)).ToList();
            if (things.Count == 0)
                continue;
            findings.Remove(hit => hit.Sentence == sentence && things.Contains(hit));
            foreach (var thing in things)
                findings.Add(thing with { Term = thing.Term with { Name = Reader.Consumer } });
        }
    }

    // "The WhatsApp of the underworld" is not WhatsApp.
    private bool IsMessenger(Hit hit) =>
        hit.Term.Name == "messenger" && !findings.In(hit.Sentence, Concept.Thing).Any(thing => thing.Start <= hit.Start && thing.End >= hit.End && !Reader.IsMade(thing));

    private List<NetworkMention> Mentions()
    {
        var hits = findings.All(Concept.Network).OrderBy(hit => hit.Start).ToList();
        var weighed = hits.Take(MostWeighed).ToList();
        var about = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (hits.Count > 0)
        {
            var first = hits.Find(hit => findings.Document.Sentences[hit.Sentence].Field == TextField.Title) ?? hits[0];
            if (!IsReminder(weighed, first)) about.UnionWith(hits.Where(hit => hit.Sentence == first.Sentence).Select(hit => hit.Term.Name));
            if (findings.Document.Sentences[first.Sentence].Field == TextField.Title || IsSurpassed(first)) about = Compared(weighed, about);
            about.RemoveWhere(name => weighed.Where(hit => hit.Term.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).All(IsKeptApart));
        }

        // "Velta" of the headline is Veltaphone.
        about.UnionWith(weighed.Select(hit => hit.Term.Name).Where(name => about.Any(other => IsShort(other, name) || IsShort(name, other))).ToList());
        var operated = findings.All(Concept.Operation).Select(hit => lexicon.NetworkOf(hit.Term.Name)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (hits.Any(hit => operated.Contains(hit.Term.Name)))
            about.UnionWith(operated.Where(name => hits.Exists(hit => hit.Term.Name == name)));
        return [.. hits
            .GroupBy(hit => hit.Term.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => new NetworkMention(group.First().Term.Name, group.First().Term.Value == 0, about.Contains(group.Key)) { Field = group.Min(hit => findings.Document.Sentences[hit.Sentence].Field) })
            .OrderBy(mention => mention.About ? 0 : 1).ThenByDescending(mention => Weight(weighed, mention.Name))];
    }

    private static bool IsShort(string name, string whole) =>
        name.Length >= ShortestStem && whole.Length > name.Length && whole.StartsWith(name, StringComparison.OrdinalIgnoreCase) && char.IsLetter(whole[name.Length]);

    // "It is not the first time that police read along: after EncroChat and ANOM …", far below a headline that names nobody.
    private bool IsReminder(List<Hit> hits, Hit first) =>
        findings.Document.Sentences[first.Sentence].Field == TextField.Content && hits.TrueForAll(hit => hit.Sentence == first.Sentence) &&
        hits.Exists(other => other.Term.Name != first.Term.Name && Reader.Distance(other, first) <= WordsInRow);

    // "After EncroChat, Ghost falls too", "the clans moved to Ghost after Sky. Police read along": what is only named for comparison is not the
    // subject, where something else is.
    private HashSet<string> Compared(List<Hit> hits, HashSet<string> about)
    {
        var top = hits.Where(hit => findings.IsAbove(hit.Sentence)).ToList();
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Hit? before = null;
        foreach (var hit in top)
        {
            var isInRow = before?.Sentence == hit.Sentence && AreInRow(before, hit) && !told.Contains(before.Term.Name);
            if (!isInRow && !IsCompared(hit)) told.Add(hit.Term.Name);
            before = hit;
        }

        if (told.Count == 0 || about.Count == 0 || about.IsSubsetOf(told)) return about;
        return about.Overlaps(told) ? [.. about.Where(told.Contains)] : [top.First(hit => told.Contains(hit.Term.Name)).Term.Name];
    }

    // "After Sky ECC it is Exclu's turn", but not "two years after Sky ECC", "after Sky ECC was shut down".
    private bool IsSurpassed(Hit first) => findings.IsAbove(first.Sentence) && IsCompared(first)
        && !findings.In(first.Sentence).Any(hit => hit.Term.Concept == Concept.Past || hit.Term.IsBlow && hit.FirstWord - first.LastWord is > 0 and <= FarFromBlow);

    // "EncroChat, Sky ECC and ANOM", but not "after Sky ECC falls Exclu"
    private bool AreInRow(Hit name, Hit next) => Reader.Distance(name, next) <= WordsInRow
        && Enumerable.Range(name.LastWord + 1, Math.Max(0, next.FirstWord - name.LastWord - 1)).All(word => lexicon.Joiners.Contains(Text.Fold.Word(findings.Document.TextOf(word))));

    // "It has nothing to do with Ghost"
    private bool IsKeptApart(Hit hit) => findings.In(hit.Sentence, Concept.Apart).Any(apart => hit.FirstWord - apart.LastWord is > 0 and <= WordsToApart);

    private bool IsCompared(Hit hit) => IsKeptApart(hit) || findings.In(hit.Sentence, Concept.Reminder)
        .Any(word => word.LastWord == hit.FirstWord - 1 || word.LastWord == hit.FirstWord - 2 && findings.IsFunctionWord(hit.FirstWord - 1));

    // "After EncroChat and Sky ECC, police take down X": what is struck and comes again is the subject; what stands in a row is a reminder.
    private double Weight(List<Hit> hits, string name)
    {
        double weight = 0;
        var sentences = new HashSet<int>();
        foreach (var hit in hits.Where(hit => hit.Term.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            var inRow = hits.Any(other => other.Sentence == hit.Sentence && !other.Term.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && Reader.Distance(other, hit) <= WordsInRow);
            if (!inRow && sentences.Add(hit.Sentence)) weight++;
            if (findings.Document.Sentences[hit.Sentence].Field != TextField.Title) continue;
            if (inRow)
            {
                weight += 0.5; // all of them are as near to what befell them
                continue;
            }

            var nearest = Fates.SelectMany(fate => findings.In(hit.Sentence, fate)).Take(MostWeighed).Select(fate => Reader.Distance(fate, hit)).DefaultIfEmpty(FarFromFate).Min();
            weight += 1 + 2.0 / (1 + nearest);
        }

        return weight;
    }
}
