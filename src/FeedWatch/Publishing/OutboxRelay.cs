using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Contracts;
using FeedWatch.Health;
using FeedWatch.Publishing.Letters;
using FeedWatch.Storage.Upkeep;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Publishing;

/// <summary>
/// Carries events from the outbox to the bus: oldest first, many in flight, those of one incident one after the other.
/// A row counts as sent only when the bus has confirmed it, so a crash repeats an event under the same id and never loses one.
/// </summary>
internal sealed partial class OutboxRelay(Outbox outbox, IEventPublisher publisher, OutboxSignal signal, TimeProvider time, ILogger<OutboxRelay> logger) : BackgroundService
{
    private const int Batch = 500;
    private const int InFlight = 64;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(8);

    /// <summary>A host stops within ten seconds; polling had its part of them before, the bus and the channels come after.</summary>
    private static readonly TimeSpan LastDrain = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private readonly CancellationTokenSource abandon = new();
    private readonly List<RelayOutcome> unmarked = [];
    private volatile BusTrouble? trouble;
    private int dead;

    /// <summary>Beats with every event that it tried to send, and every look that found none.</summary>
    public Heartbeat Life { get; } = new(time);

    /// <summary>Why the bus takes nothing; null while it does, or while there was nothing to take.</summary>
    public BusTrouble? Trouble => trouble;

    /// <summary>Events that this process has set aside as dead letters.</summary>
    public int Dead => Volatile.Read(ref dead);

