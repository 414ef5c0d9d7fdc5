using System.Diagnostics;
using System.Globalization;
using FeedWatch.Fetching;
using FeedWatch.Parsing;
using FeedWatch.Polling;
using FeedWatch.Seen;
using FeedWatch.Sources;
using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FeedWatch.Benchmarks;

/// <summary>
/// <c>-- year FEEDS [DAYS]</c>: a year of polling as the database sees it: feeds of 30 articles, 5 new ones a day each, through the
/// service's own statements, some of them reports of takedowns that are told and posted, with the service's own sweep once a week. After
/// the year five more weeks with a memory of one year: the database must not grow any more. Reports sizes, the times of what a poll asks,
/// and what the sweep costs. Feeds are recorded many to a transaction to get there sooner; what is timed at the end runs as in the
/// service, one poll to a transaction.
/// </summary>
internal static class YearOfPolling
{
    private const int Standing = 30;
    private const int NewADay = 5;
    private const int FeedsPerTransaction = 500;
    private const int Timed = 2000;
    private const int Beyond = 35;

    public static async Task<int> RunAsync(int feeds, int days)
    {
        var folder = Directory.CreateTempSubdirectory("feedwatch-year-");
        try
        {
            using var data = DataFolder.Open(folder.FullName);
            using var database = SqliteDatabase.Open(data);
            var clock = new DayClock();
            using var takedowns = new YearOfTakedowns(database, folder, clock);
            var list = Enumerable.Range(0, feeds).Select(f => new ListedFeed(new Uri($"https://{f}.example/rss"), $"Feed {f}", "en")).ToList();
            await new FeedCatalog(database, clock).ReplaceAsync(list, default);
            Say($"{feeds} feeds, {days} days, {Standing} articles each, {NewADay} new a day: {(long)feeds * ((days * NewADay) + Standing - NewADay):#,0} articles");

            var seen = new SeenArticles(clock);
            var began = Stopwatch.GetTimestamp();
            var beyond = days + Beyond;
            for (var day = 0; day < beyond; day++, clock.Pass())
            {
                foreach (var some in Enumerable.Range(0, feeds).Chunk(FeedsPerTransaction))
                {
                    await database.WriteAsync(
                        async session =>
                        {
                            foreach (var feed in some) await PollAsync(session, seen, list[feed].Id, feed, day);
                        },
                        default);
                }

                await takedowns.TellAsync(day, Matches(feeds, day));
                if (day % 7 == 6) await SweepAsync(database, takedowns, clock, day < days ? new StorageOptions() : new StorageOptions { KeepArticles = TimeSpan.FromDays(days) });
                if (day % 30 == 29 || day == days - 1 || (day >= days && day % 7 == 6)) Say($"day {day + 1,4}: {Sizes(folder)}; {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
            }

            await TimePollsAsync(database, seen, list, beyond);
            await TimeSweepAsync(database, folder, clock);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task TimePollsAsync(Database database, SeenArticles seen, List<ListedFeed> list, int days)
    {
        var random = new Random(7);
        var picked = Enumerable.Range(0, Timed).Select(_ => random.Next(list.Count)).ToList();
        await TimeAsync("look at a feed without news", picked, feed => database.ReadAsync(s => SeenArticles.FindNewAsync(s, list[feed].Id, Articles(feed, days - 1)), default));
        await TimeAsync("look at a feed with 5 new", picked, feed => database.ReadAsync(s => SeenArticles.FindNewAsync(s, list[feed].Id, Articles(feed, days)), default));
        await TimeAsync("look and record 5 new", [.. picked.Distinct()], feed => database.WriteAsync(s => PollAsync(s, seen, list[feed].Id, feed, days), default));
        var catalog = new FeedCatalog(database, TimeProvider.System);
        await TimeAsync("claim 64 due feeds", [.. picked.Take(50)], _ => catalog.ClaimAsync(64, 1, TimeSpan.FromMinutes(1), default));
    }

    private static async Task TimeSweepAsync(Database database, DirectoryInfo folder, DayClock clock)
    {
        var sweep = new SeenSweep(database, clock);
        foreach (var keep in new[] { TimeSpan.FromDays(4000), TimeSpan.FromDays(300), TimeSpan.FromDays(299) })
        {
            var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var gone = await sweep.ForgetAsync(keep, default);
            Say($"sweep of what is older than {keep.TotalDays} days: {gone:#,0} forgotten in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0} s CPU; file {Megabytes(folder):0.0} MB");
        }
    }

    private static async Task SweepAsync(Database database, YearOfTakedowns takedowns, TimeProvider clock, StorageOptions keep)
    {
        await new SweepJob(database, new SeenSweep(database, clock), takedowns.Outbox, Options.Create(keep), new ServerClocks(clock, null), NullLogger<SweepJob>.Instance).SweepAsync(default);
        await takedowns.SweepAsync();
    }

    // The newest article of some feeds, other ones every day.
    private static IEnumerable<NewArticle> Matches(int feeds, int day) => Enumerable.Range(day * YearOfTakedowns.MatchesADay, YearOfTakedowns.MatchesADay)
        .Select(n => Articles(n % feeds, day)[0]).Select(a => new NewArticle(ArticleKey.Of(a, Guid.Empty), a, null));

    private static async Task PollAsync(Session session, SeenArticles seen, Guid id, int feed, int day)
    {
        var look = await SeenArticles.FindNewAsync(session, id, Articles(feed, day));
        foreach (var article in look.New) await seen.TakeAsync(session, article);
        await seen.KeepAsync(session, id, look);
    }

    private static List<Article> Articles(int feed, int day) =>
        [.. Enumerable.Range(day * NewADay, Standing).Reverse().Select(n => new Article($"Council {feed} votes on item {n}", "After a long debate the members agreed to ask again next week.", "", $"{feed}-{n}", new Uri($"https://{feed}.example/{n}"), null, null))];

    private static async Task TimeAsync<T>(string what, List<int> feeds, Func<int, Task<T>> work)
    {
        var times = new List<double>();
        foreach (var feed in feeds)
        {
            var began = Stopwatch.GetTimestamp();
            await work(feed);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        times.Sort();
        Say($"{what}: median {times[times.Count / 2]:0} µs, 99 % within {times[(int)(times.Count * 0.99)]:0} µs");
    }

    private static async Task TimeAsync(string what, List<int> feeds, Func<int, Task> work) => await TimeAsync(what, feeds, async feed =>
    {
        await work(feed);
        return true;
    });

    private static string Sizes(DirectoryInfo folder) =>
        string.Join(", ", folder.GetFiles("*.db").OrderByDescending(f => f.Length).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Length / 1e6:0.0} MB")));

    private static double Megabytes(DirectoryInfo folder) => folder.GetFiles().Sum(f => f.Length) / 1e6;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class DayClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        public void Pass() => now = now.AddDays(1);

        public override DateTimeOffset GetUtcNow() => now;
    }
}
