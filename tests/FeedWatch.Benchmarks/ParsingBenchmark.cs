using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using FeedWatch.Parsing;

namespace FeedWatch.Benchmarks;

/// <summary>Reading a feed of 30 items of about 1.4 KB each, the size of a changed poll.</summary>
[MemoryDiagnoser]
public class ParsingBenchmark
{
    private readonly byte[] feed = Encoding.UTF8.GetBytes(
        "<rss version='2.0'><channel><title>C</title>"
        + string.Concat(Enumerable.Range(1, 30).Select(i => string.Create(CultureInfo.InvariantCulture, $"<item><title>Title {i}</title><link>https://x.example/{i}</link><pubDate>Tue, 08 Jun 2021 11:30:00 GMT</pubDate><description>{string.Concat(Enumerable.Repeat("words of a summary &amp; more ", 46))}</description></item>")))
        + "</channel></rss>");

    [Benchmark]
    public object Parse() => FeedParser.Parse(feed, "application/rss+xml; charset=utf-8", null);
}
