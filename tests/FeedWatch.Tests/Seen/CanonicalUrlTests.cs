using FeedWatch.Parsing;
using FeedWatch.Seen;
using FeedWatch.Seen.Addresses;

namespace FeedWatch.Tests.Seen;

public sealed class CanonicalUrlTests
{
    private static readonly Guid Feed = new("0d9a3f7e-9a2a-5d0c-8a55-2f3a7e4a1b11");

    [Theory]
    [InlineData("https://nieuws.example/a", "https://www.nieuws.example/a/")]
    [InlineData("https://nieuws.example/a", "http://nieuws.example/a?utm_source=rss&utm_medium=feed#top")]
    [InlineData("https://nieuws.example/a", "https://NIEUWS.example:443/a?fbclid=1")]
    [InlineData("https://nieuws.example/a", "http://nieuws.example:80/a")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example./a")]
    [InlineData("https://nieuws.example/a", "https://reader:secret@nieuws.example/a")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a/?at_medium=RSS&at_campaign=KARANGA")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?ns_mchannel=rss&ns_campaign=public&wt_zmc=x")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?maca=en-rss-en-all-1573-rdf")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?ref=rss")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?source=newsletter&partner=feed")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?mod=rss_markets_main")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?guccounter=1&guce_referrer=aHR0cHM6Ly93d3c&guce_referrer_sig=AQ")]
    [InlineData("https://nieuws.example/a?id=7", "https://nieuws.example/a?id=7&amp;utm_source=rss")]
    [InlineData("https://nieuws.example/a?id=7&p=1", "https://nieuws.example/a?p=1&id=7")]
    [InlineData("https://nieuws.example/a?id=7", "https://nieuws.example/a?id=7&id=7")]
    [InlineData("https://nieuws.example/a?q=sky+ecc", "https://nieuws.example/a?q=sky%20ecc")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a;jsessionid=0A1B2C3D4E5F")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?PHPSESSID=q8sd7f6g5h4j")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a?sid=9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("https://nieuws.example/news/a", "https://nieuws.example/(S(lit3py55t21z5v55vlm25s55))/news/a")]
    [InlineData("https://nieuws.example/%C3%A9t%C3%A9", "https://nieuws.example/%c3%a9t%c3%a9")]
    [InlineData("https://nieuws.example/%C3%A9t%C3%A9", "https://nieuws.example/été")]
    [InlineData("https://nieuws.example/новости/1", "https://nieuws.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1")]
    [InlineData("https://nieuws.example/~redactie/a-b", "https://nieuws.example/%7Eredactie/a%2Db")]
    [InlineData("https://nieuws.example/7,75399,27176.html", "https://nieuws.example/7%2C75399%2C27176.html")]
    [InlineData("https://bücher.example/a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://nieuws.example/2021/06/anom/amp")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://nieuws.example/2021/06/anom/amp/")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://nieuws.example/2021/06/anom?amp=1")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://nieuws.example/2021/06/anom?amp")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://nieuws.example/2021/06/anom?outputType=amp")]
    [InlineData("https://nieuws.example/2021/06/anom.html", "https://nieuws.example/2021/06/anom.amp.html")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://amp.nieuws.example/2021/06/anom")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://m.nieuws.example/2021/06/anom")]
    [InlineData("https://nieuws.example/news/world-57394831", "https://nieuws.example/news/amp/world-57394831")]
    [InlineData("https://nieuws.example/politie-rolt-anom-op", "https://nieuws.example/amp/politie-rolt-anom-op")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://nieuws-example.cdn.ampproject.org/c/s/nieuws.example/2021/06/anom")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://nieuws-example.cdn.ampproject.org/v/s/www.nieuws.example/2021/06/anom/amp/?amp_js_v=0.1&usqp=mq331AQKKAFQArABIIACAw%3D%3D&amp_gsa=1")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://www.google.com/amp/s/amp.nieuws.example/2021/06/anom")]
    [InlineData("https://nieuws.example/2021/06/anom", "https://www.google.co.uk/amp/nieuws.example/2021/06/anom")]
    [InlineData("https://nieuws.example/a?id=7", "https://www.google.com/url?rct=j&sa=t&url=https://nieuws.example/a%3Fid%3D7&ct=ga&usg=AFQj")]
    [InlineData("https://nieuws.example/a", "https://www.google.nl/url?q=https%3A%2F%2Fnieuws.example%2Fa&sa=D")]
    [InlineData("https://nieuws.example/a", "https://news.google.com/news/url?sa=t&fd=R&url=https://nieuws.example/a")]
    [InlineData("https://nieuws.example/a", "https://news.google.com/rss/articles/CBMiGGh0dHBzOi8vbmlldXdzLmV4YW1wbGUvYdIBAA?oc=5")]
    [InlineData("https://nieuws.example/a", "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=6a1b&url=https%3a%2f%2fnieuws.example%2fa&c=123&mkt=nl-nl")]
    [InlineData("https://nieuws.example/a", "https://l.facebook.com/l.php?u=https%3A%2F%2Fnieuws.example%2Fa%3Ffbclid%3DIwAR0&h=AT1")]
    [InlineData("https://nieuws.example/a", "https://www.youtube.com/redirect?event=video_description&q=https%3A%2F%2Fnieuws.example%2Fa")]
    [InlineData("https://nieuws.example/a", "https://nl.search.yahoo.com/r/_ylt=Awr/RV=2/RE=1/RO=10/RU=https%3a%2f%2fnieuws.example%2fa/RK=2/RS=x")]
    [InlineData("https://nieuws.example/a", "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fnieuws.example%2Fa&data=05")]
    [InlineData("https://nieuws.example/a", "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Famp%2Fs%2Fnieuws.example%2Fa%2Famp")]
    public void Links_to_one_article_have_one_canonical_address(string one, string other) => Assert.Equal(CanonicalUrl.Of(new Uri(one)), CanonicalUrl.Of(new Uri(other)));

    [Theory]
    [InlineData("https://nieuws.example/a?id=7", "https://nieuws.example/a?id=8")]
    [InlineData("https://nieuws.example/?p=1234", "https://nieuws.example/?p=1235")]
    [InlineData("https://nieuws.example/?p=1234", "https://nieuws.example/")]
    [InlineData("https://nieuws.example/news.php?story=1", "https://nieuws.example/news.php?story=2")]
    [InlineData("https://nieuws.example/article.php?sid=1201", "https://nieuws.example/article.php?sid=1202")]
    [InlineData("https://nieuws.example/article?ref=20211", "https://nieuws.example/article?ref=20212")]
    [InlineData("https://nieuws.example/article?source=17", "https://nieuws.example/article?source=18")]
    [InlineData("https://nieuws.example/index.php?mod=news&id=1", "https://nieuws.example/index.php?mod=blog&id=1")]
    [InlineData("https://nieuws.example/a?cid=1", "https://nieuws.example/a?cid=2")]
    [InlineData("https://nieuws.example/x/AbC", "https://nieuws.example/x/abc")]
    [InlineData("https://nieuws.example/a?v=dQw4w9WgXcQ", "https://nieuws.example/a?v=dqw4w9wgxcq")]
    [InlineData("https://nieuws.example/новости/1", "https://nieuws.example/Новости/1")]
    [InlineData("https://nieuws.example/новости/арест", "https://nieuws.example/новости/обыск")]
    [InlineData("https://nieuws.example/a%2Fb", "https://nieuws.example/a/b")]
    [InlineData("https://nieuws.example/a?x=1%262", "https://nieuws.example/a?x=1&2")]
    [InlineData("https://nieuws.example/a?q=c%2B%2B", "https://nieuws.example/a?q=c++")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example:8443/a")]
    [InlineData("https://nieuws.example/a", "https://sport.nieuws.example/a")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a.html")]
    [InlineData("https://nieuws.example/a", "https://nieuws.example/a/1")]
    [InlineData("https://nieuws.example/a?page=1", "https://nieuws.example/a?page=2")]
    [InlineData("https://nieuws.example/#!/artikel/1", "https://nieuws.example/#!/artikel/2")]
    [InlineData("https://nieuws.example/#/artikel/1", "https://nieuws.example/#/artikel/2")]
    [InlineData("https://nieuws.example/gitaar/amp/ac30", "https://nieuws.example/gitaar/ac30")]
    [InlineData("https://nieuws.example/amp", "https://nieuws.example/")]
    [InlineData("https://nieuws.example/a/champ", "https://nieuws.example/a/ch")]
    [InlineData("https://amp.dev/a", "https://dev/a")]
    [InlineData("https://m.nl/a", "https://nl/a")]
    [InlineData("https://www.google.com/url?q=https%3A%2F%2Fnieuws.example%2Fa", "https://www.google.com/url?q=https%3A%2F%2Fnieuws.example%2Fb")]
    [InlineData("https://news.google.com/rss/articles/CBMiZkFVX3lxTE1hYWFh", "https://news.google.com/rss/articles/CBMiZkFVX3lxTE1iYmJi")]
    [InlineData("https://www.google.com/url?q=nieuws", "https://www.google.com/url?q=krant")]
    [InlineData("https://nieuws.example/url?q=https%3A%2F%2Fkrant.example%2Fa", "https://krant.example/a")]
    [InlineData("https://nieuws.example/share?url=https%3A%2F%2Fkrant.example%2Fa", "https://nieuws.example/share?url=https%3A%2F%2Fkrant.example%2Fb")]
    [InlineData("https://google.nieuws.example/url?q=https%3A%2F%2Fkrant.example%2Fa", "https://krant.example/a")]
    [InlineData("https://nieuws.example/a;1", "https://nieuws.example/a;2")]
    public void Links_to_two_articles_have_two(string one, string other) => Assert.NotEqual(CanonicalUrl.Of(new Uri(one)), CanonicalUrl.Of(new Uri(other)));

    [Theory]
    [InlineData("https://herald.example/takedown", "19902df5-58c9-5d97-9b5c-ec82b66b5664")]
    [InlineData("https://nieuws.example/2021/06/08/politie-rolt-anom-op", "70ea8a0c-9e38-51af-a2e3-84085a1974c1")]
    [InlineData("https://bbc.example/news/world-57394831", "5c67d186-8575-5250-b1b0-6a3acae8ea1d")]
    [InlineData("https://post.example/?p=1234", "d850f589-5a7d-588e-bdd0-8593aec80291")]
    [InlineData("https://krant.example/artikel.php?cat=9&id=77", "fcdd26bb-add7-5327-a5ec-e7e16c8c7d89")]
    [InlineData("https://example.org/7,75399,27176.html", "0536a563-9aa9-5a9f-8d1f-c84120bf9785")]
    [InlineData("https://news.example:8443/a", "e8e51841-5906-5da0-935e-e752b0a8280c")]
    [InlineData("https://nn.example/новости/1", "72d27ad2-83ab-598b-9503-81f938d0ed29")]
    [InlineData("https://cnn.example/2021/06/08/x/index.html", "c9fe436b-b3b3-5805-a777-702b6f013954")]
    [InlineData("https://xn--bcher-kva.example/a", "20af50d9-487b-50ba-98fb-98ff9c89d545")]
    public void The_id_of_an_article_with_a_plain_address_is_a_promise_to_every_bot(string link, string id)
    {
        Assert.Equal(Guid.Parse(id), ArticleKey.Of(At(link), Feed));
        Assert.Equal(Guid.Parse(id), ArticleKey.Former(new NewArticle(Guid.Parse(id), At(link), null), Feed));
    }

    [Theory]
    [InlineData("https://nieuws.example/")]
    [InlineData("https://www.nieuws.example/?utm_source=rss")]
    public void A_front_page_is_no_article_so_that_the_feeds_own_id_decides(string link) =>
        Assert.NotEqual(ArticleKey.Of(At(link) with { Id = "1" }, Feed), ArticleKey.Of(At(link) with { Id = "2" }, Feed));

    [Fact]
    public void The_address_behind_a_feed_services_counter_names_the_article() =>
        Assert.Equal(ArticleKey.Of(At("https://nieuws.example/a"), Feed), ArticleKey.Of(At("http://feedproxy.example/~r/nieuws/~3/x7Yz/") with { OriginalLink = new Uri("https://nieuws.example/a?utm_source=feedburner") }, Feed));

    private static Article At(string link) => new("", "", "", "", new Uri(link), null, null);
}
