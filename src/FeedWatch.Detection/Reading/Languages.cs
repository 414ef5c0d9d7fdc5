using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>
/// Which languages a text can be in, judged by its function words. Long terms count in any language; a short word
/// (<c>hat</c>, <c>dom</c>, <c>once</c>) only in a text that can be in its language.
/// </summary>
internal sealed class Languages
{
    /// <summary>A term with fewer letters needs its language.</summary>
    private const int ShortTerm = 7;

    private const int ShortestName = 4;

    // What these words say differs too much from language to language: "dossier", "media".
    private static readonly HashSet<Concept> OwnLanguage = [Concept.Explainer, Concept.Aftermath, Concept.Fresh, Concept.Counted, Concept.Called];

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly double least;

    public Languages(IEnumerable<Hit> hits, Document document)
    {
        var seen = new HashSet<(string Language, int Word)>();
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var hit in hits)
        {
            if (hit.Term.Concept != Concept.Common || IsEnding(hit, document))
                continue;
            counts[hit.Term.Language] = counts.GetValueOrDefault(hit.Term.Language) + 1;
            if (seen.Add((hit.Term.Language, hit.FirstWord))) // "a" and "à" are one word
                words[hit.Term.Language] = words.GetValueOrDefault(hit.Term.Language) + 1;
        }

        var most = counts.Count == 0 ? 0 : counts.Values.Max();
        Most = most < 2 ? null : counts.MaxBy(pair => (words[pair.Key], pair.Value)).Key;
        least = most < 3 ? most * 0.9 : most * 0.55;
    }

    // "Hisar'a", "İzmir'de": what hangs on a name is no word of its own; but "Dell'a", "Lorsqu'il" are.
    private static bool IsEnding(Hit hit, Document document)
    {
        if (hit.FirstWord == 0 || document.Words[hit.FirstWord - 1] is var name && (name.End != hit.Start - 1 || document.Text[name.End] is not ('\'' or '’'))) return false;
        return char.IsDigit(document.Text[name.Start]) || char.IsUpper(document.Text[name.Start]) && name.End - name.Start >= ShortestName && document.Text[name.End - 1] is not ('l' or 'u');
    }

    /// <summary>The language that most of the function words belong to, or null.</summary>
    public string? Most { get; }

    public bool IsPossible(string language) => language.Length == 0 || counts.GetValueOrDefault(language) >= least;

    public bool Counts(Term term) => term.Letters >= ShortTerm && !OwnLanguage.Contains(term.Concept) || IsPossible(term.Language);
}
