using FeedWatch.Detection.Lexicons;

namespace FeedWatch.Detection.Matching;

/// <param name="Concept">What it is evidence of.</param>
/// <param name="Language">Language code of the file it comes from; empty where it holds in every language.</param>
/// <param name="Name">What exactly it stands for, where the concept leaves that open: a canonical name, a country code, a kind.</param>
/// <param name="Value">A number, where the term stands for one.</param>
/// <param name="Written">The term as the file has it.</param>
internal sealed record Term(Concept Concept, string Language, string Name, double Value, string Written)
{
    /// <summary>Whether its letters must have the case they are written with (<c>=OM</c>).</summary>
    public bool ExactCase { get; init; }

    /// <summary>Ambiguous names count only in the right company.</summary>
    public bool NeedsCompany { get; init; }

    /// <summary>How far a text is worth reading because this stands in it.</summary>
    public Opening Opens { get; init; }

    /// <summary>Whether it says that something was taken down or read along with.</summary>
    public bool IsBlow => Concept is Concept.Takedown or Concept.Infiltration;

    /// <summary>Whether it tells of police, courts or criminals.</summary>
    public bool IsAuthority => Concept is Concept.Police or Concept.Agency or Concept.Crime or Concept.Court or Concept.Arrest or Concept.Charge or Concept.Conviction;

    /// <summary>Letters in its shortest part: short words mean different things in different languages.</summary>
    public int Letters { get; init; }
}
