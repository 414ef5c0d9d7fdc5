using FeedWatch.Detection.Matching;

namespace FeedWatch.Detection.Scoring;

/// <summary>One thing that speaks for or against, as the models see it.</summary>
/// <param name="Name">Its key in weights.yaml.</param>
/// <param name="Value">How much of it there is, 0 to 1.</param>
/// <param name="Hits">The passages it was read from.</param>
internal sealed record Feature(string Name, double Value, IReadOnlyList<Hit> Hits);