    /// <summary>Relays until the outbox is empty or <paramref name="deadline"/> has passed. Returns how many events still wait.</summary>
    public async Task<int> DrainAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var end = time.GetTimestamp();
        while (true)
        {
            await RelayBatchAsync(cancellationToken);
            var waiting = await outbox.CountWaitingAsync(cancellationToken);
            if (waiting == 0 || time.GetElapsedTime(end) >= deadline) return waiting;
            await signal.WaitAsync(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    /// <summary>Lets what is under way end, and sends what has come meanwhile, as long as there is time.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LastDrain, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using var cut = either.Token.Register(abandon.Cancel);
        await base.StopAsync(either.Token);
        try
        {
            while (await RelayBatchAsync(abandon.Token) > 0) { }
        }
        catch (Exception ex) when (ex is OperationCanceledException or CannotRecordException)
        {
            // what is left waits in the outbox for the next start
        }
    }

    public override void Dispose()
    {
        oneAtATime.Dispose();
        abandon.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var sent = await RelayBatchAsync(abandon.Token);
                Life.Beat();
                if (sent < Batch) await signal.WaitAsync(LongestSleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (CannotRecordException)
            {
                Life.Beat(); // said already
                await Task.Delay(LongestSleep, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning disable CA1031 // the edge of the relay: whatever happens to one batch, the next one is tried
            catch (Exception ex)
#pragma warning restore CA1031
            {
                Log.BatchFailed(logger, ex);
                await Task.Delay(LongestSleep, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> RelayBatchAsync(CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!outbox.CanMark) return 0;
            await using var turn = await Life.DuringAsync(outbox.HoldAsync(cancellationToken));
            await MarkAsync([]);
            var rows = await outbox.DueAsync(Batch, cancellationToken);
            if (rows.Count == 0) return 0;
            FaultPoint.Pass("outbox-read");

            var outcomes = new ConcurrentBag<RelayOutcome>();
            try
            {
                var subjects = rows.GroupBy(r => r.Subject).ToLookup(s => s.First().Refusals > 0);
                await Parallel.ForEachAsync(
                    subjects[false],
                    new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
                    async (subject, token) => await RelaySubjectAsync(subject, outcomes, token));

                // A message that RabbitMQ refuses takes the channel down, and with it whatever else is under way there.
                // One that was refused goes alone, behind the others, so that it holds them up no more.
                foreach (var suspect in subjects[true]) await RelaySubjectAsync(suspect, outcomes, cancellationToken);
            }
            finally
            {
                // Also on the way out: what was confirmed must not be sent again for lack of a note.
                await MarkAsync(outcomes);
            }

            Report([.. outcomes]);
            return rows.Count;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    // What the disk does not take is kept in mind and marked when it does, before anything else is sent.
    private async Task MarkAsync(IReadOnlyCollection<RelayOutcome> outcomes)
    {
        unmarked.AddRange(outcomes);
        if (unmarked.Count == 0) return;
        FaultPoint.Pass("batch-published");
        await outbox.MarkAsync(unmarked, CancellationToken.None);
        unmarked.Clear();
        FaultPoint.Pass("marked-sent");
    }

    private async Task RelaySubjectAsync(IEnumerable<OutboxRow> rows, ConcurrentBag<RelayOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            var failure = await TryPublishAsync(row, cancellationToken);
            Life.Beat();
            outcomes.Add(new RelayOutcome(row, failure));
            if (failure is { Kind: not RelayFailureKind.Unreadable }) return; // the later ones of this incident wait for it
        }
    }

    private async Task<RelayFailure?> TryPublishAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ConfirmWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        FeedWatchEvent @event;
        try
        {
            @event = EventJson.Deserialize(row.Body);
        }
        catch (Exception ex) when (ex is JsonException or NotSupportedException)
        {
            return new RelayFailure($"this version cannot read it: {ex.Message}", RelayFailureKind.Unreadable);
        }

        try
        {
            await publisher.PublishAsync(@event, either.Token);
            FaultPoint.Pass("published");
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new RelayFailure($"no confirmation within {ConfirmWithin.TotalSeconds:0} s", RelayFailureKind.Away);
        }
#pragma warning disable CA1031 // the edge to the bus: whatever it throws at one event, the others go on
        catch (Exception ex)
#pragma warning restore CA1031
        {
            return new RelayFailure(ex.Message, Refusal.IsIn(ex, Encoding.UTF8.GetByteCount(row.Body)) ? RelayFailureKind.Refused : RelayFailureKind.Away);
        }
    }

    private void Report(IReadOnlyCollection<RelayOutcome> outcomes)
    {
        foreach (var outcome in outcomes.Where(o => o.Failure is { Kind: not RelayFailureKind.Away }))
        {
            if (outcome.IsDead) Log.GaveUp(logger, outcome.Row.EventId, outcome.Failure!.Why);
            else Log.Refused(logger, outcome.Row.EventId, outcome.Failure!.Why, outcome.Refusals, RelayOutcome.MostRefusals);
        }

        Interlocked.Add(ref dead, outcomes.Count(o => o.IsDead));
        if (outcomes.FirstOrDefault(o => o.Failure is { Kind: RelayFailureKind.Away }) is { } failed)
        {
            if (trouble is null) Log.NotTaken(logger, failed.Failure!.Why);
            trouble = new BusTrouble(failed.Failure!.Why, trouble?.Since ?? time.GetUtcNow());
        }
        else if (trouble is not null && outcomes.Any(o => o.Failure is null))
        {
            trouble = null;
            Log.TakenAgain(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 601, Level = LogLevel.Warning, Message = "The bus does not take alerts: {Why}. They wait in the outbox and are sent in order as soon as it does; nothing is lost.")]
        public static partial void NotTaken(ILogger logger, string why);

        [LoggerMessage(EventId = 602, Level = LogLevel.Information, Message = "The bus takes alerts again.")]
        public static partial void TakenAgain(ILogger logger);

        [LoggerMessage(EventId = 603, Level = LogLevel.Error, Message = "Relaying failed; it is tried again in 2 s. If this repeats, check the data folder and its disk.")]
        public static partial void BatchFailed(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 604, Level = LogLevel.Warning, Message = "The bus refuses event {Id}: {Why} Refusal {Count} of at most {Most}; the later ones of its incident wait for it.")]
        public static partial void Refused(ILogger logger, Guid id, string why, int count, int most);

        [LoggerMessage(EventId = 605, Level = LogLevel.Error, Message = "Gave up telling event {Id}: {Why} The later ones go on without it. 'feedwatch outbox list' shows it; mend the cause and send it with 'feedwatch outbox retry {Id}', or take it out with 'feedwatch outbox drop {Id}'.")]
        public static partial void GaveUp(ILogger logger, Guid id, string why);
    }
}

/// <param name="Why">In the bus's own words.</param>
/// <param name="Since">When it was first met.</param>
internal sealed record BusTrouble(string Why, DateTimeOffset Since);
