using FeedWatch.Sources.Lists;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Hosting.Renewing;

/// <summary>
/// Takes up changed settings while the service runs: they are checked as at a start, and then the host ends so that another begins with
/// them. Wrong ones are refused as a whole, with file, line and remedy, and the old ones stay in force.
/// </summary>
/// <param name="origin">Where the settings are read from.</param>
/// <param name="lifetime">Of the host that runs with the settings so far.</param>
internal sealed partial class SettingsWatch(SettingsOrigin origin, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SettingsWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    /// <summary>Reads the settings again if a file changed since the last look.</summary>
    public void Look()
    {
        if (!origin.HasChanged()) return;
        try
        {
            origin.Renew();
            Log.Renewed(logger);
            lifetime.StopApplication();
        }
        catch (SettingsException ex)
        {
            foreach (var fault in origin.Placed(ex.Faults)) Log.Refused(logger, fault);
        }
        catch (FeedListException ex)
        {
            foreach (var fault in ex.Faults) Log.Refused(logger, fault);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) Look();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 211, Level = LogLevel.Information, Message = "The settings have changed and are taken up: the service ends what is under way and goes on with them.")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(EventId = 212, Level = LogLevel.Error, Message = "The changed settings are refused: {Fault} The old ones stay in force; mend it, the settings are read again by themselves.")]
        public static partial void Refused(ILogger logger, string fault);
    }
}
