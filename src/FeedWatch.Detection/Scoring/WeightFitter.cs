using System.Globalization;
using System.Text;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Scoring;

/// <summary>An article and what a person says it is.</summary>
public sealed record LabelledArticle(ArticleText Article, Label Label);

/// <summary>
/// Finds the weights from labelled articles: two logistic regressions with a ridge penalty, so that a feature seen twice says little.
/// Evidence cannot speak against what it is evidence of, whatever a few articles say. The same articles give the same weights.
/// </summary>
/// <param name="detector">Reads the articles; its own weights play no part.</param>
/// <param name="penalty">Strength of the ridge: the larger, the closer all weights stay to what is expected of them.</param>
public sealed class WeightFitter(TakedownDetector detector, double penalty = 1)
{
    private const int Readings = 4;

    /// <summary>Share of the terms that a reading forgets: about what the lexicon lacked in articles its authors had not seen.</summary>
    private const double Forgotten = 0.2;

    private const int Seed = 20161;

    /// <summary>Reports that name no network are few and short: only what many of them say together moves a weight away from what it is in other texts.</summary>
    private const double NamelessPenalty = 300;

    /// <summary>The same for whether they tell of the day itself or of later years.</summary>
    private const double NamelessTakedownPenalty = 200;

    private static readonly HashSet<Concept> Forgettable =
    [
        Concept.Network, Concept.Operation, Concept.Agency, Concept.Thing, Concept.Encrypted, Concept.Secret, Concept.Service, Concept.Takedown, Concept.Infiltration, Concept.Arrest,
        Concept.Search, Concept.Seizure, Concept.Charge, Concept.Conviction, Concept.Court, Concept.Crime, Concept.Police, Concept.Operator, Concept.Aftermath,
        Concept.Explainer, Concept.Fresh, Concept.Against, Concept.Counted,
    ];

    /// <summary>The text of a weights.yaml.</summary>
    public static string ToYaml(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var yaml = new StringBuilder("about: Weights of the three models, written by the fitting routine. What each feature means is told in README.md.\nweights:\n");
        foreach (var model in weights.GroupBy(pair => pair.Key.Split('/')[0]))
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  {model.Key}:\n");
            foreach (var (name, weight) in model)
                yaml.Append(CultureInfo.InvariantCulture, $"    {name[(model.Key.Length + 1)..]}: {weight:0.###}\n");
        }

        return yaml.ToString();
    }

    /// <summary>Weights by <c>model/feature</c>.</summary>
    public IReadOnlyDictionary<string, double> Fit(IEnumerable<LabelledArticle> articles)
    {
        ArgumentNullException.ThrowIfNull(articles);
        return Fit([.. Read(articles)]);
    }

    /// <summary>The weights in use, but anew those of texts that name no network, drawn to what they are in other texts.</summary>
    public IReadOnlyDictionary<string, double> FitNameless(IEnumerable<LabelledArticle> articles)
    {
        ArgumentNullException.ThrowIfNull(articles);
        return FitNameless([.. Read(articles)]);
    }

    /// <summary>
    /// Each article as it stands, as it would be read if its networks had never been heard of, and as it would be read if a part of its words were in no lexicon. The lexicon was written with these
    /// articles in view and knows all that they say; of an article that comes tomorrow it will not, and the weights must be right for that one.
    /// </summary>
    internal IEnumerable<(Label Label, IReadOnlyList<Feature> Features)> Read(IEnumerable<LabelledArticle> articles)
    {
        var random = new Random(Seed);
        foreach (var (article, label) in articles)
        {
            yield return (label, detector.FeaturesOf(article));
            yield return (label, detector.FeaturesOf(article, term => term.Concept is not (Concept.Network or Concept.Operation)));
            for (var reading = 0; reading < Readings; reading++)
            {
                var forgotten = new Dictionary<Term, bool>();
                yield return (label, detector.FeaturesOf(article, IsKnown));

                bool IsKnown(Term term)
                {
                    if (!Forgettable.Contains(term.Concept))
                        return true;
                    if (!forgotten.TryGetValue(term, out var isGone))
                        forgotten[term] = isGone = random.NextDouble() < Forgotten;
                    return !isGone;
                }
            }
        }
    }

    /// <summary>Weights by <c>model/feature</c>, from articles that were read before.</summary>
    internal IReadOnlyDictionary<string, double> Fit(IReadOnlyList<(Label Label, IReadOnlyList<Feature> Features)> articles)
    {
        var seen = articles.Where(item => item.Features.Count > 0).ToList();
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        Add(Model.Event, seen.Select(item => (item.Features, IsEvent(item.Label))), Expectation.OfEvent);
        Add(Model.Takedown, seen.Where(item => IsEvent(item.Label)).Select(item => (item.Features, item.Label == Label.Takedown)), Expectation.OfTakedown);
        AddNameless(weights, seen);
        return weights;

        void Add(string model, IEnumerable<(IReadOnlyList<Feature>, bool)> items, Func<string, Expectation> expect)
        {
            foreach (var (feature, weight) in new Regression([.. items], expect, penalty).Weights())
                weights[$"{model}/{feature}"] = weight;
        }
    }

    internal IReadOnlyDictionary<string, double> FitNameless(IReadOnlyList<(Label Label, IReadOnlyList<Feature> Features)> articles)
    {
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, weight) in detector.Weights.Where(pair => !pair.Key.StartsWith(Model.Nameless, StringComparison.Ordinal)))
            weights[key] = weight;
        AddNameless(weights, articles);
        return weights;
    }

    private static void AddNameless(SortedDictionary<string, double> weights, IReadOnlyList<(Label Label, IReadOnlyList<Feature> Features)> articles)
    {
        var nameless = articles.Where(item => item.Features.Any(feature => feature.Name == Features.Unnamed)).ToList();
        Add(Model.Nameless, Model.Event, [.. nameless.Select(item => (item.Features, IsEvent(item.Label)))], Expectation.OfEvent, NamelessPenalty);
        Add(Model.NamelessTakedown, Model.Takedown, [.. nameless.Where(item => IsEvent(item.Label)).Select(item => (item.Features, item.Label == Label.Takedown))], Expectation.OfTakedown, NamelessTakedownPenalty);

        void Add(string model, string of, IReadOnlyList<(IReadOnlyList<Feature> Features, bool Is)> items, Func<string, Expectation> expect, double penalty)
        {
            var others = new Model(of, weights);
            var known = weights.Keys.Where(key => key.StartsWith($"{of}/", StringComparison.Ordinal)).Select(key => key[(of.Length + 1)..]).ToHashSet(StringComparer.Ordinal);
            known.ExceptWith(items.SelectMany(item => item.Features, (_, feature) => feature.Name).Append(Model.Bias));
            foreach (var feature in known)
                weights[$"{model}/{feature}"] = others.Weight(feature);
            foreach (var (feature, weight) in new Regression(items, feature => others.Has(feature) ? expect(feature) with { Weight = others.Weight(feature) } : expect(feature), penalty).Weights())
                weights[$"{model}/{feature}"] = weight;
        }
    }

    private static bool IsEvent(Label label) => label is Label.Takedown or Label.Followup;
}
