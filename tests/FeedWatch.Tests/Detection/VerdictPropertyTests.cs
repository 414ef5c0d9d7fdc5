using FeedWatch.Detection;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Detection;

/// <summary>What holds for any text whatever: random characters mixed with the words, names, numbers and markup that the engine looks for.</summary>
public sealed class VerdictPropertyTests
{
    private static readonly string[] Pieces =
    [
        "EncroChat", "Sky ECC", "ANOM", "encrypted phone network", "the encrypted messaging service ", "Veltrix", "police", "arrested", "dismantled", "drug gangs",
        "49 people", "2,3 miljoen euro", "27.000.000", "vijfenveertig", "quatre-vingt", "one hundred and ", "8 tonnes of cocaine", "5.", "(", "\"", "'s", ", ", ". ", "\n\n", " ", "-",
        "<p>", "</p>", "<b", "<!--", "-->", "<script>", "</script", "<div><div><ul><li>", "&amp;", "&#x41;", "&#0;", "&bogus;", "&", "<",
        "\ud800", "\udc00", "\ud83d\ude00", "\u202e", "\u2066", "\u200d", "\u00ad", "\u0301", "\u2028", "\u2029", "\0", "\ufeff", "АNОM", "ΛNØM", "ß", "İ", "ﬁ", "ｅｎｃｒｏｃｈａｔ",
    ];

    public static Arbitrary<string> Texts()
    {
        var piece = Gen.Frequency((6, Gen.Elements(Pieces)), (1, Gen.Choose(0, char.MaxValue).Select(code => ((char)code).ToString())), (2, Gen.Constant(" ")));
        return piece.ListOf().Select(string.Concat).ToArbitrary();
    }

    [Property(Arbitrary = [typeof(VerdictPropertyTests)], MaxTest = 400)]
    public void Every_quoted_passage_and_figure_stands_where_it_says(string title, string summary, string content)
    {
        var article = new ArticleText(title, summary, content);

        var verdict = Detectors.BuiltIn.Examine(article);

        Assert.All(verdict.Evidence, evidence => Assert.True(CorpusScore.StandsIn(article, evidence)));
        Assert.All(verdict.Figures, figure => Assert.InRange(figure.Start, 0, Field(article, figure.Field).Length - figure.Length));
    }

    [Property(Arbitrary = [typeof(VerdictPropertyTests)], MaxTest = 200)]
    public void The_same_text_gives_the_same_verdict(string title, string summary, string content)
    {
        var article = new ArticleText(title, summary, content);

        var (first, second) = (Detectors.BuiltIn.Examine(article), Detectors.BuiltIn.Examine(article));

        Assert.Equivalent(first, second, strict: true);
    }

    [Property(Arbitrary = [typeof(VerdictPropertyTests)], MaxTest = 200)]
    public void A_verdict_never_contradicts_itself(string title, string summary, string content)
    {
        var verdict = Detectors.BuiltIn.Examine(new(title, summary, content));

        Assert.InRange(verdict.Score, 0, 1);
        Assert.Equal(verdict.Alert, verdict.Label is Label.Takedown or Label.Followup);
        Assert.False(verdict.Alert && (verdict.Undecided || verdict.Evidence.Count == 0));
        Assert.False(!verdict.Alert && verdict.Reasons.Count == 0);
    }

    [Property(Arbitrary = [typeof(VerdictPropertyTests)], MaxTest = 60)]
    public void Ten_times_the_text_costs_no_more_than_ten_times_the_memory(string piece)
    {
        var small = string.Concat(Enumerable.Repeat("EncroChat " + piece, 40));
        var large = string.Concat(Enumerable.Repeat(small, 10));
        Allocated(large);

        var (once, tenfold) = (Allocated(small), Allocated(large));

        Assert.InRange(tenfold, 0, 15 * once + 200_000);
    }

    private static long Allocated(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Detectors.BuiltIn.Examine(new("", text));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Field(ArticleText article, TextField field) => field switch { TextField.Title => article.Title, TextField.Summary => article.Summary, _ => article.Content };
}
