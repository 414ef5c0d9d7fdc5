namespace FeedWatch.Detection.Scoring;

/// <summary>A logistic model: one weight for each feature, as weights.yaml has them.</summary>
internal sealed class Model(string name, IReadOnlyDictionary<string, double> weights)
{
    /// <summary>Is it an event, or not?</summary>
    public const string Event = "event";

    /// <summary>Is it an event, in a text that names no network?</summary>
    public const string Nameless = "nameless";

    /// <summary>Is an event the takedown itself, or what came of one?</summary>
    public const string Takedown = "takedown";

    /// <summary>Is an event the takedown itself, in a text that names no network?</summary>
    public const string NamelessTakedown = "nameless-takedown";

    /// <summary>What a model says of a text without features.</summary>
    public const string Bias = "bias";

    /// <summary>Whether any of its weights is known; a lexicon folder may bring those of an event only.</summary>
    public bool IsFitted => weights.Keys.Any(key => key.StartsWith($"{name}/", StringComparison.Ordinal));

    /// <summary>What one feature adds to the logit.</summary>
    public double Weight(string feature) => weights.GetValueOrDefault($"{name}/{feature}");

    /// <summary>Whether it weighs a feature.</summary>
    public bool Has(string feature) => weights.ContainsKey($"{name}/{feature}");

    /// <summary>The probability, 0 to 1.</summary>
    public double Probability(IReadOnlyList<Feature> features) =>
        1 / (1 + Math.Exp(-(Weight(Bias) + features.Sum(feature => Weight(feature.Name) * feature.Value))));
}
