using System.Collections.Concurrent;
using FeedWatch.Fetching;
using FeedWatch.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling;

/// <summary>Polls what is due, as many feeds at once as allowed. A slow feed holds its own place and nobody else's.</summary>
internal sealed partial class PollDispatcher(FeedCatalog catalog, FeedPoll poll, IOptions<PollOptions> options, IOptions<FetchOptions> fetching, TimeProvider time, ILogger<PollDispatcher> logger) : IDisposable
{
    /// <summary>A claim looks at every due feed, so it should be worth more than one: it waits a moment for more places.</summary>
    private const int FewestPerClaim = 16;
    private static readonly TimeSpan ForMorePlaces = TimeSpan.FromMilliseconds(5);

    private readonly PollOptions options = options.Value;

    /// <summary>The feed, three article pages and their robots.txt, each up to the timeout.</summary>
    private const int SlowestSteps = 7;

    // A lease must outlast the slowest poll, whatever the two settings say.
    private readonly TimeSpan lease = Longer(options.Value.Lease, (fetching.Value.Timeout * SlowestSteps) + TimeSpan.FromSeconds(10));
    private readonly SemaphoreSlim places = new(options.Value.Concurrency);
    private readonly ConcurrentDictionary<Guid, Task> running = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> hostFreeAt = new(StringComparer.Ordinal);
    private int failed;

    /// <summary>Starts a poll for every feed that is due and returns when none is left to start; the polls themselves may still run.</summary>
    public async Task StartDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await places.WaitAsync(cancellationToken);
            var taken = 1;
            while (taken < options.Concurrency && await places.WaitAsync(taken < FewestPerClaim ? ForMorePlaces : TimeSpan.Zero, cancellationToken)) taken++;

            IReadOnlyList<Feed> feeds = [];
            try
            {
                feeds = await catalog.ClaimAsync(taken, options.PerHost, lease, cancellationToken);
            }
            finally
            {
                if (taken > feeds.Count) places.Release(taken - feeds.Count);
            }

            if (feeds.Count == 0) return;
            foreach (var feed in feeds) Start(feed, cancellationToken);
        }
    }

    /// <summary>Polls every enabled feed once and returns how many failed.</summary>
    public async Task<int> PollAllOnceAsync(CancellationToken cancellationToken)
    {
        await catalog.MakeAllDueAsync(cancellationToken);
        return await PollDueAsync(cancellationToken);
    }

    /// <summary>Polls every feed that is due, to the end, and returns how many failed.</summary>
    public async Task<int> PollDueAsync(CancellationToken cancellationToken)
    {
        failed = 0;
        while (true)
        {
            await StartDueAsync(cancellationToken);
            var underWay = running.Values.ToArray();
            if (underWay.Length == 0) return failed;
            await Task.WhenAny(underWay); // a host is free again: its next feed may be due
        }
    }

    public bool IsIdle => running.IsEmpty;

    /// <summary>Waits for the polls that are under way.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(running.Values);

    public void Dispose() => places.Dispose();

    private void Start(Feed feed, CancellationToken cancellationToken)
    {
        var poll = PollAsync(feed, cancellationToken);
        running[feed.Id] = poll;
        poll.ContinueWith(_ => running.TryRemove(feed.Id, out Task? _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task PollAsync(Feed feed, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["FeedId"] = feed.Id });
        try
        {
            await WaitForHostAsync(feed.Url.Host, cancellationToken);
            if (!await poll.RunAsync(feed, cancellationToken)) Interlocked.Increment(ref failed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // stopping: the lease lapses and the feed is polled after the next start
        }
#pragma warning disable CA1031 // the edge of a poll: a bug or a full disk met by one feed must not stop the others
        catch (Exception ex)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref failed);
            Log.Broken(logger, ex, feed.Name, feed.Url);
        }
        finally
        {
            hostFreeAt[feed.Url.Host] = time.GetUtcNow() + options.HostSpacing;
            places.Release();
        }
    }

    private async Task WaitForHostAsync(string host, CancellationToken cancellationToken)
    {
        if (hostFreeAt.TryGetValue(host, out var free) && free - time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 810, Level = LogLevel.Error, Message = "Polling {Feed} ({Url}) broke; nothing of it was recorded, and it is polled again when its lease has lapsed.")]
        public static partial void Broken(ILogger logger, Exception exception, string feed, Uri url);
    }
}
