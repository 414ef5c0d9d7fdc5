using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;

namespace FeedWatch.Detection.Scoring;

/// <summary>
/// Turns what was found into the features that the models weigh. What happened (takedown, arrest, verdict) counts by how near it
/// stands to an anchor: a network's name or the thing itself.
/// </summary>
internal sealed class Features
{
    /// <summary>The feature of a text that names no network for certain.</summary>
    public const string Unnamed = "unnamed";

    private const double NextTo = 0.7;
    private const double SameText = 0.35;
    private const int LeadSentences = 2;

    /// <summary>Hits of one kind that are held against those of another: enough for any article, and an end for a text made of them.</summary>
    private const int MostCompared = 200;

    /// <summary>As many phones as a few people carry.</summary>
    private const decimal FewDevices = 20;

    /// <summary>Another topic speaks more softly against a text that names a network for certain.</summary>
    private const double AgainstNetwork = 0.4;

    private static readonly Concept[] Events =
    [
        Concept.Takedown, Concept.Infiltration, Concept.Arrest, Concept.Search, Concept.Seizure, Concept.Charge, Concept.Conviction, Concept.Court,
        Concept.Aftermath, Concept.Operator, Concept.Crime,
    ];

    private static readonly HashSet<string> PeopleKinds = new(StringComparer.Ordinal) { "arrests", "convictions", "charges", "searches", "years" };

    private readonly Findings findings;
    private readonly double[] anchors;
    private readonly List<Feature> features = [];

    private Features(Findings findings)
    {
        this.findings = findings;
        anchors = new double[findings.Sentences];
        for (var i = 0; i < anchors.Length; i++)
            anchors[i] = Anchor(i);
    }

    public static IReadOnlyList<Feature> Of(Findings findings, IReadOnlyList<NetworkMention> networks, IReadOnlyList<Figure> figures, IReadOnlyList<PastTime> past)
    {
        var made = new Features(findings);
        if (made.Strongest == 0)
            return [];
        made.AddAnchors(networks);
        var named = findings.All(Concept.Network).Any(hit => hit.Term.Value != Introductions.Guessed);
        made.Add(Unnamed, named ? 0 : 1, []);
        foreach (var concept in Events)
            made.AddNear(concept, named);
        made.AddOperatorHeld();
        made.AddEither("struck", [Concept.Takedown, Concept.Infiltration], named);
        made.AddEither("justice", [Concept.Arrest, Concept.Search, Concept.Charge, Concept.Conviction, Concept.Court], named);
        made.AddStrike(named);
        made.AddPolice();
        made.AddTitle();
        made.AddLead();
        foreach (var kind in figures.Where(figure => figure.Value > 1).Select(figure => figure.Kind).Distinct(StringComparer.Ordinal))
            made.Add($"figure-{kind}", 1, []);
        // "Three encrypted phones": what was found on somebody, not what a network sold.
        made.Add("few-devices", !named && figures.Any(figure => figure is { Kind: "devices", Value: > 1 and <= FewDevices }) ? 1 : 0, []);
        made.AddWhole("fresh", Concept.Fresh, 1);
        made.AddWhole("explainer", Concept.Explainer, 1);
        made.Add("people", figures.Any(figure => PeopleKinds.Contains(figure.Kind) && figure.Value > 1) ? 1 : 0, []);
        made.AddYears();
        made.Add("past", past.Any(time => time.Unit != PastUnit.Month) ? 1 : 0, []);
        made.Add("past-month", past.Any(time => time.Unit == PastUnit.Month) ? 1 : 0, []);
        made.AddKnown();
        made.AddAgainst(networks.Any(network => network.Listed));
        return made.features;
    }

    private double Strongest => anchors.DefaultIfEmpty(0).Max();

    /// <summary>Neither a name nor the thing itself, only what may be one: phones of criminals, messages that somebody read.</summary>
    private bool IsFaint => Strongest < 1;

    private double Anchor(int sentence)
    {
        if (findings.In(sentence, Concept.Network).Any(hit => hit.Term.Value != Introductions.Guessed) || findings.Has(sentence, Concept.Operation))
            return 1;
        if (findings.Has(sentence, Concept.Network))
            return 0.8;
        return findings.In(sentence, Concept.Thing).Select(hit => hit.Term.Name switch { "" => 1, Reader.Harvest => 0.8, Reader.Criminal => 0.6, Reader.Weak or Reader.Tapped => 0.5, _ => 0 }).DefaultIfEmpty(0).Max();
    }

    private bool IsTitle(Hit hit) => findings.Document.Sentences[hit.Sentence].Field == TextField.Title;

    private void Add(string name, double value, IReadOnlyList<Hit> hits)
    {
        if (value > 0)
            features.Add(new(name, value, hits));
    }

