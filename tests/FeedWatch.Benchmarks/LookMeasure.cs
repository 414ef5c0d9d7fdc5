using System.Diagnostics;
using System.Globalization;
using FeedWatch.Parsing;
using FeedWatch.Seen;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;

namespace FeedWatch.Benchmarks;

/// <summary>
/// <c>-- look [ROUNDS]</c>: what it costs to see what is new in a changed feed: 30 entries of 1.4 KB of which 29 stood there last time,
/// and in one that says what it said. One thread; the median of many rounds, since others share the processor.
/// </summary>
internal static class LookMeasure
{
    private const int Entries = 30;
    private static readonly Guid Feed = new("0d9a3f7e-9a2a-5d0c-8a55-2f3a7e4a1b11");
    private static readonly string Words = string.Concat(Enumerable.Repeat("words of a summary and more ", 50));

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("feedwatch-look-");
        try
        {
            using var data = DataFolder.Open(folder.FullName);
            using var database = SqliteDatabase.Open(data);
            var seen = new SeenArticles(TimeProvider.System);
            await database.WriteAsync(
                async session =>
                {
                    var look = await SeenArticles.FindNewAsync(session, Feed, Articles(0));
                    foreach (var article in look.New) await seen.TakeAsync(session, article);
                    await seen.KeepAsync(session, Feed, look);
                },
                default);
            await TimeAsync("one new among 30", rounds, database, 1);
            await TimeAsync("nothing new", rounds, database, 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task TimeAsync(string what, int rounds, Database database, int from)
    {
        var times = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var articles = Articles(from); // made anew, as a parser does: links know nothing of themselves yet
            var began = Stopwatch.GetTimestamp();
            await database.ReadAsync(session => SeenArticles.FindNewAsync(session, Feed, articles), default);
            times[round] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[rounds / 2]:0.0} µs, a tenth within {times[rounds / 10]:0.0} µs"));
    }

    private static List<Article> Articles(int from) =>
    [
        .. Enumerable.Range(from, Entries).Reverse().Select(n => new Article(
            string.Create(CultureInfo.InvariantCulture, $"Title {n} of an article"), string.Create(CultureInfo.InvariantCulture, $"{Words}{n}"), "", string.Create(CultureInfo.InvariantCulture, $"guid-{n}"),
            new Uri(string.Create(CultureInfo.InvariantCulture, $"https://www.herald.example/2026/11/24/an-article-of-some-length-{n}?utm_source=rss")), DateTimeOffset.UnixEpoch.AddMinutes(n), null)),
    ];
}
