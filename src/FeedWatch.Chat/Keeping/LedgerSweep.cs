using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat.Keeping;

/// <summary>Once a day: forgets posts that were done with long ago, a few at a time.</summary>
internal sealed partial class LedgerSweep(DeliveryLedger ledger, IOptions<ChatOptions> options, TimeProvider time, ILogger<LedgerSweep> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan First = TimeSpan.FromMinutes(10); // a start has better things to do
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (await ledger.ForgetAsync(time.GetUtcNow() - options.Value.KeepPosts, Batch, cancellationToken) == Batch) { }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; !stoppingToken.IsCancellationRequested; wait = Every)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (LedgerFailedException ex)
            {
                Log.Failed(logger, ex); // the channels report a file that cannot be written
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 730, Level = LogLevel.Debug, Message = "Old posts could not be forgotten; it is tried again tomorrow.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
