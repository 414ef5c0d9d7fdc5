using FeedWatch.Parsing;

namespace FeedWatch.Tests.Parsing;

public sealed class EntryTests
{
    [Theory]
    [InlineData("<media:title>No</media:title><title>Yes</title>", "Yes")]
    [InlineData("<itunes:title>No</itunes:title><title>Yes</title>", "Yes")]
    [InlineData("<own:title>No</own:title><title>Yes</title>", "Yes")]
    [InlineData("<dc:title>Yes</dc:title>", "Yes")]
    [InlineData("<TITLE>Yes</TITLE>", "Yes")]
    [InlineData("<title/><dc:title>Yes</dc:title>", "Yes")]
    public void The_title_is_the_entrys_own(string inside, string title)
    {
        Assert.Equal(title, ReadFeed.Item(inside).Title);
    }

    [Theory]
    [InlineData("<own:description>no</own:description><description>short</description><content:encoded>long</content:encoded>", "short", "long")]
    [InlineData("<description>short</description><itunes:summary>long</itunes:summary>", "short", "long")]
    [InlineData("<itunes:summary>same</itunes:summary><description>same</description>", "same", "")]
    [InlineData("<fullitem>long</fullitem>", "", "long")]
    [InlineData("<media:group><media:description>of a film</media:description></media:group>", "of a film", "")]
    public void Summary_and_content_are_the_nearest_texts(string inside, string summary, string content)
    {
        var article = ReadFeed.Item(inside);

        Assert.Equal((summary, content), (article.Summary, article.Content));
    }

    [Theory]
    [InlineData("<link>/a</link>", "https://feeds.example/a")]
    [InlineData("<link>\n https://x.example/a\n b </link>", "https://x.example/a b")]
    [InlineData("<link><![CDATA[https://x.example/?a=1&amp;b=2]]></link>", "https://x.example/?a=1&b=2")]
    [InlineData("<guid>https://x.example/g</guid>", "https://x.example/g")]
    [InlineData("<guid isPermaLink='false'>https://x.example/g</guid>", null)]
    [InlineData("<guid>17</guid>", null)]
    [InlineData("<link>javascript:alert(1)</link>", null)]
    [InlineData("<link>http://[bad</link>", null)]
    [InlineData("<link href='https://x.example/h'/>", "https://x.example/h")]
    [InlineData("<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='self' href='https://x.example/self'/><link>https://x.example/a</link>", "https://x.example/a")]
    public void The_link_of_an_item_is_absolute_or_unknown(string inside, string? link)
    {
        Assert.Equal(link is null ? null : new Uri(link), ReadFeed.Item(inside).Link);
    }

    [Theory]
    [InlineData("<link rel='enclosure' href='/e.mp3'/><link href='/a'/>", "https://feeds.example/a")]
    [InlineData("<link rel='alternate' type='application/pdf' href='/a.pdf'/><link rel='alternate' type='text/html' href='/a'/>", "https://feeds.example/a")]
    [InlineData("<link rel='self' href='/s'/><link rel='http://www.iana.org/assignments/relation/alternate' href='/a'/>", "https://feeds.example/a")]
    [InlineData("<link rel='related' href='/r'/>", "https://feeds.example/r")]
    [InlineData("<content src='/c' type='text/html'/>", "https://feeds.example/c")]
    [InlineData("<link xml:base='https://b.example/x/' href='y'/>", "https://b.example/x/y")]
    public void The_link_of_an_entry_is_where_the_page_is(string inside, string link)
    {
        Assert.Equal(new Uri(link), ReadFeed.Entry(inside).Link);
    }

    [Fact]
    public void Base64_is_decoded_where_atom_says_so_and_kept_where_it_is_none()
    {
        Assert.Equal("Hello", ReadFeed.Entry("<content type='application/octet-stream'>SGVsbG8=</content>").Content);
        Assert.Equal("Hello", ReadFeed.Entry("<title mode='base64'>SGVsbG8=</title>").Title);
        Assert.Equal("not base64!", ReadFeed.Entry("<content type='image/png'>not base64!</content>").Content);
        Assert.Equal("SGVsbG8=", ReadFeed.Entry("<title type='text'>SGVsbG8=</title>").Title);
    }

    [Theory]
    [InlineData("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>F</a:title><a:entry><a:title>T</a:title></a:entry></a:feed>")]
    [InlineData("<feed><title>F</title><entry><title>T</title></entry></feed>")]
    [InlineData("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>F</title><entry><title>T</title></entry></feed>")]
    [InlineData("<RSS><CHANNEL><TITLE>F</TITLE><ITEM><TITLE>T</TITLE></ITEM></CHANNEL></RSS>")]
    [InlineData("<rss version='0.91'><channel><title>F</title></channel><item><title>T</title></item></rss>")]
    [InlineData("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>F</title></channel><item><title>T</title></item></r:RDF>")]
    [InlineData("<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:x='http://purl.org/rss/1.0/'><x:channel><x:title>F</x:title></x:channel><x:item><x:title>T</x:title></x:item></r:RDF>")]
    [InlineData("{\"version\":\"1.0\",\"title\":\"F\",\"items\":[{\"id\":42,\"title\":\"T\"}]}")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"F\",\"items\":[{\"id\":\"a\\ud83d\",\"title\":\"T\",\"summary\":7,},]}")]
    public void Every_format_and_dialect_is_read(string body)
    {
        var feed = ReadFeed.Text(body);

        Assert.Equal("F", feed.Title);
        Assert.Equal("T", Assert.Single(feed.Articles).Title);
    }

    [Fact]
    public void An_entry_with_nothing_in_it_still_counts()
    {
        Assert.Equal(2, ReadFeed.Text(ReadFeed.Rss("<item/><item></item>")).Articles.Count);
    }

    [Fact]
    public void An_entry_quoted_within_an_entry_is_not_one_of_the_feeds()
    {
        Assert.Equal("Outer", ReadFeed.Entry("<title>Outer</title><content type='application/atom+xml'><entry><title>Inner</title></entry></content>").Title);
    }
}
