namespace FeedWatch.Detection;

/// <summary>The text of one article as a feed gives it. Any field may be empty; HTML is read as text.</summary>
public sealed record ArticleText(string Title, string Summary = "", string Content = "");

/// <summary>What an article is. Only <see cref="Takedown"/> and <see cref="Followup"/> are events that people are told about.</summary>
public enum Label
{
    /// <summary>Something else.</summary>
    Unrelated,

    /// <summary>About encrypted-phone networks or encryption, but no event.</summary>
    Background,

    /// <summary>What came of a takedown: arrests, trials, rulings, balances.</summary>
    Followup,

    /// <summary>The takedown itself.</summary>
    Takedown,
}

/// <summary>Where in an article a piece of text stands.</summary>
public enum TextField
{
    Title,
    Summary,
    Content,
}

/// <summary>Everything the detector has to say about one article.</summary>
/// <param name="Label">What the article is.</param>
/// <param name="Score">How strongly the evidence speaks for an event, 0 to 1.</param>
/// <param name="Alert">Whether people are told: the label is an event and the score reaches the alert threshold.</param>
/// <param name="Undecided">No alert, but close enough that the article's full text is worth fetching.</param>
/// <param name="Networks">Networks named in the text, those it is about first.</param>
/// <param name="Operations">Canonical names of police operations, as <c>Operation Trojan Shield</c>.</param>
/// <param name="Agencies">Canonical names of police bodies, prosecutors and courts.</param>
/// <param name="Countries">ISO 3166 alpha-2 codes of the countries named.</param>
/// <param name="Figures">Figures about the event itself; those of other networks recited as context are left out.</param>
/// <param name="Evidence">The passages that count, in text order. Never empty for an alert.</param>
/// <param name="Reasons">Why it is no alert, or what spoke against one; English, one sentence each.</param>
public sealed record Verdict(
    Label Label,
    double Score,
    bool Alert,
    bool Undecided,
    IReadOnlyList<NetworkMention> Networks,
    IReadOnlyList<string> Operations,
    IReadOnlyList<string> Agencies,
    IReadOnlyList<string> Countries,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<string> Reasons)
{
    /// <summary>ISO 3166 alpha-2 codes of the countries whose police, prosecutors or courts act, or where something was counted; a country merely named is not among them.</summary>
    public IReadOnlyList<string> Acting { get; init; } = [];

    /// <summary>ISO 3166 alpha-2 codes of the countries that are named as such or by their places, not by somebody's nationality alone.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Figures that the text says are wrong: the 46 of "44, not 46". Their scope is not told.</summary>
    public IReadOnlyList<Figure> Denied { get; init; } = [];

    /// <summary>Passages in which a word of the lexicon stands, but for countries and their towns, and the words of a sentence that tells another case apart, as the text has them. What else is capital may be a name.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>When the text says that a network fell, as it says it: no date is known here. Years in four digits are not among them.</summary>
    public IReadOnlyList<PastTime> Past { get; init; } = [];

    /// <summary>What befell those who run the network, and what a court decided about it.</summary>
    public IReadOnlyList<Deed> Deeds { get; init; } = [];
}

/// <summary>A time that a text speaks of as gone.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Value">How many; of a month of the calendar 1 to 12.</param>
public sealed record PastTime(PastUnit Unit, int Value);

/// <summary>How a text says how long ago something was.</summary>
public enum PastUnit
{
    /// <summary>Three years ago.</summary>
    Years,

    /// <summary>Three months after.</summary>
    Months,

    /// <summary>Three weeks after.</summary>
    Weeks,

    /// <summary>In June: the last one.</summary>
    Month,

    /// <summary>Last year.</summary>
    LastYear,
}

/// <summary>Something that is news by itself, though no number tells it.</summary>
/// <param name="Kind"><c>operator</c>: someone who ran or sold the network; <c>ruling</c>: a court decided about it.</param>
/// <param name="What">For an operator <c>arrested</c>, <c>charged</c> or <c>convicted</c>; for a ruling the court's canonical name, empty where it is in no list.</param>
public sealed record Deed(string Kind, string What)
{
    public const string Operator = "operator";
    public const string Ruling = "ruling";
}

/// <param name="Name">Canonical name, or the name as the text gives it for a network that is not in the data.</param>
/// <param name="Listed">Whether the network is in the data.</param>
/// <param name="About">Whether the article is about this network, or merely names it.</param>
public sealed record NetworkMention(string Name, bool Listed, bool About)
{
    /// <summary>Where it is named first: a headline's network matters more than one far below it.</summary>
    public TextField Field { get; init; }
}

/// <param name="Field">The field of the article, as given.</param>
/// <param name="Start">UTF-16 offset in that field.</param>
/// <param name="Length">Length in UTF-16 code units.</param>
/// <param name="Text">Exactly what stands there.</param>
/// <param name="Concept">What it is evidence of, for example <c>takedown</c>, <c>thing</c>, <c>network</c>.</param>
/// <param name="Weight">What it added to the score's logit; negative where it speaks against.</param>
public sealed record Evidence(TextField Field, int Start, int Length, string Text, string Concept, double Weight);

/// <param name="Kind">
/// <c>arrests, searches, messages, users, devices, countries, organisations, convictions, years, drugs, cash, weapons,
/// vehicles, labs, servers, suspects</c> or <c>charges</c>.
/// </param>
/// <param name="Value">The number itself; drugs in kg.</param>
/// <param name="Unit"><c>kg</c> or an ISO 4217 currency; empty for a count.</param>
/// <param name="Scope">An ISO 3166 alpha-2 country, <c>world</c>, <c>EU</c>, or empty where the text does not say.</param>
/// <param name="What">What exactly was counted where the kind leaves it open, for example <c>cocaine</c>; else empty.</param>
/// <param name="Field">Where it stands.</param>
/// <param name="Start">UTF-16 offset of the number in that field.</param>
/// <param name="Length">Length of the number in UTF-16 code units.</param>
public sealed record Figure(string Kind, decimal Value, string Unit, string Scope, string What, TextField Field, int Start, int Length)
{
    /// <summary>Whether the text itself says that the value is rounded: "about 750".</summary>
    public bool IsRough { get; init; }

    /// <summary>Whether the text has it from the press, where the police may say something else: "two papers speak of 44".</summary>
    public bool IsHearsay { get; init; }

    /// <summary>Whether it is what a prosecutor demands, and nobody has been given.</summary>
    public bool IsSought { get; init; }
}
