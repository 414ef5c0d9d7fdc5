using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using FeedWatch.Hosting;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;

namespace FeedWatch.Commands.Feeds;

/// <summary><c>feedwatch feeds test</c>: one feed in detail, or every feed of the list in a line each.</summary>
internal static class TestCommand
{
    private const int AtOnce = 16;

    public static Command Create(Places places)
    {
        var feed = new Argument<string?>("FEED") { Description = "An address, or the name of a feed of the list; every feed of the list without it.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("test", "Fetch a feed and show what FeedWatch reads in it, what it makes of the newest entries, and what its publisher should mend.");
        command.Arguments.Add(feed);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var desk = places.Open(parsed);
            return parsed.GetValue(feed) is { } one ? await TestOneAsync(desk, one, cancellationToken) : await TestAllAsync(desk, cancellationToken);
        });
        return command;
    }

    private static async Task<int> TestOneAsync(FeedsDesk desk, string urlOrName, CancellationToken cancellationToken)
    {
        var listed = Listed(desk, urlOrName);
        var began = TimeProvider.System.GetTimestamp();
        var probe = new FeedProbe(desk.Fetcher());
        var probed = await probe.FetchAsync(listed.Url, listed.Auth, cancellationToken);
        var report = new FeedReport(probed, listed.Auth, TimeProvider.System.GetElapsedTime(began), TimeProvider.System.GetUtcNow());
        await Console.Out.WriteAsync(report.Text(desk.Detector()));
        if (probed.IsFeed) return ExitCode.Done;

        var (found, _) = await probe.FindAsync(listed.Url, cancellationToken);
        if (found.IsFeed) await Console.Out.WriteLineAsync($"The feed behind this page is {found.Address}");
        return ExitCode.Failed;
    }

    private static ListedFeed Listed(FeedsDesk desk, string urlOrName)
    {
        if (!urlOrName.Contains("://", StringComparison.Ordinal)) return desk.Find(urlOrName);
        var address = FeedList.Address(urlOrName, out var fault) ?? throw new BadInputException(fault);
        return desk.Lists.ReadForEdit().FirstOrDefault(f => f.Url == address) ?? new ListedFeed(address, address.Host);
    }

    private static async Task<int> TestAllAsync(FeedsDesk desk, CancellationToken cancellationToken)
    {
        var feeds = desk.Lists.Read();
        var probe = new FeedProbe(desk.Fetcher());
        var failed = new ConcurrentBag<ListedFeed>();

        // One host is asked one thing at a time, as in the service.
        await Parallel.ForEachAsync(
            feeds.Where(f => f.Enabled).GroupBy(f => f.Url.Host),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (host, cancelled) =>
            {
                foreach (var feed in host)
                {
                    var probed = await probe.FetchAsync(feed.Url, feed.Auth, cancelled);
                    if (!probed.IsFeed) failed.Add(feed);
                    await Console.Out.WriteLineAsync(Line(feed, probed));
                }
            });

        var off = feeds.Count(f => !f.Enabled);
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n{feeds.Count - off} feeds tested, {failed.Count} failed{(off > 0 ? $", {off} are disabled" : "")}."));
        return failed.IsEmpty ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Line(ListedFeed feed, Probed probed) => probed.Feed is { } read
        ? string.Create(CultureInfo.InvariantCulture, $"ok    {feed.Name} ({feed.Url}): {read.Articles.Count} entries{(read.Repairs.Count > 0 ? $"; {string.Join("; ", read.Repairs)}" : "")}")
        : $"FAIL  {feed.Name} ({feed.Url}): {probed.Why}";
}
