using System.Collections.Concurrent;
using FeedWatch.Contracts;
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

    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private bool failing;

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

    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RelayBatchAsync(stoppingToken) < Batch) await signal.WaitAsync(LongestSleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
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
            var rows = await outbox.DueAsync(Batch, cancellationToken);
            if (rows.Count == 0) return 0;

            var outcomes = new ConcurrentBag<RelayOutcome>();
            try
            {
                var subjects = rows.GroupBy(r => r.Subject);
                await Parallel.ForEachAsync(
                    subjects,
                    new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellationToken },
                    async (subject, token) => await RelaySubjectAsync(subject, outcomes, token));
            }
            finally
            {
                // Also on the way out: what was confirmed must not be sent again for lack of a note.
                await outbox.MarkAsync(outcomes, CancellationToken.None);
            }

            Report([.. outcomes]);
            return rows.Count;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task RelaySubjectAsync(IEnumerable<OutboxRow> rows, ConcurrentBag<RelayOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            var failure = await TryPublishAsync(row, cancellationToken);
            outcomes.Add(new RelayOutcome(row, failure));
            if (failure is not null) return; // the later ones of this incident wait for it
        }
    }

    private async Task<string?> TryPublishAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ConfirmWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await publisher.PublishAsync(EventJson.Deserialize(row.Body), either.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no confirmation within {ConfirmWithin.TotalSeconds:0} s";
        }
        catch (PublishException ex)
        {
            return ex.Message;
        }
    }

    private void Report(IReadOnlyCollection<RelayOutcome> outcomes)
    {
        if (outcomes.FirstOrDefault(o => o.Failure is not null) is { } failed)
        {
            if (!failing) Log.NotTaken(logger, failed.Failure!);
            failing = true;
        }
        else if (failing)
        {
            failing = false;
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
    }
}
