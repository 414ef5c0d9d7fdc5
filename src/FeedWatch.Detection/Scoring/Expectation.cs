namespace FeedWatch.Detection.Scoring;

/// <summary>What is known of a weight before any article is seen: the direction it must have, and where it lies if few articles tell.</summary>
/// <param name="Sign">1 or -1 where the weight may not point the other way, 0 where it is free.</param>
/// <param name="Weight">What the ridge draws it to.</param>
internal readonly record struct Expectation(int Sign, double Weight = 0)
{
    /// <summary>Free, and nothing until articles tell.</summary>
    public static readonly Expectation Nothing = new(0);

    /// <summary>A topic seen in three articles still speaks against an event.</summary>
    private static readonly Expectation OtherTopic = new(-1, -0.8);

    /// <summary>"Three months after the raids": few articles say so, and none of them on the day.</summary>
    private static readonly Expectation LongAgo = new(-1, -2);

    /// <summary>"Old chats", "a since dismantled network".</summary>
    private static readonly Expectation KnownBefore = new(-1, -1);

    private static readonly Expectation For = new(1);
    private static readonly Expectation Against = new(-1);

    private static readonly HashSet<string> SpeaksAgainst = new(StringComparer.Ordinal)
    {
        "explainer", "title-explainer", "title-question", "unnamed-no-struck", "unnamed-no-justice", "looks-back",
    };

    private static readonly HashSet<string> Undirected = new(StringComparer.Ordinal) { "year", "networks", "figures" };

    private static readonly HashSet<string> Blow = new(StringComparer.Ordinal) { "takedown", "infiltration", "struck", "strike", "operator", "operator-held" };
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "struck-already", "thing-old", "past-month" };
    private static readonly HashSet<string> Outcome = new(StringComparer.Ordinal) { "aftermath", "conviction", "court", "figure-years", "figure-convictions", "year", "looks-back" };

    /// <summary>Is it an event?</summary>
    public static Expectation OfEvent(string feature) =>
        feature.StartsWith("against-", StringComparison.Ordinal) || feature == "thing-consumer" ? OtherTopic
        : SpeaksAgainst.Contains(feature) ? Against
        : Undirected.Contains(feature) || feature.StartsWith(Features.Unnamed, StringComparison.Ordinal) || feature.StartsWith("faint", StringComparison.Ordinal) ? Nothing : For;

    /// <summary>Is an event the takedown itself?</summary>
    public static Expectation OfTakedown(string feature)
    {
        var kind = feature.StartsWith("title-", StringComparison.Ordinal) ? feature["title-".Length..] : feature.StartsWith("lead-", StringComparison.Ordinal) ? feature["lead-".Length..] : feature;
        return kind == "past" ? LongAgo : Known.Contains(kind) ? KnownBefore : Blow.Contains(kind) ? For : Outcome.Contains(kind) ? Against : Nothing;
    }

    /// <summary>The nearest weight that does not point the wrong way.</summary>
    public double Allow(double weight) => Sign * weight < 0 ? 0 : weight;
}
