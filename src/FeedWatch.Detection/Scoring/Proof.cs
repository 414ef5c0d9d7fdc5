using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Lexicons;

namespace FeedWatch.Detection.Scoring;

/// <summary>Quotes the passages behind a verdict.</summary>
internal static class Proof
{
    /// <summary>Enough to convince; a long page says the same a hundred times.</summary>
    private const int MostPassages = 60;

    /// <summary>The passages in text order, each with its share of what its features added to the logit.</summary>
    public static IReadOnlyList<Evidence> Of(Findings findings, IReadOnlyList<Feature> features, Model model)
    {
        var weights = new Dictionary<Hit, double>(ReferenceEqualityComparer.Instance);
        foreach (var feature in features)
        {
            foreach (var hit in feature.Hits)
                weights[hit] = weights.GetValueOrDefault(hit) + model.Weight(feature.Name) * feature.Value / feature.Hits.Count;
        }

        return [.. weights
            .GroupBy(pair => (pair.Key.Start, pair.Key.End, pair.Key.Term.Concept))
            .Select(group => (group.First().Key, Weight: group.Max(pair => pair.Value)))
            .OrderByDescending(entry => Math.Abs(entry.Weight)).Take(MostPassages)
            .OrderBy(entry => entry.Key.Start)
            .Select(entry => Quoted(findings, entry.Key, entry.Weight))];
    }

    private static Evidence Quoted(Findings findings, Hit hit, double weight)
    {
        var (field, start, length, text) = findings.Document.Quote(hit.Start, hit.End);
        return new(field, start, length, text, ConceptOf(hit), Math.Round(weight, 3));
    }

    private static string ConceptOf(Hit hit) =>
        hit.Term.Concept == Concept.Against ? $"against {hit.Term.Name}" : hit.Term.Concept.ToString().ToLowerInvariant();
}
