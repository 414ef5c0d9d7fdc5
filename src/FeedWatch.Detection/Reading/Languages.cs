using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Reading;

/// <summary>
/// Which languages a text can be in, judged by its function words. Long terms count in any language; a short word
/// (<c>hat</c>, <c>dom</c>, <c>once</c>) only in a text that can be in its language.
/// </summary>
internal sealed class Languages
{
    /// <summary>A term with fewer letters needs its language.</summary>
    private const int ShortTerm = 7;

    // What these words say differs too much from language to language: "dossier", "media".
    private static readonly HashSet<Concept> OwnLanguage = [Concept.Explainer, Concept.Aftermath, Concept.Fresh, Concept.Counted, Concept.Called];

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly double least;

    public Languages(IEnumerable<Hit> hits)
    {
        foreach (var hit in hits)
        {
            if (hit.Term.Concept == Concept.Common)
                counts[hit.Term.Language] = counts.GetValueOrDefault(hit.Term.Language) + 1;
        }

        var most = counts.Count == 0 ? 0 : counts.Values.Max();
        Most = most < 2 ? null : counts.MaxBy(pair => pair.Value).Key;
        least = most < 3 ? most * 0.9 : most * 0.55;
    }

    /// <summary>The language that most of the function words belong to, or null.</summary>
    public string? Most { get; }

    public bool IsPossible(string language) => language.Length == 0 || counts.GetValueOrDefault(language) >= least;

    public bool Counts(Term term) => term.Letters >= ShortTerm && !OwnLanguage.Contains(term.Concept) || IsPossible(term.Language);
}
