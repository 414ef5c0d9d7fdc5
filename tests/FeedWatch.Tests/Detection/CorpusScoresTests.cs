using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>
/// The detector is scored on the project's own labelled corpus. The floors lie just below the figures of the day and only rise:
/// who lowers one says why in the commit.
/// </summary>
public sealed class CorpusScoresTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<CorpusItem> Items = Corpus.Own;

    private static readonly CorpusScore Score = CorpusScore.Of(Items, Detectors.BuiltIn);

    private static readonly CorpusScore Unseen = CorpusScore.Of(Corpus.Unseen, Detectors.BuiltIn);

    private static readonly CorpusScore Nameless = CorpusScore.Of(Corpus.Nameless, Detectors.BuiltIn);

    private static readonly CorpusScore Aged = CorpusScore.Of(Corpus.Aged, Detectors.BuiltIn);

    public static TheoryData<string, double, double> Floors => new()
    {
        { "event precision", Score.EventPrecision, 0.982 },
        { "event recall", Score.EventRecall, 0.985 },
        { "takedown precision", Score.TakedownPrecision, 0.975 },
        { "takedown recall", Score.TakedownRecall, 0.975 },
        { "label", Score.LabelShare, 0.98 },
        { "networks", Score.NetworksF1, 0.98 },
        { "figures", Score.FiguresF1, 0.955 },
        { "figures with unit and scope", Score.FiguresStrict, 0.915 },
        { "evidence", Score.EvidenceShare, 1 },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Floors))]
    public void The_corpus_is_read_as_well_as_ever(string figure, double score, double floor) => IsAtLeast(figure, score, floor);

    public static TheoryData<string, double, double> UnseenFloors => new()
    {
        { "event precision", Unseen.EventPrecision, 0.94 },
        { "event recall", Unseen.EventRecall, 0.96 },
        { "takedown precision", Unseen.TakedownPrecision, 0.95 },
        { "takedown recall", Unseen.TakedownRecall, 0.895 },
        { "label", Unseen.LabelShare, 0.93 },
        { "networks", Unseen.NetworksF1, 0.935 },
        { "figures", Unseen.FiguresF1, 0.89 },
        { "figures with unit and scope", Unseen.FiguresStrict, 0.82 },
        { "evidence", Unseen.EvidenceShare, 1 },
    };

    // Written by three authors who have seen neither lexicon nor detector. The weights are not fitted to them. The misses of press.jsonl
    // and reports.jsonl were read once, to mend faults of the engine; words for single items would turn these articles into another corpus.
    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(UnseenFloors))]
    public void Articles_that_nobody_tuned_for_are_read_as_well_as_ever(string figure, double score, double floor) => IsAtLeast(figure, score, floor);

    public static TheoryData<string, double, double> NamelessFloors => new()
    {
        { "event precision", Nameless.EventPrecision, 0.92 },
        { "event recall", Nameless.EventRecall, 0.94 },
        { "label", Nameless.LabelShare, 0.885 },
    };

    // Early reports often name no network. The lexicon has learnt words from words.jsonl, and the nameless weights are fitted to it; to reports.jsonl nothing is.
    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(NamelessFloors))]
    public void Short_reports_that_name_no_network_are_found_and_their_look_alikes_left(string figure, double score, double floor) => IsAtLeast(figure, score, floor);

    public static TheoryData<string, double, double> AgedFloors => new()
    {
        { "event recall", Aged.EventRecall, 0.9 },
        { "label", Aged.LabelShare, 0.835 },
    };

    // Half of the day of a takedown, half of months or years later, none with a name, by two authors who have seen neither lexicon nor detector:
    // three of four were found. Since then the lexicon has learnt words from the others, and the nameless weights are fitted to all.
    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(AgedFloors))]
    public void Reports_of_the_day_are_told_from_those_of_later_years(string figure, double score, double floor) => IsAtLeast(figure, score, floor);

    // The weights are fitted to these.
    [Fact]
    public void Hardly_any_look_alike_of_the_day_is_taken_for_an_event()
    {
        var told = Corpus.LookAlikes.Where(item => Detectors.BuiltIn.Examine(item.Article).Alert).ToList();

        foreach (var item in told)
            output.WriteLine($"{item.Id} {item.Article.Title}");
        Assert.True(Corpus.LookAlikes.Count >= 250);
        Assert.DoesNotContain(Corpus.LookAlikes, item => item.IsEvent);
        Assert.InRange(told.Count, 0, 5);
    }

    [Fact]
    public void Every_language_finds_nine_of_ten_events()
    {
        var languages = Items.GroupBy(item => item.Language).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Language: group.Key, Score: CorpusScore.Of(group, Detectors.BuiltIn))).ToList();

        foreach (var (language, score) in languages)
            output.WriteLine($"{language}   {score}");
        output.WriteLine($"all  {Score}");

        Assert.DoesNotContain(languages, entry => entry.Score.EventRecall < 0.9 || entry.Score.EventPrecision < 0.9);
    }

    [Fact]
    public void The_corpus_is_large_and_half_of_it_is_no_event()
    {
        Assert.True(Items.Count >= 1000);
        Assert.InRange(Items.Count(item => item.IsEvent), Items.Count * 0.4, Items.Count * 0.55);
    }

    private void IsAtLeast(string figure, double score, double floor)
    {
        output.WriteLine($"{figure} {score:0.0000}");

        Assert.True(score >= floor, $"{figure} fell to {score:0.0000}, below {floor}");
    }
}
