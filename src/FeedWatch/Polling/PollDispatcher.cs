using System.Collections.Concurrent;
using FeedWatch.Chat;
using FeedWatch.Fetching;
using FeedWatch.Health;
using FeedWatch.Sources;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Polling;

/// <summary>Polls what is due, as many feeds at once as allowed. A slow feed holds its own place and nobody else's.</summary>
internal sealed partial class PollDispatcher(FeedCatalog catalog, FeedPoll poll, IOptions<PollOptions> options, IOptions<FetchOptions> fetching, TimeProvider time, ILogger<PollDispatcher> logger) : IDisposable
{
    /// <summary>A claim looks at every due feed, so it should be worth more than one: it waits a moment for more places.</summary>
    private const int FewestPerClaim = 16;
    private static readonly TimeSpan ForMorePlaces = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ToLetGo = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAtPolls = TimeSpan.FromSeconds(2);

    private readonly PollOptions options = options.Value;

    /// <summary>The feed, three article pages and their robots.txt, each up to the timeout.</summary>
    private const int SlowestSteps = 7;

    // A lease must outlast the slowest poll, whatever the two settings say.
    private readonly TimeSpan lease = Longer(options.Value.Lease, (fetching.Value.Timeout * SlowestSteps) + TimeSpan.FromSeconds(10));
    private readonly SemaphoreSlim places = new(options.Value.Concurrency);
    private readonly ConcurrentDictionary<Guid, Task> running = new();
    private readonly ConcurrentDictionary<string, long> hostLeftAt = new(StringComparer.Ordinal); // by the counter that nobody sets
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationTokenSource abandon = new();
    private long moved; // when a poll last began or ended, by the counter that nobody sets
    private int failed;

    /// <summary>Beats with every claim, and while polls hold all places as long as one of them begins or ends within a lease.</summary>
    public Heartbeat Life { get; } = new(time);

    /// <summary>Starts a poll for every feed that is due and returns when none is left to start; the polls themselves may still run.</summary>
    /// <exception cref="CannotRecordException">The plan cannot be written.</exception>
    public async Task StartDueAsync(CancellationToken cancellationToken)
    {
        // What could not be recorded is not asked for: the server would be asked in vain, and once more later.
        while (!closing.IsCancellationRequested && await catalog.CanRecordAsync(cancellationToken))
        {
            Life.Beat();
            if (!await EnterAsync(cancellationToken)) return;
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

            Life.Beat();
            if (feeds.Count == 0) return;
            FaultPoint.Pass("claimed");
            foreach (var feed in feeds) Start(feed, cancellationToken);
        }

        Life.Beat(); // what cannot be recorded is the database's trouble
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

    /// <summary>
    /// Starts no more polls, lets those that are under way end, and cuts off what is left. Nothing of a poll that is cut off is recorded, so
    /// that its feed is polled after the next start.
    /// </summary>
    /// <param name="patience">How long they may take.</param>
    /// <param name="cancellationToken">Ends the patience.</param>
    public async Task CloseAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await closing.CancelAsync();
        await Task.WhenAll(running.Values).WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.IsEmpty) return;
        Log.Abandoned(logger, running.Count);
        await abandon.CancelAsync();
        await Task.WhenAll(running.Values).WaitAsync(ToLetGo, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        places.Dispose();
        closing.Dispose();
        abandon.Dispose();
    }

    private async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        try
        {
            while (!await places.WaitAsync(LookAtPolls, either.Token))
            {
                if (time.GetElapsedTime(Volatile.Read(ref moved)) < lease) Life.Beat();
            }

            return true;
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Start(Feed feed, CancellationToken cancellationToken)
    {
        var poll = PollAsync(feed, cancellationToken);
        running[feed.Id] = poll;
        Volatile.Write(ref moved, time.GetTimestamp());
        poll.ContinueWith(_ => running.TryRemove(feed.Id, out Task? _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task PollAsync(Feed feed, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["FeedId"] = feed.Id });
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        using var polling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, abandon.Token);
        try
        {
            await WaitForHostAsync(feed, waiting.Token);
            if (!await catalog.CanRecordAsync(waiting.Token) || !await poll.RunAsync(feed, polling.Token)) Interlocked.Increment(ref failed);
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            // stopping: the next start voids the lease and polls the feed
        }
        catch (CannotRecordException)
        {
            Interlocked.Increment(ref failed); // said once for all of them; the lease lapses and the feed is polled again
        }
#pragma warning disable CA1031 // the edge of a poll: a bug met by one feed must not stop the others
        catch (Exception ex)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref failed);
            Log.Broken(logger, ex, feed.Name, feed.Url);
        }
        finally
        {
            var now = time.GetTimestamp();
            hostLeftAt[feed.Url.Host] = now;
            Volatile.Write(ref moved, now);
            places.Release();
        }
    }

    private async Task WaitForHostAsync(Feed feed, CancellationToken cancellationToken)
    {
        var wait = hostLeftAt.TryGetValue(feed.Url.Host, out var left) ? options.HostSpacing - time.GetElapsedTime(left) : TimeSpan.Zero;
        if (feed.HostPolledAt is { } elsewhere) wait = Longer(wait, options.HostSpacing - Longer(time.GetUtcNow() - elsewhere, TimeSpan.Zero)); // another node's clock may be ahead
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 811, Level = LogLevel.Information, Message = "Stopping: {Count} polls that did not end in time are cut off; their feeds are polled after the next start.")]
        public static partial void Abandoned(ILogger logger, int count);

        [LoggerMessage(EventId = 810, Level = LogLevel.Error, Message = "Polling {Feed} ({Url}) broke; nothing of it was recorded, and it is polled again when its lease has lapsed.")]
        public static partial void Broken(ILogger logger, Exception exception, string feed, Uri url);
    }
}
