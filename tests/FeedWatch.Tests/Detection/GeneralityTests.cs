using FeedWatch.Detection;
using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Scoring;

namespace FeedWatch.Tests.Detection;

/// <summary>
/// The next network has a name nobody knows, and the next report is in words nobody saw. What the detector finds without having
/// been shown is measured here: without a language, without a name, with an invented one.
/// </summary>
public sealed class GeneralityTests(ITestOutputHelper output)
{
    private const int Folds = 8;

    private static readonly string[] Invented = ["Veltrix", "Quarzo", "Nordlux", "Sombrane"];

    private static readonly WeightFitter Fitter = new(Detectors.BuiltIn);

    private static readonly IReadOnlyList<(CorpusItem Item, IReadOnlyList<(Label, IReadOnlyList<Feature>)> Readings)> Read =
        [.. Corpus.Own.Select(item => (item, (IReadOnlyList<(Label, IReadOnlyList<Feature>)>)[.. Fitter.Read([new(item.Article, item.Label)])]))];

    [Fact]
    public void Weights_learned_without_a_language_hold_in_it()
    {
        var score = CrossValidated(Corpus.Own.Select(item => item.Language).Distinct().Order(StringComparer.Ordinal), (item, language) => item.Language == language);

        Assert.InRange(score.EventF1, 0.97, 1);
        Assert.InRange(score.LabelShare, 0.94, 1);
    }

    [Fact]
    public void Weights_learned_without_an_article_hold_for_it()
    {
        var fold = Read.Select((entry, index) => (entry.Item.Id, Fold: index * 7 % Folds)).ToDictionary(entry => entry.Id, entry => entry.Fold);

        var score = CrossValidated(Enumerable.Range(0, Folds), (item, number) => fold[item.Id] == number);

        Assert.InRange(score.EventF1, 0.97, 1);
        Assert.InRange(score.LabelShare, 0.94, 1);
    }

    [Fact]
    public void A_network_that_is_not_in_the_data_is_found_all_the_same()
    {
        var names = Corpus.Own.SelectMany(item => item.Networks).Where(IsListed).Distinct().Order(StringComparer.Ordinal).ToList();
        var all = new Survival();

        foreach (var name in names)
        {
            var unaware = Detectors.Without(name);
            var survival = new Survival();
            foreach (var item in Named().Where(item => item.Networks.Contains(name)))
                survival.Add(item, unaware.Examine(item.Article), all);
            output.WriteLine($"without {name}: {survival}");
        }

        output.WriteLine($"all: {all}");
        Assert.InRange(all.Label, 0.5, 1);
    }

    [Fact]
    public void An_invented_name_in_the_place_of_a_known_one_is_found_and_named()
    {
        var all = new Survival();
        var named = 0;

        foreach (var (item, index) in Named().Select((item, index) => (item, index)))
        {
            var name = Invented[index % Invented.Length];
            var verdict = Detectors.BuiltIn.Examine(Renamed(item.Article, name));
            all.Add(item, verdict);
            named += verdict.Networks.Any(network => !network.Listed && network.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
        }

        output.WriteLine($"invented names: {all}, named as unlisted {(double)named / all.Count:0.000}");
        Assert.InRange(all.Label, 0.5, 1);
        Assert.InRange((double)named / all.Count, 0.35, 1);
    }

    // Events that are told right with the name known.
    private static IEnumerable<CorpusItem> Named() =>
        Corpus.Own.Where(item => item.IsEvent && item.Networks.Any(IsListed) && Detectors.BuiltIn.Examine(item.Article).Label == item.Label);

    private static bool IsListed(string name) => Detectors.NetworkNames.Contains(name);

    private CorpusScore CrossValidated<T>(IEnumerable<T> parts, Func<CorpusItem, T, bool> isIn)
    {
        var all = new CorpusScore();
        foreach (var part in parts)
        {
            var learned = Detectors.BuiltIn.With(Fitter.Fit([.. Read.Where(entry => !isIn(entry.Item, part)).SelectMany(entry => entry.Readings)]));
            var score = new CorpusScore();
            foreach (var (item, _) in Read.Where(entry => isIn(entry.Item, part)))
            {
                var verdict = learned.Examine(item.Article);
                score.Add(item, verdict);
                all.Add(item, verdict);
            }

            output.WriteLine($"without {part}: event F1 {score.EventF1:0.000}, label {score.LabelShare:0.000}");
        }

        output.WriteLine($"all: {all}");
        return all;
    }

    // The evidence says where the names stand; from the end, so that the places before stay right.
    private static ArticleText Renamed(ArticleText article, string name)
    {
        var evidence = Detectors.BuiltIn.Examine(article).Evidence.Where(piece => piece.Concept == "network").OrderByDescending(piece => piece.Start).ToList();
        return new(Replaced(article.Title, TextField.Title), Replaced(article.Summary, TextField.Summary), Replaced(article.Content, TextField.Content));

        string Replaced(string text, TextField field)
        {
            foreach (var piece in evidence.Where(piece => piece.Field == field))
            {
                var written = text.Substring(piece.Start, piece.Length);
                text = text[..piece.Start] + (written.Length > 4 && !written.Any(char.IsLower) ? name.ToUpperInvariant() : name) + text[(piece.Start + piece.Length)..];
            }

            return text;
        }
    }

    private sealed class Survival
    {
        private int alerts;
        private int labels;

        public int Count { get; private set; }

        public double Label => Count == 0 ? 1 : (double)labels / Count;

        public void Add(CorpusItem item, Verdict verdict, Survival? also = null)
        {
            Count++;
            alerts += verdict.Alert ? 1 : 0;
            labels += verdict.Label == item.Label ? 1 : 0;
            also?.Add(item, verdict);
        }

        public override string ToString() => $"{alerts} of {Count} still an alert, label {Label:0.000}";
    }
}