    private void AddAnchors(IReadOnlyList<NetworkMention> networks)
    {
        var names = findings.All(Concept.Network).ToList();
        var listed = names.Where(hit => hit.Term.Value == 0).ToList();
        Add("network", listed.Count > 0 ? 1 : 0, listed);
        Add("network-title", names.Exists(IsTitle) ? 1 : 0, [.. names.Where(IsTitle)]);
        var unlisted = names.Where(hit => hit.Term.Value == Introductions.Unlisted).ToList();
        var guessed = names.Where(hit => hit.Term.Value == Introductions.Guessed).ToList();
        Add("network-unlisted", unlisted.Count > 0 ? 1 : 0, unlisted);
        Add("network-guessed", guessed.Count > 0 ? 1 : 0, guessed);
        Add("network-again", names.Count > listed.Count + 2 ? 1 : 0, []);
        Add("networks", networks.Count > 1 ? 1 : 0, []);
        var operations = findings.All(Concept.Operation).ToList();
        Add("operation", operations.Count > 0 ? 1 : 0, operations);
        var things = findings.All(Concept.Thing).ToList();
        var sure = things.Where(hit => hit.Term is { Name: "", Written.Length: > 0 }).ToList();
        var made = things.Where(hit => hit.Term is { Name: "", Written.Length: 0 }).ToList();
        Add("thing", sure.Count > 0 ? 1 : 0, sure);
        Add("thing-made", made.Count > 0 ? 1 : 0, made);
        Add("thing-title", sure.Concat(made).Any(IsTitle) ? 1 : 0, [.. sure.Concat(made).Where(IsTitle)]);
        var weak = things.Where(hit => hit.Term.Name == Reader.Weak).ToList();
        Add("thing-weak", weak.Count > 0 && sure.Count + made.Count == 0 ? 1 : 0, weak);
        foreach (var name in new[] { Reader.Criminal, Reader.Tapped, Reader.Harvest })
        {
            var such = things.Where(hit => hit.Term.Name == name).ToList();
            Add($"thing-{name}", such.Count > 0 ? 1 : 0, such);
        }

        Add("thing-shared", sure.Count + made.Count == 0 && new[] { Reader.Criminal, Reader.Tapped, Reader.Harvest, Reader.Weak }.Count(name => things.Exists(hit => hit.Term.Name == name)) > 1 ? 1 : 0, []);
        Add("faint", IsFaint ? 1 : 0, []);
        var consumer = things.Where(hit => hit.Term.Name == Reader.Consumer).ToList();
        Add("thing-consumer", consumer.Count > 0 ? 1 : 0, consumer);
    }

    private void AddNear(Concept concept, bool named)
    {
        var best = 0.0;
        var hits = new List<Hit>();
        for (var i = 0; i < anchors.Length; i++)
        {
            if (!findings.Has(i, concept))
                continue;
            var grade = GradeAt(i);
            if (grade > best)
                (best, hits) = (grade, []);
            if (grade >= best && grade > 0)
                hits.AddRange(findings.In(i, concept));
        }

        Add(Key(concept), best, hits);
        // Without a name more must be said: encrypted phones lie among the loot of many a raid.
        if (!named)
            Add($"unnamed-{Key(concept)}", best, hits);
    }

    // One of them is enough: a network is dismantled or read along with, its users are held or judged.
    private void AddEither(string name, Concept[] concepts, bool named)
    {
        var keys = concepts.Select(Key).ToHashSet(StringComparer.Ordinal);
        var near = features.Where(feature => keys.Contains(feature.Name)).MaxBy(feature => feature.Value)?.Value ?? 0;
        Add(name, near, []);
        if (!named)
            Add($"unnamed-{name}", near, []);
        if (IsFaint)
            Add($"faint-{name}", near, []);
        if (!named && near < NextTo && !features.Exists(feature => feature.Name == "operator-held"))
            Add($"unnamed-no-{name}", 1, []);
        if (concepts.Any(concept => findings.All(concept).Any(IsTitle)))
            Add($"title-{name}", 1, []);
    }

    // "The founder of a maker of encrypted phones was arrested": the end of a network told by its head.
    private void AddOperatorHeld()
    {
        for (var i = 0; i < anchors.Length; i++)
        {
            if (findings.Has(i, Concept.Operator) && (findings.Has(i, Concept.Arrest) || findings.Has(i, Concept.Charge)) && GradeAt(i) >= NextTo)
                Raise("operator-held", [.. findings.In(i).Where(hit => hit.Term.Concept is Concept.Operator or Concept.Arrest or Concept.Charge)]);
        }
    }

