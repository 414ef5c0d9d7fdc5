using System.Diagnostics;
using System.Text;
using FeedWatch.Parsing;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Parsing;

/// <summary>Whatever happens to a feed on its way, reading it ends: with a result, and soon.</summary>
public sealed class MutationTests
{
    private static readonly byte[][] Sound =
    [
        Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Köln &amp; more</title><ttl>5</ttl><item><title><![CDATA[A & B]]></title><link>https://x.example/?a=1&amp;b=2</link><description>&lt;p&gt;&nbsp;x&#8217;&lt;/p&gt;</description><pubDate>Tue, 08 Jun 2021 10:00:00 GMT</pubDate><dc:date>2021-06-08T10:00:00Z</dc:date></item></channel></rss>"),
        Encoding.UTF8.GetBytes("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://x.example/'><title type='html'>&lt;b>F&lt;/b></title><entry><link rel='alternate' href='a'/><id>urn:1</id><updated>2021-06-08T10:00:00+02:00</updated><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x <br/> y</p></div></content></entry></feed>"),
        Encoding.UTF8.GetBytes("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"F\",\"items\":[{\"id\":\"1\",\"url\":\"https://x.example/1\",\"content_html\":\"<p>\\u00e9\\ud83d\\ude00</p>\",\"date_published\":\"2021-06-08T10:00:00Z\"}]}"),
    ];

    private static readonly byte[][] Pieces = [.. new[] { "<", ">", "&", "\"", "'", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE", "<?xml", "</item>", "<item>", "&#xD83D;", "\\ud83d", "\0", "\u00FF\u00FE", "xmlns:a=''", ":", "<a:b", "]", "{", "9999999999" }.Select(Encoding.Latin1.GetBytes)];

    [Property(MaxTest = 600)]
    public void A_mutated_feed_is_read_or_refused_and_never_hangs(int seed)
    {
        var random = new Random(seed);
        var body = new List<byte>(Sound[random.Next(Sound.Length)]);
        for (var changes = random.Next(1, 12); changes > 0; changes--) Mutate(body, random);

        var watch = Stopwatch.StartNew();
        var result = FeedParser.Parse([.. body], random.Next(3) == 0 ? "text/xml; charset=windows-1252" : null, null);

        Assert.True(result is ParseResult.Parsed { Articles: not null } or ParseResult.Unreadable { Why.Length: > 0 });
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Property(MaxTest = 600)]
    public void Any_text_is_a_date_or_unknown(string text)
    {
        _ = FeedWatch.Parsing.Dates.FeedDate.Parse("1" + text + " 2021");
    }

    private static void Mutate(List<byte> body, Random random)
    {
        var at = random.Next(body.Count + 1);
        var length = Math.Min(random.Next(1, 40), body.Count - at);
        switch (random.Next(5))
        {
            case 0:
                body.RemoveRange(at, length);
                break;
            case 1:
                body.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 2:
                body.InsertRange(random.Next(body.Count + 1), body.GetRange(at, length));
                break;
            case 3 when at < body.Count:
                body[at] = (byte)random.Next(256);
                break;
            default:
                if (random.Next(4) == 0) body.RemoveRange(at, body.Count - at);
                break;
        }
    }
}
