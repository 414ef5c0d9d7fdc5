using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;
using FeedWatch.Tests.Chat.Chats;
using FsCheck;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Posts;

/// <summary>What holds for any text from a feed in a chat or mail that takes HTML.</summary>
public sealed class HtmlTests
{
    private static readonly Dialect Plain = Html.Dialect();

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 500)]
    public void Any_text_is_read_as_itself_and_what_is_cut_keeps_its_beginning(string text, PositiveInt most)
    {
        var plain = PlainText.Of(text, 2_000);

        var cut = Plain.Plain(plain, most.Get);

        Assert.Equal(plain, HtmlReader.Read(Plain.Plain(plain)).Text);
        Assert.True(cut.Length <= most.Get);
        Assert.StartsWith(HtmlReader.Read(cut).Text.TrimEnd('…'), plain, StringComparison.Ordinal);
    }

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 200)]
    public void A_post_of_any_text_is_safe_honest_and_within_its_limit(string text, PositiveInt room)
    {
        var written = Plain.Write(PostLines.Of(EventPost.Of(Attacks.In(text), possiblyRepeated: true)), 400 + room.Get);

        Assert.True(written.Length <= 400 + room.Get);
        MarkdownReader.AssertHonest(HtmlReader.Read(written).Links);
    }

    [Fact]
    public void A_mention_is_broken_where_the_chat_reads_text_for_mentions() =>
        Assert.Equal("@\u200Beveryone &lt;b&gt;", Html.Dialect(broken: "@").Plain("@everyone <b>"));
}
