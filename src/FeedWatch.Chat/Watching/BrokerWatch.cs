using FeedWatch.Chat.Bus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Chat.Watching;

/// <summary>Keeps one idle connection to RabbitMQ, whose end tells that it is away while there is nothing to send or receive, too. For health checks, and for the log.</summary>
public sealed partial class BrokerWatch(BusOptions options, TimeProvider time, ILogger<BrokerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly string place = $"{options.Host}:{options.Port}";
    private BrokerFault? fault = new($"{options.Host}:{options.Port}", "there was no answer yet", time.GetUtcNow());

    private bool isSaid;

    /// <summary>Null while it is there.</summary>
    public BrokerFault? Fault => Volatile.Read(ref fault);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StayAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the edge to the broker's client, which throws many kinds; what is wrong with a connection must end no process
            catch (Exception ex)
#pragma warning restore CA1031
            {
                Away((ex.InnerException ?? ex).Message);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Connects, and returns when the connection has ended.</summary>
    private async Task StayAsync(CancellationToken cancellationToken)
    {
        await using var connection = await RabbitConnection.Factory(options).CreateConnectionAsync("feedwatch health", cancellationToken);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, end) =>
        {
            ended.TrySetResult(end.ReplyText);
            return Task.CompletedTask;
        };
        if (!connection.IsOpen) ended.TrySetResult("the connection was lost");
        Volatile.Write(ref fault, null);
        if (isSaid) Log.Back(logger, place);
        isSaid = false;
        Away(await ended.Task.WaitAsync(cancellationToken));
    }

    // Said once for each outage, however long it is tried.
    private void Away(string why)
    {
        Volatile.Write(ref fault, new BrokerFault(place, why, Fault?.Since ?? time.GetUtcNow()));
        if (!isSaid) Log.Away(logger, place, why);
        isSaid = true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 745, Level = LogLevel.Warning, Message = "RabbitMQ at {Place} is away ({Why}). It is tried again every few seconds and nothing is lost meanwhile; check that it runs, and Bus:Host, :Port, :Username, :Password.")]
        public static partial void Away(ILogger logger, string place, string why);

        [LoggerMessage(EventId = 746, Level = LogLevel.Information, Message = "RabbitMQ at {Place} is there again.")]
        public static partial void Back(ILogger logger, string place);
    }
}

/// <param name="Place">Host and port.</param>
/// <param name="Why">In the client's words.</param>
/// <param name="Since">When it was first met.</param>
public sealed record BrokerFault(string Place, string Why, DateTimeOffset Since);
