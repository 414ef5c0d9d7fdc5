using FeedWatch.Seen;

namespace FeedWatch.Tests.Seen;

public sealed class CanonicalUrlTests
{
    [Theory]
    [InlineData("https://www.nieuws.example/a/")]
    [InlineData("http://nieuws.example/a?utm_source=rss&utm_medium=feed#top")]
    [InlineData("https://NIEUWS.example:443/a?fbclid=1")]
    public void Links_to_one_article_have_one_canonical_address(string link) => Assert.Equal("nieuws.example/a", CanonicalUrl.Of(new Uri(link)));

    [Fact]
    public void A_parameter_that_names_the_article_stays() => Assert.Equal("nieuws.example/?id=7&p=1", CanonicalUrl.Of(new Uri("https://nieuws.example/?p=1&id=7")).Replace("example?", "example/?", StringComparison.Ordinal));
}
