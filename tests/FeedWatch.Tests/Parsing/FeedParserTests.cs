using System.Text;
using FeedWatch.Parsing;

namespace FeedWatch.Tests.Parsing;

public sealed class FeedParserTests
{
    [Fact]
    public void An_rss_item_is_read_with_its_date_in_utc()
    {
        var article = Assert.Single(Read("<rss version='2.0'><channel><title>C</title><item><title>A &amp; B</title><link>/a</link><guid>g</guid><pubDate>Tue, 08 Jun 2021 11:30:00 CEST</pubDate><description>d</description></item></channel></rss>"));

        Assert.Equal("A & B", article.Title);
        Assert.Equal(new Uri("https://feeds.example/a"), article.Link);
        Assert.Equal(new DateTimeOffset(2021, 6, 8, 9, 30, 0, TimeSpan.Zero), article.PublishedAt);
    }

    [Fact]
    public void An_unreadable_date_is_unknown_and_never_now()
    {
        var article = Assert.Single(Read("<rss version='2.0'><channel><item><title>A</title><pubDate>yesterday</pubDate></item></channel></rss>"));

        Assert.Null(article.PublishedAt);
    }

    [Fact]
    public void A_bare_ampersand_and_an_html_entity_do_not_lose_the_feed()
    {
        var article = Assert.Single(Read("<rss version='2.0'><channel><item><title>A & B &nbsp;C</title><link>https://x.example/?a=1&b=2</link></item></channel></rss>"));

        Assert.Equal("https://x.example/?a=1&b=2", article.Link?.AbsoluteUri);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<!DOCTYPE html><html></html>", "web page")]
    [InlineData("404 nothing here", "neither RSS")]
    [InlineData("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://x.example/</loc></url></urlset>", "is no feed")]
    [InlineData("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "web page")]
    [InlineData("<rss version='2.0'><channel><title>C</title><!-- <item><title>A</title></item> --></channel></rss>", "names entries")]
    [InlineData("{\"items\":[", "not well-formed JSON")]
    [InlineData("{\"error\":\"rate limited\",\"items\":null}", "no JSON Feed")]
    [InlineData("[[[[", "JSON")]
    [InlineData("<!-- a feed was here", "neither RSS")]
    public void What_is_no_feed_is_refused_with_a_reason(string body, string why)
    {
        var result = FeedParser.Parse(Encoding.UTF8.GetBytes(body), null, null);

        Assert.Contains(why, Assert.IsType<ParseResult.Unreadable>(result).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_nested_without_end_are_refused_before_a_tree_is_built()
    {
        var result = FeedParser.Parse(Encoding.UTF8.GetBytes("<rss>" + string.Concat(Enumerable.Repeat("<x>", 100_000))), null, null);

        Assert.IsType<ParseResult.Unreadable>(result);
    }

    private static IReadOnlyList<Article> Read(string xml) =>
        Assert.IsType<ParseResult.Parsed>(FeedParser.Parse(Encoding.UTF8.GetBytes(xml), "application/rss+xml", new Uri("https://feeds.example/rss"))).Articles;
}
