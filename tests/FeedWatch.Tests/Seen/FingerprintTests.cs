using FeedWatch.Parsing;
using FeedWatch.Seen.Texts;

namespace FeedWatch.Tests.Seen;

public sealed class FingerprintTests
{
    private static readonly Article Plain = new("Police close network", "Servers were <b>seized</b> in three countries, the prosecutor said on Monday morning.", "", "", null, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero), null);

    [Theory]
    [InlineData("POLICE CLOSE NETWORK", "Servers were seized in three countries &ndash; the prosecutor said, on Monday morning")]
    [InlineData("Police close network", "<p>Servers were seized in three countries,<img src='https://t.example/px?id=81'/> the prosecutor said on Monday morning.</p>")]
    public void Markup_case_and_punctuation_are_not_what_an_article_says(string title, string summary) =>
        Assert.Equal(Fingerprint.OfText(Plain, dated: true), Fingerprint.OfText(Plain with { Title = title, Summary = summary }, dated: true));

    [Fact]
    public void Another_word_or_another_date_is_another_text()
    {
        var prints = new[] { Plain, Plain with { Summary = Plain.Summary.Replace("three", "four", StringComparison.Ordinal) }, Plain with { PublishedAt = Plain.PublishedAt!.Value.AddDays(1) } }.Select(a => Fingerprint.OfText(a, dated: true));

        Assert.Equal(3, prints.Distinct().Count());
    }

    [Theory]
    [InlineData("Breaking")]
    [InlineData("Live")]
    [InlineData("Update")]
    [InlineData("Nieuws van 12:00")]
    public void A_headline_that_says_nothing_identifies_nothing(string title)
    {
        Assert.Equal(0, Fingerprint.OfTitle("herald.example", title));
        Assert.Equal(0, Fingerprint.OfText(Plain with { Title = title, Summary = "", PublishedAt = null }, dated: true));
    }

    [Fact]
    public void Texts_of_every_length_that_differ_in_one_letter_differ_to_the_letter()
    {
        var texts = Enumerable.Range(1, 200).SelectMany(n => Enumerable.Range(0, n).Select(at => string.Concat(new string('a', at), "b", new string('a', n - at - 1)))).ToList();

        Assert.Equal(texts.Count, texts.Select(t => TextHash.Of(0, t)).Distinct().Count());
    }

    [Fact]
    public void Text_that_moves_from_the_headline_to_the_summary_is_an_edit() =>
        Assert.NotEqual(Fingerprint.ToTheLetter(Plain with { Title = "ab", Summary = "c" }), Fingerprint.ToTheLetter(Plain with { Title = "a", Summary = "bc" }));
}
