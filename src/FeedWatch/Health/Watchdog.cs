using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Health;

/// <summary>
/// Looks at the process as long as it runs: says once what has come to a stop, and tells systemd's watchdog that it lives. It says so for the
/// loops that must be alive, not for itself: where one of them is stuck it falls silent, and systemd starts FeedWatch again.
/// </summary>
internal sealed partial class Watchdog(Vitals vitals, TimeProvider time, ILogger<Watchdog> logger, ISystemdNotifier? systemd = null) : BackgroundService
{
    private static readonly TimeSpan Unwatched = TimeSpan.FromSeconds(5);

    private string said = "";
    private bool stuck;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var every = Period(Environment.GetEnvironmentVariable("WATCHDOG_USEC"));
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do Look();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host stops
        }
    }

    /// <summary>A third of what systemd waits for a sign (sd_watchdog_enabled(3) advises a half), so that one that comes late costs nothing.</summary>
    /// <param name="microseconds">As systemd says it; null without a watchdog.</param>
    internal static TimeSpan Period(string? microseconds) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var all) && TimeSpan.FromMicroseconds(all) / 3 is var third && third > TimeSpan.Zero && third < Unwatched
            ? third
            : Unwatched;

    private void Look()
    {
        var report = vitals.Examine();
        var trouble = string.Join("; ", report.Checks.Where(c => !c.Ok).Select(c => $"{c.Name}: {c.Why}"));
        if (report.IsLive) systemd?.Notify(new ServiceState("WATCHDOG=1"));
        else if (!stuck) Log.Stuck(logger, trouble);
        stuck = !report.IsLive;

        var line = trouble.Length == 0 ? "Watching." : trouble;
        if (line != said) systemd?.Notify(new ServiceState($"STATUS={line.ReplaceLineEndings(" ")}"));
        said = line;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 32, Level = LogLevel.Critical, Message = "FeedWatch is stuck ({Trouble}). Whoever watches over it starts it again: systemd by its watchdog, Kubernetes by /health/live; else start it again by hand. What is under way is taken up then.")]
        public static partial void Stuck(ILogger logger, string trouble);
    }
}
