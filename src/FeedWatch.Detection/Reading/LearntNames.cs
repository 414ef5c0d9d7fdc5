using System.Buffers;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>
/// Names of networks that earlier reports introduced and no list has yet. Where one stands with a capital and in the company of
/// phones, police or courts, it counts as the name of a network, so that the follow-ups of a new network are found as those of an old one.
/// </summary>
internal sealed class LearntNames
{
    /// <summary>Letters that an inflection or a compound may add behind a name.</summary>
    private const int LongestEnding = 10;

    /// <summary>A shorter name takes only short endings: "Velta" is not the start of every word.</summary>
    private const int LongName = 7;

    private const int ShortEnding = 2;

    /// <summary>Sentences around a name in which its company is looked for.</summary>
    private const int Reach = 2;

    /// <summary>Words between a name and one of another topic that may be its own.</summary>
    private const int Beside = 8;

    /// <summary>Where somebody was held, no topic of its own: "at the airport".</summary>
    private const string Travel = "aviation";

    /// <summary>"Founder of Velta", "Velta creator".</summary>
    private const int FarFromRole = 2;

    /// <summary>"Velta had 3,600 users".</summary>
    private const int FarFromUsers = 4;

    private static readonly Concept[] Company =
        [Concept.Thing, Concept.Encrypted, Concept.Secret, Concept.Infiltration];

    private static readonly Concept[] Justice =
        [Concept.Police, Concept.Agency, Concept.Crime, Concept.Arrest, Concept.Charge, Concept.Conviction, Concept.Court];

    // What police have to do with a network whose name is enough.
    private static readonly Concept[] Work =
        [Concept.Search, Concept.Seizure, Concept.Takedown, Concept.Infiltration, Concept.Crime, Concept.Through, Concept.Operator, Concept.Seller];

    private readonly HashSet<KnownName> given;
    private readonly (KnownName Name, string[] Words)[] names;
    private readonly SearchValues<string> anywhere;

    private LearntNames(IReadOnlyCollection<KnownName> given)
    {
        this.given = [.. given];
        var names = given.Where(name => name.Name.Length > 2).DistinctBy(name => name.Name, StringComparer.OrdinalIgnoreCase);
        this.names = [.. names.Select(name => (name, name.Name.Split([' ', '-', '\u00a0'], StringSplitOptions.RemoveEmptyEntries))).Where(name => name.Item2.Length > 0)];
        anywhere = SearchValues.Create([.. this.names.Select(name => name.Words[0])], StringComparison.OrdinalIgnoreCase);
    }

    public static LearntNames None { get; } = new([]);

    /// <returns>These, where the names are the same.</returns>
    public LearntNames Become(IReadOnlyCollection<KnownName> names) => given.SetEquals(names) ? this : new(names);

    public bool StandIn(ArticleText article) =>
        names.Length > 0 && (StandIn(article.Title) || StandIn(article.Summary) || StandIn(article.Content));

    /// <summary>Adds a hit for each place where one of the names stands in company.</summary>
    public void AddTo(Findings findings)
    {
        if (names.Length == 0) return;
        var confirmed = Places(findings, name => name.IsConfirmed).ToList();
        var isAmongOthers = confirmed.DistinctBy(place => place.Name).Count() > 1 || findings.All(Concept.Network).Any();
        foreach (var (name, hit) in confirmed)
        {
            if (IsInCompany(findings, hit.Sentence, name.Name, isAmongOthers) || IsBroughtToCourt(findings, hit) || name.IsInNews && IsNewsOf(findings, hit)) findings.Add(hit);
        }

        // What one outlet introduced these weeks, and another heads its report with and names again below: where networks or their phones are told of.
        if (!findings.All(Concept.Network).Any() && !findings.All(Concept.Thing).Any()) return;
        foreach (var places in Places(findings, name => name is { IsConfirmed: false, IsInNews: true }).GroupBy(place => place.Name.Name, place => place.Hit).ToList())
        {
            if (places.Any(hit => IsInTitle(findings, hit)) && !places.All(hit => IsInTitle(findings, hit))) foreach (var hit in places) findings.Add(hit);
        }
    }

    // Wherever such a name stands.
    private IEnumerable<(KnownName Name, Hit Hit)> Places(Findings findings, Predicate<KnownName> which)
    {
        var document = findings.Document;
        var known = findings.All(Concept.Network).Select(hit => hit.FirstWord).ToHashSet();
        for (var word = 0; word < document.Words.Count; word++)
        {
            if (known.Contains(word) || !document.IsCapital(word)) continue;
            foreach (var (name, words) in names)
            {
                var last = word + words.Length - 1;
                if (!which(name) || last >= document.Words.Count || !Stands(document, word, words) || IsAddress(document, document.Words[last].End)) continue;
                yield return (name, new Hit(new Term(Concept.Network, "", name.Name, Introductions.Unlisted, name.Name), document.Words[word].Start, document.Words[last].End, word, last, document.SentenceAt(word)));
                break;
            }
        }
    }

    private static bool IsInTitle(Findings findings, Hit hit) => findings.Document.Sentences[hit.Sentence].Field == TextField.Title;

    /// <summary>Whether an ordinary word is the listed network that is in the news: "the owner of Matrix jailed".</summary>
    public bool Accept(Findings findings, Hit hit)
    {
        if (!findings.Document.IsCapital(hit.FirstWord) || IsAddress(findings.Document, hit.End) || findings.Document.Sentences[hit.Sentence].FirstWord == hit.FirstWord && !IsStruck(findings, hit)) return false;
        var name = Array.Find(names, name => name.Name.Name.Equals(hit.Term.Name, StringComparison.OrdinalIgnoreCase)).Name;
        return name is { IsConfirmed: true } && IsStillTold(findings, hit) || name is { IsInNews: true } && IsNewsOf(findings, hit);
    }

