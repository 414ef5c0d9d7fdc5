using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Lexicons;

/// <summary>A word that stands for a number: <c>twelve</c>, or for a power that multiplies what stands before it: <c>million</c>.</summary>
internal readonly record struct NumberWord(string Language, decimal Value, bool IsMultiplier);

/// <summary>What a set of lexicon files says, before it is made ready for scanning.</summary>
internal sealed class LexiconContents
{
    public List<(Term Term, IReadOnlyList<TermPart> Parts)> Terms { get; } = [];

    /// <summary>The topic's name, for logs.</summary>
    public string Profile { get; set; } = "";

    /// <summary>What the topic is about, in the singular and without an article.</summary>
    public string Subject { get; set; } = "";

    /// <summary>By folded word.</summary>
    public Dictionary<string, List<NumberWord>> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Words that may stand between the words of one number, as in <c>four hundred and ten</c>.</summary>
    public HashSet<string> Joiners { get; } = new(StringComparer.Ordinal);

    /// <summary>Words after which a full stop ends no sentence.</summary>
    public HashSet<string> Abbreviations { get; } = new(StringComparer.Ordinal);

    /// <summary>What stands before the hyphen in words for the thing: crypto, PGP, gangster.</summary>
    public HashSet<string> Prefixes { get; } = new(StringComparer.Ordinal);

    /// <summary>By <c>model/feature</c>.</summary>
    public Dictionary<string, double> Weights { get; } = new(StringComparer.Ordinal);

    /// <summary>The network that an operation was aimed at.</summary>
    public Dictionary<string, string> NetworkOf { get; } = new(StringComparer.Ordinal);

    /// <summary>The one language in which the ambiguous spellings of a network are ordinary words.</summary>
    public Dictionary<string, string> OrdinaryIn { get; } = new(StringComparer.Ordinal);

    /// <summary>The police body that ran a network itself.</summary>
    public Dictionary<string, string> RunBy { get; } = new(StringComparer.Ordinal);

    /// <summary>The country that news in a language is about unless it says otherwise.</summary>
    public Dictionary<string, string> HomeOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Several, some.</summary>
    public HashSet<string> Vague { get; } = new(StringComparer.Ordinal);

    /// <summary>Small words that say something of what stands beside them, in one language.</summary>
    public HashSet<(SmallWord Says, string Language, string Word)> SmallWords { get; } = [];

    /// <summary>The country of an agency.</summary>
    public Dictionary<string, string> CountryOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Agencies that are courts.</summary>
    public HashSet<string> Courts { get; } = new(StringComparer.Ordinal);

    public void Add(Term term, IReadOnlyList<TermPart> parts) =>
        Terms.Add((term with { Letters = parts.Min(part => part.Letters) }, parts));

    public void AddNumber(string word, NumberWord number)
    {
        var key = Text.Fold.Word(word);
        if (!Numbers.TryGetValue(key, out var all))
            Numbers[key] = all = [];
        // A word can be both: "honderd" multiplies in "vierhonderd" and is a number of its own.
        all.Insert(number.IsMultiplier ? 0 : all.Count, number);
    }
}
