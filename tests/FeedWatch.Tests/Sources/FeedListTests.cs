using FeedWatch.Sources;
using FeedWatch.Sources.Lists;

namespace FeedWatch.Tests.Sources;

public sealed class FeedListTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void The_starter_list_is_a_feed_list()
    {
        var feeds = FeedList.Read(FeedOptions.StarterList);

        Assert.True(feeds.Count >= 60);
        Assert.True(feeds.Select(f => f.Language).Distinct().Count() >= 8);
    }

    [Fact]
    public void A_typing_error_in_yaml_is_named_with_its_line()
    {
        File.WriteAllText(path, "feeds:\n  - name: One\n    ulr: https://one.example/rss\n");

        var fault = Assert.Throws<FeedListException>(() => FeedList.Read(path));

        Assert.Contains($"{path}:3: a feed has no 'ulr'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_opml_list_may_nest_its_feeds_in_folders()
    {
        File.WriteAllText(path, "<opml version='2.0'><body><outline text='News'><outline text='One' xmlUrl='https://one.example/rss'/></outline></body></opml>");

        var feed = Assert.Single(FeedList.Read(path));

        Assert.Equal("One", feed.Name);
    }

    [Theory]
    [InlineData("", "there is no feed in it")]
    [InlineData("feeds:\n", "there is no feed in it")]
    [InlineData("<opml><body><outline xmlUrl='ftp://x.example/'/></body></opml>", ":1: 'ftp://x.example/' is no address of a feed")]
    [InlineData("<opml><body><outline", ":1: not valid XML")]
    [InlineData("<html></html>", ":1: this is XML, but <html> is no OPML")]
    [InlineData("feeds: [", "not valid YAML")]
    [InlineData("feeds:\n  - url: https://a.example/\n  - url: https://a.example/\n", ":3: https://a.example/ stands in line 2 already")]
    public void A_list_with_a_fault_is_refused_as_a_whole(string text, string said)
    {
        File.WriteAllText(path, text);

        var fault = Assert.Throws<FeedListException>(() => FeedList.Read(path));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }
}
