using FeedWatch.Detecting;

namespace FeedWatch.Tests.Detecting;

/// <summary>Cases of RFC 9309, sections 2.2 and 5.</summary>
public sealed class RobotsTxtTests
{
    [Theory]
    [InlineData("", "/any", true)]
    [InlineData("User-agent: *\nDisallow: /", "/any", false)]
    [InlineData("User-agent: *\nDisallow:", "/any", true)]
    [InlineData("User-agent: other\nDisallow: /", "/any", true)]
    [InlineData("User-agent: feedwatch\nDisallow: /private", "/private/1", false)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: FeedWatch/1.0\nAllow: /", "/any", true)]
    [InlineData("User-agent: a\nUser-agent: FeedWatch\nDisallow: /x", "/x", false)]
    [InlineData("User-agent: *\nDisallow: /news\nAllow: /news/open", "/news/open/1", true)]
    [InlineData("User-agent: *\nAllow: /a\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", false)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", true)]
    [InlineData("User-agent: *\nDisallow: /a*c", "/abbbc/d", false)]
    [InlineData("User-agent: * # all\nDisallow: /x # not this", "/x", false)]
    [InlineData("Disallow: /", "/any", true)]
    [InlineData("User-agent: *\nCrawl-delay: 5\nDisallow: /x", "/x", false)]
    public void A_site_says_what_robots_may_ask_for(string file, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsTxt.Parse(file, "FeedWatch").Allows(new Uri(new Uri("https://herald.example"), path)));
}
