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
        least = most < 3 ? most * 0.9 : most * 0.55;
    }

    public bool IsPossible(string language) => language.Length == 0 || counts.GetValueOrDefault(language) >= least;

    public bool Counts(Term term) => term.Letters >= ShortTerm || IsPossible(term.Language);
}
