using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Figures;

/// <summary>A number and the word that may say what it counts. Kinds that a lexicon file may count are in Data/README.md.</summary>
/// <param name="Number">The number.</param>
/// <param name="Noun">What stands nearest behind it and can be counted, measured or paid.</param>
internal readonly record struct Candidate(NumberMention Number, Hit? Noun)
{
    /// <summary>People of whom the sentence must say what became of them.</summary>
    public const string People = "people";

    /// <summary>Suspects: people, and at least suspects.</summary>
    public const string Suspects = "suspects";

    /// <summary>Charges, counts: what is laid, not who is accused.</summary>
    public const string CountsLaid = "counts-laid";

    /// <summary>Used, were customers of: makes users of the people before it.</summary>
    public const string Using = "using";

    /// <summary>Used by: makes users of the people behind it.</summary>
    public const string UsedBy = "used-by";

    /// <summary>Homes, offices, addresses: searched, if the sentence says so.</summary>
    public const string Places = "places";

    /// <summary>Criminals: arrested, or else users.</summary>
    public const string Criminals = "criminals";

    /// <summary>Of them, of whom: what the number before counted.</summary>
    public const string Same = "same";

    /// <summary>Should be, adjusted to: a value in the place of the one before.</summary>
    public const string Corrected = "corrected";

    /// <summary>Something that is no figure of an event: officers, days, months, ages.</summary>
    public const string Nothing = "nothing";

    /// <summary>Years, if the sentence is about prison.</summary>
    public const string Years = "years";

    /// <summary>Months, if a sentence of prison is told in them; else no figure.</summary>
    public const string Months = "months";

    /// <summary>Prison, cell: makes a sentence of years.</summary>
    public const string Prison = "prison";

    /// <summary>Faces, up to: years that nobody has been given.</summary>
    public const string Threat = "threat";

    /// <summary>Demands, calls for: years that a prosecutor wants.</summary>
    public const string Demand = "demand";

    /// <summary>Surrender, extradition: what a court decides about somebody wanted elsewhere.</summary>
    public const string Surrender = "surrender";

    /// <summary>For life: a sentence without a number.</summary>
    public const string Life = "life";

    /// <summary>A day, a week: how much of something there is in a time, not how much there was.</summary>
    public const string Rate = "rate";

    /// <summary>Money as it lies there: cash, banknotes, coins, assets.</summary>
    public const string Cash = "cash";

    /// <summary>Cryptocurrency: cash, and told apart from it.</summary>
    public const string Crypto = "crypto";

    /// <summary>A price or a profit: per month, subscription, turnover.</summary>
    public const string Price = "price";

    /// <summary>Worth, valued at: what stands before or behind is no money that was found.</summary>
    public const string Worth = "worth";

    /// <summary>The kind that the noun gives by itself, or null where the rest of the sentence decides.</summary>
    public string? Direct => Noun?.Term switch
    {
        { Concept: Concept.Arrest } => "arrests",
        { Concept: Concept.Conviction } => "convictions",
        { Concept: Concept.Charge } or { Concept: Concept.Counted, Name: CountsLaid } => "charges",
        { Concept: Concept.Search } => "searches",
        { Concept: Concept.Counted, Name: not (People or Suspects or Places or Criminals or Using or UsedBy or Same or Corrected or Nothing or Years or Months or Prison or Threat or Demand or Surrender or Life or Rate or Cash or Crypto or Price or Worth) } counted => counted.Name,
        _ => null,
    };
}
