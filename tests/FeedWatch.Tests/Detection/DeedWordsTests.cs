using System.Text.Json.Nodes;
using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>
/// The words of what befalls those behind a network, of what courts rule and of years in prison, scored on short reports in all languages of
/// the lexicon. Some of them tell of users, of owners of something else and of other courts. Who wrote them wrote the words. The floors only rise.
/// </summary>
public sealed class DeedWordsTests(ITestOutputHelper output)
{
    private const string Years = "years";

    private static readonly IReadOnlyList<Item> Items = [.. TestData.Files("Deeds", "*.jsonl").SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(line => Item.Of(JsonNode.Parse(line)!))];

    [Theory]
    [InlineData(Deed.Operator, 0.97, 0.965)]
    [InlineData(Deed.Ruling, 0.99, 0.98)]
    [InlineData(Years, 0.975, 0.99)]
    public void What_befell_those_behind_a_network_is_read_in_every_language(string kind, double recallFloor, double precisionFloor)
    {
        var languages = Items.GroupBy(item => item.Language).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Tally: Tally.Of(group, kind))).ToList();
        var all = Tally.Of(Items, kind);

        output.WriteLine($"{kind} {all}");
        foreach (var (language, tally) in languages.Where(entry => entry.Tally is { Recall: < 1 } or { Precision: < 1 }))
            output.WriteLine($"  {language} {tally}");

        Assert.True(all.Recall >= recallFloor, $"recall of {kind} fell to {all.Recall:0.000}, below {recallFloor}");
        Assert.True(all.Precision >= precisionFloor, $"precision of {kind} fell to {all.Precision:0.000}, below {precisionFloor}");
    }

    /// <param name="Language">ISO 639-1 code.</param>
    /// <param name="Article">The report.</param>
    /// <param name="Facts">What a person reads in it: "operator=arrested", "ruling", "years=4.5".</param>
    private sealed record Item(string Language, ArticleText Article, IReadOnlySet<string> Facts)
    {
        public static Item Of(JsonNode node) => new(
            node["lang"]!.GetValue<string>(),
            new(node["title"]!.GetValue<string>(), node["summary"]!.GetValue<string>()),
            node["deeds"]!.AsArray().Select(deed => deed!.GetValue<string>()).Concat(node[Years]!.AsArray().Select(years => YearsOf(years!.GetValue<decimal>()))).ToHashSet(StringComparer.Ordinal));

        /// <summary>What the detector reads, said in the same way; which court it was does not matter here.</summary>
        public HashSet<string> Read()
        {
            var verdict = Detectors.BuiltIn.Examine(Article);
            return [.. verdict.Deeds.Select(deed => deed.Kind == Deed.Ruling ? Deed.Ruling : $"{deed.Kind}={deed.What}"), .. verdict.Figures.Where(figure => figure is { Kind: Years, IsSought: false }).Select(figure => YearsOf(figure.Value))];
        }

        private static string YearsOf(decimal years) => $"{Years}={years:0.##}";
    }

    private sealed record Tally(int Right, int Told, int There)
    {
        public double Recall => There == 0 ? 1 : (double)Right / There;

        public double Precision => Told == 0 ? 1 : (double)Right / Told;

        public static Tally Of(IEnumerable<Item> items, string kind)
        {
            var counted = items.Select(item => (Facts: Only(item.Facts, kind), Read: Only(item.Read(), kind))).ToList();
            return new(counted.Sum(pair => pair.Facts.Intersect(pair.Read).Count()), counted.Sum(pair => pair.Read.Count), counted.Sum(pair => pair.Facts.Count));
        }

        public override string ToString() => $"recall {Recall:0.000} ({Right} of {There}), precision {Precision:0.000} ({Right} of {Told})";

        private static List<string> Only(IEnumerable<string> facts, string kind) => [.. facts.Where(fact => fact.StartsWith(kind, StringComparison.Ordinal))];
    }
}
