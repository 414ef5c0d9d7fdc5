using System.Text;
using FeedWatch.Parsing;

namespace FeedWatch.Tests.Parsing;

/// <summary>Feeds as short as a test needs them, read from https://feeds.example/rss.</summary>
internal static class ReadFeed
{
    public static ParseResult.Parsed Text(string body) => Bytes(Encoding.UTF8.GetBytes(body));

    public static ParseResult.Parsed Bytes(byte[] body, string? contentType = null) =>
        Assert.IsType<ParseResult.Parsed>(FeedParser.Parse(body, contentType, new Uri("https://feeds.example/rss")));

    public static Article Item(string inside) => Assert.Single(Text(Rss($"<item>{inside}</item>")).Articles);

    public static Article Entry(string inside) => Assert.Single(Text($"<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><entry>{inside}</entry></feed>").Articles);

    public static string Rss(string items) =>
        "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:own='urn:own'>"
        + $"<channel><title>C</title><link>https://home.example/</link>{items}</channel></rss>";
}
