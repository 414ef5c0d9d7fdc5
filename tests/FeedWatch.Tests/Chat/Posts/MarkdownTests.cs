using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;
using FeedWatch.Tests.Chat.Chats;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Posts;

/// <summary>What holds for any text from a feed: it is read as the words that it is, however little room there is.</summary>
public sealed class MarkdownTests
{
    private static readonly Dialect Plain = Markdown.Dialect();

    /// <summary>Attacks, parts of them and random characters, in any mixture.</summary>
    public static Arbitrary<string> Texts()
    {
        var piece = Gen.Frequency(
            (6, Gen.Elements(Attacks.All.Where(a => a.Length < 200).ToArray())),
            (3, Gen.Elements("\\", "*", "**", "_", "`", "[", "](", ")", "<", ">", "@", "#", "|", "~", "!", "\n", " ", "\ud800", "\u200d", "👩", "e\u0301")),
            (1, Gen.Choose(0, char.MaxValue).Select(code => ((char)code).ToString())));
        return piece.ListOf().Select(string.Concat).ToArbitrary();
    }

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 500)]
    public void Any_text_is_read_as_itself(string text)
    {
        var plain = PlainText.Of(text, 2_000);

        var (read, links) = MarkdownReader.Read(Plain.Plain(plain));

        Assert.Equal(plain, read);
        Assert.Empty(links);
    }

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 500)]
    public void Text_that_is_cut_keeps_its_beginning_whole_and_its_limit(string text, PositiveInt most)
    {
        var plain = PlainText.Of(text, 2_000);

        var escaped = Plain.Plain(plain, most.Get);

        Assert.True(escaped.Length <= most.Get);
        var read = MarkdownReader.Read(escaped).Text;
        Assert.StartsWith(read.TrimEnd('…'), plain, StringComparison.Ordinal);
    }

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void A_post_of_any_text_is_safe_honest_and_within_its_limit(string text, PositiveInt room)
    {
        var most = 400 + room.Get;
        var post = EventPost.Of(Attacks.In(text), possiblyRepeated: true);

        var written = Plain.Write(PostLines.Of(post), most);

        Assert.True(written.Length <= most, $"{written.Length} characters where {most} were allowed");
        MarkdownReader.AssertHonest(MarkdownReader.Read(written).Links);
    }

    [Fact]
    public void What_must_stand_stands_however_long_the_rest_is()
    {
        var figures = Enumerable.Range(1, 40).Select(i => AnEvent.Number("kind" + i, i * 1_000, scope: "NL", what: new string('w', 40)));
        var post = EventPost.Of(AnEvent.Detected() with { Title = new string('t', 5_000), Figures = [.. figures] }, possiblyRepeated: true);

        var written = Plain.Write(PostLines.Of(post), 1_000);

        Assert.InRange(written.Length, 700, 1_000);
        Assert.StartsWith("**BREAKING** takedown · ANOM\n**ttt", written, StringComparison.Ordinal);
        Assert.Contains("Possibly repeated", written, StringComparison.Ordinal);
        Assert.EndsWith("[nieuws\\.example](https://nieuws.example/anom?id=6138310)", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bracket_in_an_address_does_not_end_the_link() =>
        Assert.Equal("[x](https://example.org/a_%28b%29)", Plain.Link("x", "https://example.org/a_(b)"));
}
