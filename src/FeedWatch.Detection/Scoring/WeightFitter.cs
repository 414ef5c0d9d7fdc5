using System.Globalization;
using System.Text;

namespace FeedWatch.Detection.Scoring;

/// <summary>An article and what a person says it is.</summary>
public sealed record LabelledArticle(ArticleText Article, Label Label);

/// <summary>
/// Finds the weights from labelled articles: two logistic regressions with a ridge penalty, so that a feature seen twice says little.
/// In the event model evidence cannot speak against an event, nor counter-evidence for one. The same articles give the same weights.
/// </summary>
/// <param name="detector">Reads the articles; its own weights play no part.</param>
/// <param name="penalty">Strength of the ridge: the larger, the closer all weights stay to zero.</param>
public sealed class WeightFitter(TakedownDetector detector, double penalty = 0.3)
{
    private const int Rounds = 400;

    /// <summary>The bias is free, but must not run away where all items are alike.</summary>
    private const double BiasPenalty = 1e-4;

    private static readonly HashSet<string> Free = new(StringComparer.Ordinal) { Model.Bias, "year", "networks", "figures" };

    /// <summary>Weights by <c>model/feature</c>.</summary>
    public IReadOnlyDictionary<string, double> Fit(IEnumerable<LabelledArticle> articles)
    {
        ArgumentNullException.ThrowIfNull(articles);
        var seen = articles.Select(item => (item.Label, Features: Values(detector.FeaturesOf(item.Article)))).Where(item => item.Features.Count > 0).ToList();
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        Add(Model.Event, [.. seen.Select(item => (item.Features, IsEvent(item.Label)))], Sign);
        Add(Model.Takedown, [.. seen.Where(item => IsEvent(item.Label)).Select(item => (item.Features, item.Label == Label.Takedown))], _ => 0);
        return weights;

        void Add(string model, List<(Dictionary<string, double>, bool)> items, Func<string, int> sign)
        {
            foreach (var (feature, weight) in Regress(items, sign))
                weights[$"{model}/{feature}"] = weight;
        }
    }

    /// <summary>The text of a weights.yaml.</summary>
    public static string ToYaml(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var yaml = new StringBuilder("about: Weights of the two models, written by the fitting routine. What each feature means is told in README.md.\nweights:\n");
        foreach (var model in weights.GroupBy(pair => pair.Key.Split('/')[0]))
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  {model.Key}:\n");
            foreach (var (name, weight) in model)
                yaml.Append(CultureInfo.InvariantCulture, $"    {name[(model.Key.Length + 1)..]}: {weight:0.###}\n");
        }

        return yaml.ToString();
    }

    private static bool IsEvent(Label label) => label is Label.Takedown or Label.Followup;

    private static Dictionary<string, double> Values(IReadOnlyList<Feature> features)
    {
        var values = features.ToDictionary(feature => feature.Name, feature => feature.Value, StringComparer.Ordinal);
        if (values.Count > 0)
            values[Model.Bias] = 1;
        return values;
    }

    private static int Sign(string feature) =>
        feature.StartsWith("against-", StringComparison.Ordinal) || feature.Contains("explainer", StringComparison.Ordinal) || feature is "thing-consumer" or "title-question" or "unnamed-no-struck" or "unnamed-no-justice" or "looks-back" ? -1
        : Free.Contains(feature) || feature.StartsWith("unnamed-", StringComparison.Ordinal) ? 0 : 1;

    // Newton's steps, one weight after the other.
    private Dictionary<string, double> Regress(List<(Dictionary<string, double> Values, bool Is)> items, Func<string, int> sign)
    {
        var weights = items.SelectMany(item => item.Values.Keys).Distinct().Order(StringComparer.Ordinal).ToDictionary(name => name, _ => 0.0, StringComparer.Ordinal);
        var logits = new double[items.Count];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var name in weights.Keys.ToList())
            {
                double slope = 0, curve = 0;
                for (var i = 0; i < items.Count; i++)
                {
                    if (!items[i].Values.TryGetValue(name, out var value))
                        continue;
                    var probability = 1 / (1 + Math.Exp(-logits[i]));
                    slope += value * ((items[i].Is ? 1 : 0) - probability);
                    curve += value * value * probability * (1 - probability);
                }

                var ridge = name == Model.Bias ? BiasPenalty : penalty;
                var next = weights[name] + Math.Clamp((slope - ridge * weights[name]) / (curve + ridge), -1, 1);
                if (sign(name) * next < 0)
                    next = 0;
                for (var i = 0; i < items.Count; i++)
                    logits[i] += (next - weights[name]) * items[i].Values.GetValueOrDefault(name);
                weights[name] = next;
            }
        }

        return weights.Where(pair => Math.Abs(pair.Value) >= 0.001).ToDictionary(StringComparer.Ordinal);
    }
}
