using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>The takedown that started the project, told in our own words: every figure must come out, and no other.</summary>
public sealed class TheFirstArticleTests
{
    private static readonly string[] Expected =
    [
        "arrests 49  NL", "arrests 800  world", "cash 2300000 EUR NL", "countries 100  world", "countries 16  world", "drugs 8000 kg world", "labs 25  NL",
        "messages 27000000  world", "organisations 300  world", "searches 700  world", "users 1200  NL", "users 12000  world",
    ];

    private static readonly string Text = TestData.Read("Articles/nl-anom-2021.txt");

    public static TheoryData<string, string, string> Forms => new()
    {
        { "", "", Text },
        { "", Text, "" },
        { "FBI zat achter berichtendienst van criminelen: 800 arrestaties wereldwijd", Text, "" },
        { "", "", string.Concat(Text.Split("\n\n").Select(paragraph => $"<p>{paragraph.Replace("ï", "&iuml;", StringComparison.Ordinal)}</p>\n")) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_is_an_alert_about_ANOM_however_a_feed_gives_it(string title, string summary, string content)
    {
        var verdict = Detectors.BuiltIn.Examine(new(title, summary, content));

        Assert.True(verdict.Alert);
        Assert.Equal(Label.Takedown, verdict.Label);
        Assert.Equal(["ANOM"], verdict.Networks.Where(network => network.About).Select(network => network.Name));
        Assert.Equal(["ANOM", "EncroChat", "Phantom Secure", "Sky ECC"], verdict.Networks.Select(network => network.Name).Order());
        Assert.Equal(["Operation Trojan Shield"], verdict.Operations);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Its_figures_come_out_with_their_scopes_and_no_others(string title, string summary, string content)
    {
        var verdict = Detectors.BuiltIn.Examine(new(title, summary, content));

        Assert.Equal(Expected, verdict.Figures.Select(figure => FormattableString.Invariant($"{figure.Kind} {figure.Value} {figure.Unit} {figure.Scope}")).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_piece_of_evidence_stands_where_it_says(string title, string summary, string content)
    {
        var verdict = Detectors.BuiltIn.Examine(new(title, summary, content));

        Assert.NotEmpty(verdict.Evidence);
        Assert.All(verdict.Evidence, evidence => Assert.Equal(evidence.Text, FieldOf(evidence.Field).Substring(evidence.Start, evidence.Length)));

        string FieldOf(TextField field) => field switch { TextField.Title => title, TextField.Summary => summary, _ => content };
    }
}