    // A blow against the thing in one sentence, and police in it or beside it: what every first report says.
    private void AddStrike(bool named)
    {
        for (var i = 0; i < anchors.Length; i++)
        {
            if (anchors[i] < 1 || !findings.Has(i, Concept.Takedown) && !findings.Has(i, Concept.Infiltration) || !findings.IsBeside(i, Concept.Police) && !findings.IsBeside(i, Concept.Agency))
                continue;
            var hits = findings.In(i).Where(hit => hit.Term.Concept is Concept.Takedown or Concept.Infiltration or Concept.Thing).ToList();
            Raise("strike", hits);
            if (findings.IsBeside(i, Concept.Crime))
                Raise("strike-on-crime", hits);
            if (!named)
                Raise("unnamed-strike", hits);
        }
    }

    private void Raise(string name, IReadOnlyList<Hit> hits)
    {
        if (!features.Exists(feature => feature.Name == name))
            Add(name, 1, hits);
    }

    private double GradeAt(int sentence)
    {
        var beside = Math.Max(sentence > 0 ? anchors[sentence - 1] : 0, sentence + 1 < anchors.Length ? anchors[sentence + 1] : 0);
        return Math.Max(anchors[sentence], Math.Max(NextTo * beside, SameText * Strongest));
    }

    private void AddPolice()
    {
        var hits = findings.All(Concept.Police).Concat(findings.All(Concept.Agency)).ToList();
        var best = hits.Count == 0 ? 0 : hits.Max(hit => GradeAt(hit.Sentence));
        Add("police", best, [.. hits.Where(hit => GradeAt(hit.Sentence) == best)]);
    }

    private void AddTitle()
    {
        foreach (var concept in Events.Append(Concept.Explainer))
        {
            var hits = findings.All(concept).Where(IsTitle).ToList();
            Add($"title-{Key(concept)}", hits.Count > 0 ? 1 : 0, hits);
        }

        var text = findings.Document.Text;
        var end = text.IndexOf(Text.PlainText.ParagraphEnd);
        Add("title-question", end > 0 && text[..end].TrimEnd().EndsWith("?") ? 1 : 0, []);
    }

    // What the headline and the first sentences say is the news; what comes later may be how it came about.
    private void AddLead()
    {
        var last = 0;
        while (last + 1 < findings.Sentences && findings.Document.Sentences[last].Field == TextField.Title)
            last++;
        last = Math.Min(findings.Sentences - 1, last + LeadSentences - 1);
        foreach (var concept in Events)
        {
            var hits = Enumerable.Range(0, last + 1).Where(i => anchors[i] > 0.5).SelectMany(i => findings.In(i, concept)).ToList();
            Add($"lead-{Key(concept)}", hits.Count > 0 ? 1 : 0, hits);
        }
    }

    private void AddWhole(string name, Concept concept, double value)
    {
        var hits = findings.All(concept).ToList();
        Add(name, hits.Count > 0 ? value : 0, hits);
    }

    // Reports of the day rarely write the year; what looks back does.
    private void AddYears()
    {
        var words = findings.Document.Words;
        for (var word = 0; word < words.Count; word++)
        {
            var text = findings.Document.TextOf(word);
            if (text.Length == 4 && int.TryParse(text, System.Globalization.NumberStyles.None, null, out var year) && year is >= 2010 and < 2100)
            {
                Add("year", 1, []);
                if (!features.Exists(feature => feature.Name is "justice" or "fresh" or "people"))
                    Add("looks-back", 1, []);
                return;
            }
        }
    }

    // "The hacked network", "a since dismantled service", "old chats": what befell it is something known.
    private void AddKnown()
    {
        var things = findings.All(Concept.Thing).Concat(findings.All(Concept.Service)).Take(MostCompared).ToList();
        var blows = findings.All(Concept.Takedown).Concat(findings.All(Concept.Infiltration)).Take(MostCompared).ToList();
        var before = blows.Where(blow => things.Exists(thing => thing.Sentence == blow.Sentence && thing.FirstWord - blow.LastWord is 0 or 1)).ToList();
        Add("struck-before", before.Count > 0 ? 1 : 0, before);
        var already = Beside(PastTimes.Already, blows);
        Add("struck-already", already.Count > 0 ? 1 : 0, already);
        things.AddRange(findings.All(Concept.Counted).Where(counted => counted.Term.Name == "messages").Take(MostCompared));
        var old = Beside(PastTimes.Old, things);
        Add("thing-old", old.Count > 0 ? 1 : 0, old);

        List<Hit> Beside(string word, List<Hit> what) =>
            [.. findings.All(Concept.Past).Where(hit => hit.Term.Name == word).Take(MostCompared).Where(hit => what.Exists(other => other.Sentence == hit.Sentence && Reader.Distance(other, hit) <= 1))];
    }

    private void AddAgainst(bool named)
    {
        foreach (var group in findings.All(Concept.Against).GroupBy(hit => hit.Term.Name, StringComparer.Ordinal))
        {
            var value = group.Any(IsTitle) ? 1 : 0.6;
            Add($"against-{group.Key}", named ? value * AgainstNetwork : value, [.. group]);
        }
    }

    private static string Key(Concept concept) => concept.ToString().ToLowerInvariant();
}
