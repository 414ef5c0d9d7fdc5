using System.Globalization;
using System.Text;
using FeedWatch.Chat.Wording;

namespace FeedWatch.Tests.Chat;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("  two \r\n\t lines ", "two lines")]
    [InlineData("\e[31mred\e[0m", "red")]
    [InlineData("\e]8;;https://evil.example\e\\click\e]8;;\a", "click")]
    [InlineData("\u009B31mred", "red")]
    [InlineData("\e]0;never closed", "never closed")]
    [InlineData("\ePq#0;2;0;0;0\e\\sixel", "sixel")]
    [InlineData("\ec reset", "reset")]
    [InlineData("\u202Etitle", "title")]
    [InlineData("a\u2066b\u2069c\u200Ed\u061Ce", "abcde")]
    [InlineData("zero\u200Bwidth\uFEFF\u00AD", "zerowidth")]
    [InlineData("tag\U000E0041\U000E0042", "tag")]
    [InlineData("nul\0bell\a", "nulbell")]
    [InlineData("private\uE000\U000F0000", "private")]
    [InlineData("\u2028line\u2029paragraph\u0085", "line paragraph")]
    [InlineData("hidden\u3164\u2800letters", "hidden letters")]
    [InlineData("Z\u0300\u0301\u0302\u0303\u0304\u0305", "Z\u0300\u0301\u0302")]
    [InlineData("\u0301\u0302mark", "mark")]
    [InlineData("ti\u0302\u0301ng Vie\u0323\u0302t", "ti\u0302\u0301ng Vie\u0323\u0302t")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("👩\u200D💻", "👩\u200D💻")]
    [InlineData("a\u200Db", "ab")]
    [InlineData("é\u200D\u200D\u200C\u200D\u200De", "é\u200De")]
    [InlineData(null, "")]
    public void Only_what_can_be_seen_is_left(string? hostile, string plain) => Assert.Equal(plain, PlainText.Of(hostile, 100));

    [Theory]
    [InlineData("@everyone @here <@&1> <!channel> <!subteam^S1> @room")]
    [InlineData("[x](javascript:alert(1)) ||spoiler|| ```` ``` ````")]
    [InlineData("</b><a href=https://evil.example> {{template}} [red]x[/]")]
    public void Markup_is_left_for_the_channel_to_escape(string markup) => Assert.Equal(markup, PlainText.Of(markup, 100));

    [Fact]
    public void A_lone_surrogate_becomes_a_replacement_character() => Assert.Equal("a\uFFFDb", PlainText.Of("a\uD800b", 100));

    [Fact]
    public void Long_text_ends_in_an_ellipsis_and_cuts_no_character_in_two()
    {
        Assert.Equal("abcd…", PlainText.Of("abcdefgh", 5));
        Assert.Equal("abc…", PlainText.Of("abc👩\u200D💻def", 6));
        Assert.Equal("abcde", PlainText.Of("abcde", 5));
        Assert.Equal(300, PlainText.Of(new string('x', 5_000), 300).Length);
    }

    [Theory]
    [InlineData("https://example.org/a?b=c#d", "https://example.org/a?b=c#d")]
    [InlineData("HTTP://Example.ORG:8080", "http://example.org:8080/")]
    [InlineData("https://europol.europa.eu@evil.example/", "https://evil.example/")]
    [InlineData("https://еxample.org/", "https://xn--xample-2of.org/")]
    [InlineData("https://example.org/\u202Egpj.exe", "https://example.org/%E2%80%AEgpj.exe")]
    [InlineData("https://[2001:db8::1]/x", "https://[2001:db8::1]/x")]
    [InlineData("https://europol\u200D\u202Egpj.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("//example.org", null)]
    [InlineData("https://", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_link_is_an_http_address_that_shows_where_it_goes(string? link, string? shown) => Assert.Equal(shown, PlainText.Link(link));

    [Fact]
    public void No_character_gets_through_that_could_steer_a_terminal_or_a_reader()
    {
        var every = new StringBuilder();
        for (var i = 0; i <= 0x10FFFF; i++)
        {
            if (Rune.IsValid(i)) every.Append('a').Append(new Rune(i).ToString());
        }

        var plain = PlainText.Of(every.ToString(), int.MaxValue - 1);

        var steering = plain.EnumerateRunes().Where(r => r.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(r) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.Empty(steering);
    }
}
