namespace FeedWatch.Detection.Scoring;

/// <summary>Says in plain sentences why an article is no alert, or what spoke against one.</summary>
internal static class Reasons
{
    private static readonly Dictionary<string, string> Topics = new(StringComparer.Ordinal)
    {
        ["messenger"] = "It names a messenger for everybody, which is never such a network.",
        ["brand"] = "It is about an ordinary phone brand.",
        ["policy"] = "It reads as a debate about encryption or surveillance law.",
        ["film"] = "It is about a film, a series or a game.",
        ["sport"] = "It is about sport.",
        ["cryptocurrency"] = "It is about cryptocurrency.",
        ["piracy"] = "It is about television piracy.",
        ["ransomware"] = "It is about ransomware, a botnet or hackers.",
        ["market"] = "It is about a dark-web market.",
        ["spyware"] = "It is about spyware.",
        ["theft"] = "It is about stolen phones.",
        ["gun"] = "It is about home-made guns.",
        ["protocol"] = "It is about an open messaging protocol.",
        ["history"] = "It is about history or science.",
    };

    /// <summary>What is said of a text in which nothing of the topic stands.</summary>
    public static string NoSubject(string subject) => $"It names no {subject} and no service like one.";

    public static IReadOnlyList<string> Of(IReadOnlyList<Feature> features, Model model, bool alert, string subject)
    {
        var has = features.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        var reasons = new List<string>();
        foreach (var feature in features.Where(feature => model.Weight(feature.Name) * feature.Value < -0.2).OrderBy(feature => model.Weight(feature.Name) * feature.Value))
        {
            if (Against(feature.Name) is { } reason && !reasons.Contains(reason))
                reasons.Add(reason);
        }

        if (alert)
            return reasons;
        if (!has.Contains("network") && !has.Contains("network-unlisted") && !has.Contains("thing") && !has.Contains("thing-made") && !has.Contains("operation"))
            reasons.Insert(0, NoSubject(subject));
        else if (!has.Overlaps(["takedown", "infiltration", "arrest", "search", "seizure", "charge", "conviction", "court"]))
            reasons.Add("Nothing says that police or a court acted.");
        else if (!has.Contains("crime") && !has.Contains("network"))
            reasons.Add("Nothing ties the service to criminals.");
        if (reasons.Count == 0)
            reasons.Add("What stands in it does not add up to an event.");
        return reasons;
    }

    private static string? Against(string feature) => feature switch
    {
        "explainer" or "title-explainer" => "It reads as an explanation or an opinion, not as a report.",
        "title-question" => "Its title asks a question.",
        "thing-consumer" => Topics["messenger"],
        _ when feature.StartsWith("against-", StringComparison.Ordinal) => Topics.GetValueOrDefault(feature["against-".Length..], $"It is about another topic: {feature["against-".Length..]}."),
        _ => null,
    };
}
