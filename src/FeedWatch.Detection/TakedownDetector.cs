using System.Text.RegularExpressions;

namespace FeedWatch.Detection;

/// <summary>
/// Reads an article and says whether it reports the takedown of an encrypted-phone network, or what came of one.
/// A first detector: evidence by concept, weighed by hand; issue B replaces its matching and its weights.
/// </summary>
public sealed partial class TakedownDetector
{
    private readonly DetectorOptions options;
    private readonly Terms terms = Terms.BuiltIn;

    private TakedownDetector(DetectorOptions options) => this.options = options;

    /// <summary>The detector with the built-in data.</summary>
    public static TakedownDetector BuiltIn(DetectorOptions? options = null) => new(options ?? new DetectorOptions());

    /// <summary>Pure: the same text gives the same verdict. Safe to call from many threads.</summary>
    public Verdict Examine(ArticleText article)
    {
        ArgumentNullException.ThrowIfNull(article);
        var evidence = new List<Evidence>();
        var networks = new Dictionary<string, int>(StringComparer.Ordinal);
        Gather(TextField.Title, article.Title, evidence, networks);
        Gather(TextField.Summary, article.Summary, evidence, networks);
        Gather(TextField.Content, article.Content, evidence, networks);

        bool Has(string concept) => evidence.Exists(e => e.Concept == concept);
        var logit = -4.0
            + (Has("network") ? 2.6 : 0) + (Has("thing") ? 2.2 : 0) + (Has("takedown") ? 1.4 : 0) + (Has("followup") ? 1.4 : 0)
            + (Has("police") ? 0.8 : 0) + (Has("crime") ? 0.7 : 0) - (Has("against") ? 3.4 : 0);
        var score = 1 / (1 + Math.Exp(-logit));
        var subject = Has("network") || Has("thing");
        var label = !subject ? Label.Unrelated
            : score < options.AlertThreshold ? Label.Background
            : Has("takedown") ? Label.Takedown
            : Has("followup") ? Label.Followup
            : Label.Background;
        var alert = label is Label.Takedown or Label.Followup;
        List<string> reasons = [];
        if (!subject) reasons.Add("It names no encrypted-phone network and no crypto phone.");
        if (subject && !Has("takedown") && !Has("followup")) reasons.Add("Nothing in it says that a network was taken down or that anybody was arrested or tried.");
        if (Has("against")) reasons.Add($"It also speaks of {string.Join(", ", evidence.Where(e => e.Concept == "against").Select(e => $"“{e.Text}”").Distinct().Take(3))}.");

        var first = networks.Count == 0 ? null : networks.MaxBy(n => n.Value).Key;
        return new Verdict(
            label,
            score,
            alert,
            !alert && score >= options.UndecidedThreshold,
            [.. networks.Keys.Select(n => new NetworkMention(n, Listed: terms.Networks.Any(known => known.Name == n), About: n == first))],
            [],
            [],
            [],
            alert ? FigureReader.Read(article) : [],
            [.. evidence.OrderBy(e => e.Field).ThenBy(e => e.Start)],
            reasons);
    }

    private void Gather(TextField field, string text, List<Evidence> evidence, Dictionary<string, int> networks)
    {
        if (text.Length == 0) return;
        foreach (var (concept, pattern) in terms.Concepts)
        {
            foreach (var match in pattern.EnumerateMatches(text)) Add(concept, match, concept == "against" ? -3.4 : 1);
        }

        var crypto = evidence.Exists(e => e.Concept == "thing");
        foreach (var network in terms.Networks)
        {
            foreach (var pattern in new[] { network.Distinctive, crypto ? network.Ambiguous : null })
            {
                if (pattern is null) continue;
                foreach (var match in pattern.EnumerateMatches(text))
                {
                    Add("network", match, 2.6);
                    networks[network.Name] = networks.GetValueOrDefault(network.Name) + (field == TextField.Title ? 3 : 1);
                }
            }
        }

        // "the encrypted messaging service Xyz": a network that is in no list is named by the word behind the thing.
        if (networks.Count == 0)
        {
            foreach (var thing in evidence.Where(e => e.Field == field && e.Concept == "thing").ToList())
            {
                var behind = thing.Start + thing.Length;
                if (Name().Match(text[behind..Math.Min(text.Length, behind + 40)]) is not { Success: true } match) continue;
                var name = match.Groups["name"];
                evidence.Add(new Evidence(field, behind + name.Index, name.Length, name.Value, "network", 1));
                networks[name.Value] = networks.GetValueOrDefault(name.Value) + 2;
            }
        }

        void Add(string concept, ValueMatch match, double weight)
        {
            if (match.Length > 0) evidence.Add(new Evidence(field, match.Index, match.Length, text.Substring(match.Index, match.Length), concept, weight));
        }
    }

    [GeneratedRegex(@"^ (?:de |von |van |called |named )?[“‘""']?(?<name>\p{Lu}[\p{L}\d]{3,30})", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}

/// <param name="AlertThreshold">Score from which an event is told, 0 to 1.</param>
/// <param name="UndecidedThreshold">Score from which an article that is no alert deserves a look at its full text.</param>
public sealed record DetectorOptions(double AlertThreshold = 0.5, double UndecidedThreshold = 0.2);