    // In the company of phones or of those who ran it; and where only a part of the name stands, not as a part of another: "Sky News".
    private static bool IsStillTold(Findings findings, Hit hit) =>
        !IsOnAnotherTopic(findings, _ => true) && (!Networks.IsPartOfName(hit) || !Networks.IsFirstOfMore(findings, hit)) &&
        (IsInCompany(findings, hit.Sentence, findings.Document.Text[hit.Start..hit.End], isKnown: true) || IsBeforeCourt(findings, hit.Sentence));

    private static bool IsOnAnotherTopic(Findings findings, Predicate<Hit> which) =>
        findings.All(Concept.Against).Any(against => against.Term.Name is not ("brand" or "messenger") && which(against));

    // "Matrix.org"
    private static bool IsAddress(Document document, int end) =>
        end + 1 < document.Text.Length && document.Text[end] is '.' or '@' && char.IsLetter(document.Text[end + 1]);

    private static bool IsBeforeCourt(Findings findings, int sentence) =>
        Justice.Any(concept => findings.Has(sentence, concept)) && (findings.IsBeside(sentence, Concept.Operator) || findings.IsBeside(sentence, Concept.Crime));

    private bool StandIn(ReadOnlySpan<char> text) => text.ContainsAny(anywhere);

    private static bool Stands(Document document, int word, string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var text = document.TextOf(word + i);
            if (!text.StartsWith(words[i], StringComparison.OrdinalIgnoreCase)) return false;
            var ending = text.Length - words[i].Length;
            if (ending > (i == words.Length - 1 ? i > 0 || words[i].Length >= LongName ? LongestEnding : ShortEnding : 0)) return false;
            if (i > 0 && !document.AreJoined(word + i - 1)) return false;
        }

        return true;
    }

    // A short plain word may be anybody's first name: it needs the thing beside it. One that nothing else is called needs only the police.
    private static bool IsInCompany(Findings findings, int sentence, ReadOnlySpan<char> name, bool isKnown = false)
    {
        var isPlain = name.Length < LongName && !name[1..].ContainsAnyInRange('A', 'Z') && !name.ContainsAnyInRange('0', '9');
        foreach (var i in findings.Near(sentence, Reach))
        {
            if (Company.Any(concept => findings.Has(i, concept)) || (isKnown ? findings.Has(i, Concept.Service) : IsCarried(findings, i)) || !isPlain && Justice.Any(concept => findings.Has(i, concept))) return true;
        }

        // "Schlag gegen Velta: 41 Festnahmen"
        return findings.Has(sentence, Concept.Takedown) && Justice.Any(concept => findings.IsBeside(sentence, concept));
    }

    // "Founder of Velta arrested", "Velta had 3,600 users, police said", "judges admit Velta messages": who ran it, who used it, what it is worth as evidence.
    private static bool IsBroughtToCourt(Findings findings, Hit name) =>
        !Networks.IsFirstOfMore(findings, name) && !IsOnAnotherTopic(findings, other => IsInTitle(findings, other) && other.Term.Name != Travel) &&
        (findings.In(name.Sentence, Concept.Operator).Any(role => Reader.Distance(role, name) <= FarFromRole) && Networks.Justice.Any(fate => findings.IsBeside(name.Sentence, fate))
            || findings.In(name.Sentence, Concept.Counted).Any(counted => counted.Term.Name == "users" && Reader.Distance(counted, name) <= FarFromUsers) && findings.Near(name.Sentence, Reach).Any(i => Justice.Any(concept => findings.Has(i, concept)))
            || findings.Has(name.Sentence, Concept.Admissible) && findings.IsBeside(name.Sentence, Concept.Court));

    // For a name in no list, and alone, a phone or a chat is company enough; "platforms", "devices" and "networks" are anybody's unless police, crime or a blow are told of.
    private static bool IsCarried(Findings findings, int sentence) => findings.In(sentence, Concept.Service).Any(service => service.Term.Name == LexiconReader.Channel)
        || findings.Has(sentence, Concept.Service) && Justice.Append(Concept.Takedown).Append(Concept.Search).Any(concept => findings.IsBeside(sentence, concept));

    // "Seize cocaine as Ghost goes dark": a small word before it, as before what people use and police strike, no other name beside it,
    // and police at work around it.
    private static bool IsNewsOf(Findings findings, Hit name)
    {
        var document = findings.Document;
        var isPlaced = name.FirstWord > document.Sentences[name.Sentence].FirstWord && IsSmall(findings, name.FirstWord - 1) && document.AreJoined(name.FirstWord - 1);
        return (isPlaced || IsStruck(findings, name)) && !Networks.IsFirstOfMore(findings, name) &&
            !IsOnAnotherTopic(findings, other => IsInTitle(findings, other) || other.Sentence == name.Sentence && Reader.Distance(other, name) <= Beside) &&
            Justice.Any(concept => concept != Concept.Crime && findings.IsBeside(name.Sentence, concept)) && Work.Any(concept => findings.IsBeside(name.Sentence, concept));
    }

    // "Exclu démantelée", "Matrix abgeschaltet"
    private static bool IsStruck(Findings findings, Hit name) => findings.In(name.Sentence, Concept.Takedown).Any(blow => blow.FirstWord - name.LastWord is 1 or 2);

    private static bool IsSmall(Findings findings, int word) =>
        findings.IsFunctionWord(word) || findings.In(findings.Document.SentenceAt(word)).Any(hit => hit.LastWord == word && (hit.Term.Concept is Concept.Through && hit.FirstWord == word || hit.Term.Concept is Concept.Takedown or Concept.Infiltration));
}
