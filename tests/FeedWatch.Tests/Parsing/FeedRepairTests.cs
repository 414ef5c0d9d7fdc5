using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using FeedWatch.Parsing;

namespace FeedWatch.Tests.Parsing;

public sealed class FeedRepairTests
{
    [Theory]
    [InlineData("\n\n<?xml version='1.0'?><rss><channel><item><title>Raid</title></item></channel></rss>", "before the XML declaration")]
    [InlineData("<br /><b>Warning</b>: line 3<br /><?xml version='1.0'?><rss version='2.0'><channel><item><title>Raid</title></item></channel></rss>", "junk before the XML declaration")]
    [InlineData("Notice: undefined index <rss version='2.0'><channel><item><title>Raid</title></item></channel></rss>", "junk before the XML declaration")]
    [InlineData("<rss><channel><item><title>Raid</title></item></channel></rss><script>track()</script></body>", "junk after the end")]
    [InlineData("<rss><channel><item><title>Raid</title><description>A & B</description></item></channel></rss>", "bare &")]
    [InlineData("<rss><channel><item><title>Raid</title><description>A&nbsp;B</description></item></channel></rss>", "undeclared entity &nbsp;")]
    [InlineData("<rss><channel><item><title>Ra\u0001id</title></item></channel></rss>", "control characters")]
    [InlineData("<rss><channel><item><title>Ra&#1;id</title></item></channel></rss>", "characters that XML forbids")]
    [InlineData("<rss><channel><item><dc:creator>x</dc:creator><title>Raid</title></item></channel></rss>", "undeclared prefix dc:")]
    [InlineData("<rss><channel><item><title>Raid</title><enclosure url=https://x.example/a.mp3 length=1/></item></channel></rss>", "without quotes")]
    [InlineData("<rss><channel><item><title>Raid</title><enclosure url='a' url='b'/></item></channel></rss>", "twice")]
    [InlineData("<rss><channel><item><title>Raid</title><description>1 < 2</description></item></channel></rss>", "bare <")]
    [InlineData("<rss><channel><item><author>x</autor><title>Raid</title></item></channel></rss>", "</autor>")]
    [InlineData("<rss><channel><item><title>Raid<link>https://x.example/</link></item></channel></rss>", "<title> without an end tag")]
    [InlineData("<rss><channel><item><title>Raid</title><description><p>one<br>two</description></item></channel></rss>", "without an end tag")]
    [InlineData("<rss><channel><?php echo 1 ?><!DOCTYPE html><item><title>Raid</title></item></channel></rss>", "not well-formed XML: ")]
    [InlineData("<s:Envelope xmlns:s='urn:s'><s:Body><rss version='2.0'><channel><item><title>Raid</title></item></channel></rss></s:Body></s:Envelope>", "junk before")]
    [InlineData("<rss><channel><item><title>Raid</title>", "ends before its elements do")]
    [InlineData("<rss><channel><item><title><![CDATA[Raid</title><link>https://x.example/?a=1&b=2</link></item></channel></rss>", "CDATA section without an end")]
    [InlineData("<rss><channel><item><title><![CDATA[Raid</title><description><![CDATA[x & y]]></description></item></channel></rss>", "CDATA section without an end")]
    [InlineData("<rss><channel><item><description><a href=\"/a>x</a></description><title>Raid</title><enclosure url=\"b\"/></item></channel></rss>", "without quotes")]
    [InlineData("<rss><channel><item><title><![CDATA[Raid", "CDATA section without an end")]
    public void What_is_broken_is_mended_and_named(string body, string repair)
    {
        var feed = ReadFeed.Text(body);

        Assert.Equal("Raid", Assert.Single(feed.Articles).Title);
        Assert.Contains(feed.Repairs, r => r.Contains(repair, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sound_feed_needs_no_repair()
    {
        Assert.Empty(ReadFeed.Text("\uFEFF<?xml version='1.0'?><!-- made by hand --><rss version='2.0'><channel><item><title>A &amp; B &#233;</title></item></channel></rss>").Repairs);
    }

    [Fact]
    public void An_item_left_open_ends_where_the_next_begins()
    {
        var feed = ReadFeed.Text("<rss><channel><item><title>One</title><item><title>Two</title></item></channel></rss>");

        Assert.Equal(["One", "Two"], feed.Articles.Select(a => a.Title));
    }

    [Fact]
    public void Unescaped_html_loses_tags_before_it_loses_the_feed()
    {
        var article = Assert.Single(ReadFeed.Text($"<rss><channel><item><description>{string.Concat(Enumerable.Repeat("<div>word ", 1000))}</description><title>Raid</title></item></channel></rss>").Articles);

        Assert.Equal("Raid", article.Title);
        Assert.Equal(1000, HtmlText.Plain(article.Summary).Split(' ').Length);
    }

    [Theory]
    [InlineData("It&#146;s", "It’s")]
    [InlineData("&#X41;&#x41;", "AA")]
    [InlineData("&#xD83D;&#xDE00;", "😀")]
    [InlineData("A&T &unknown; &#;", "A&T &unknown; &#;")]
    [InlineData("<![CDATA[A & B &nbsp;]]>", "A & B &nbsp;")]
    public void A_reference_is_read_as_the_publisher_meant_it(string title, string read)
    {
        Assert.Equal(read, ReadFeed.Item($"<title>{title}</title>").Title);
    }

    [Fact]
    public void A_doctype_is_not_followed_but_its_short_entities_are_known()
    {
        var feed = ReadFeed.Text("<!DOCTYPE rss [<!ENTITY op 'Operation Nine'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&op;: &f;</title></item></channel></rss>");

        Assert.Equal("Operation Nine: &f;", Assert.Single(feed.Articles).Title);
    }

    [Fact]
    public void Entities_that_grow_into_each_other_stay_small()
    {
        var bomb = "<!DOCTYPE rss [<!ENTITY a0 'lol'>" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY a{i} '{string.Concat(Enumerable.Repeat($"&a{i - 1};", 10))}'>")) + "]>";

        var feed = ReadFeed.Text(bomb + "<rss><channel><item><title>&a9;</title></item></channel></rss>");

        Assert.Equal("&a9;", Assert.Single(feed.Articles).Title);
    }

    [Fact]
    public void Entities_used_again_and_again_stay_small()
    {
        var bomb = $"<!DOCTYPE rss [<!ENTITY q '{new string('A', 1000)}'>]><rss><channel><item><title>{string.Concat(Enumerable.Repeat("&q;", 10_000))}</title></item></channel></rss>";

        Assert.True(Assert.Single(ReadFeed.Text(bomb).Articles).Title.Length < 300_000);
    }

    [Theory]
    [InlineData("<b")]
    [InlineData("<")]
    [InlineData("</b>")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<!")]
    [InlineData("<?")]
    [InlineData("& ")]
    [InlineData("<b a=\"")]
    [InlineData("<b a='x'>")]
    [InlineData("<p:b p:c='1'/>")]
    [InlineData("</description>")]
    [InlineData("<title>")]
    [InlineData("]]>")]
    [InlineData("<t><![CDATA[a</t>")]
    [InlineData("<b a=\"x>y</b>")]
    public void Endless_repetition_is_read_or_refused_in_linear_time(string piece)
    {
        var body = Encoding.UTF8.GetBytes(ReadFeed.Rss($"<item><description>{string.Concat(Enumerable.Repeat(piece, 200_000))}</description></item>") + "\"'-->]]>");

        // Generous: quadratic time would take minutes.
        var watch = Stopwatch.StartNew();
        _ = FeedParser.Parse(body, null, null);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_body_still_packed_is_unpacked_and_a_bomb_refused()
    {
        Assert.Single(ReadFeed.Bytes(Packed(Encoding.UTF8.GetBytes(ReadFeed.Rss("<item><title>A</title></item>")))).Articles);
        Assert.IsType<ParseResult.Unreadable>(FeedParser.Parse(Packed(new byte[FeedParser.MaxBytes + 1]), null, null));
        Assert.IsType<ParseResult.Unreadable>(FeedParser.Parse([0x1F, 0x8B, 8, 0, 1, 2, 3], null, null));
    }

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(body);
        return packed.ToArray();
    }
}
