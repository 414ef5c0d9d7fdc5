using Microsoft.Extensions.Hosting;

namespace FeedWatch.Hosting;

/// <summary>
/// Gives memory back when the work that needed it is done. Polls that wait for their servers outlive a small collection or two, and
/// what they leave lies in the oldest generation until that has grown by half; in a process that is idle nearly always, nobody clears it.
/// </summary>
/// <remarks>
/// Measured on 1,000 feeds in rounds of half a minute: 170 to 205 MiB resident without, 143 to 161 with.
/// </remarks>
internal sealed class SpareMemory(TimeProvider time) : BackgroundService
{
    /// <summary>Bytes: about what a thousand polls of unchanged feeds leave, for which the pause costs a tenth again.</summary>
    private const long WorthIt = 16 * 1024 * 1024;

    private const long Quiet = 2 * 1024 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private long cleared;
    private long seen;

    /// <summary>Whether enough was allocated since the last time, and little since the last look.</summary>
    internal bool IsTime(long allocated)
    {
        var isTime = allocated - cleared >= WorthIt && allocated - seen < Quiet;
        if (isTime) cleared = allocated;
        seen = allocated;
        return isTime;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsTime(GC.GetTotalAllocatedBytes())) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
