using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Lexicons;

/// <summary>Everything the detector knows, ready to scan with. Never changes once made.</summary>
internal sealed class Lexicon
{
    private readonly LexiconContents contents;

    private Lexicon(LexiconContents contents)
    {
        this.contents = contents;
        Scanner = new TermScanner(contents.Terms);
        contents.Terms.Clear(); // a third of all memory; the scanner has what it needs
        contents.Terms.Capacity = 0;
        LongestNumber = contents.Numbers.Count == 0 ? 0 : contents.Numbers.Keys.Max(word => word.Length);
    }

    public TermScanner Scanner { get; }

    public string Profile => contents.Profile;

    public string Subject => contents.Subject;

    public IReadOnlyDictionary<string, double> Weights => contents.Weights;

    public IReadOnlySet<string> Abbreviations => contents.Abbreviations;

    public IReadOnlySet<string> Joiners => contents.Joiners;

    /// <summary>Number words by their folded letters.</summary>
    public Dictionary<string, List<NumberWord>> Numbers => contents.Numbers;

    /// <summary>Letters in the longest number word.</summary>
    public int LongestNumber { get; }

    /// <exception cref="LexiconException">One of the files is wrong.</exception>
    public static Lexicon From(IEnumerable<LexiconFile> files) => new(LexiconReader.Read(files));

    /// <summary>The network an operation was aimed at, or null.</summary>
    public string? NetworkOf(string operation) => contents.NetworkOf.GetValueOrDefault(operation);

    /// <summary>The one language in which a network's ambiguous spellings are ordinary words; null where that may be any.</summary>
    public string? OrdinaryIn(string network) => contents.OrdinaryIn.GetValueOrDefault(network);

    /// <summary>The police body that ran a network itself, or null.</summary>
    public string? RunBy(string network) => contents.RunBy.GetValueOrDefault(network);

    /// <summary>The country that news in a language is about unless it says otherwise, or null.</summary>
    public string? HomeOf(string language) => contents.HomeOf.GetValueOrDefault(language);

    /// <summary>Whether a word is what things are called with, before a hyphen: crypto, PGP, gangster.</summary>
    public bool IsPrefix(string word) => contents.Prefixes.Contains(word);

    /// <summary>Whether a word before "hundred" or "thousand" says that nobody counted: several, some.</summary>
    public bool IsVague(string word) => contents.Vague.Contains(word);

    /// <summary>Whether a word of a language, folded, says so.</summary>
    public bool Says(SmallWord what, string language, string word) => contents.SmallWords.Contains((what, language, word));

    /// <summary>The country of an agency, <c>EU</c> for those of the union, or null.</summary>
    public string? CountryOf(string agency) => contents.CountryOf.GetValueOrDefault(agency);

    /// <summary>Whether an agency is a court.</summary>
    public bool IsCourt(string agency) => contents.Courts.Contains(agency);
}
