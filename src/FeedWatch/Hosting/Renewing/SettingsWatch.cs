using FeedWatch.Hosting.Effective;
using FeedWatch.Sources.Lists;
using Microsoft.Extensions.Configuration;
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

    private string state = origin.State();

    /// <summary>Reads the settings again if a file changed since the last look.</summary>
    public void Look()
    {
        var now = origin.State();
        if (now == state) return;
        state = now; // also after a refusal: it is said once for each change
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

/// <summary>Where the settings of a running command come from, and those that wait to be taken up.</summary>
/// <param name="read">Reads and checks them anew.</param>
/// <param name="sources">The same as they are written, for the places of faults.</param>
/// <param name="check">What else a start would check.</param>
internal sealed class SettingsOrigin(Func<IConfigurationRoot> read, Func<IConfigurationRoot> sources, Action<IConfigurationRoot> check)
{
    private IConfigurationRoot current = read();

    /// <summary>Those in force.</summary>
    public IConfigurationRoot Current => current;

    /// <summary>Whether they were renewed since the last time this was asked.</summary>
    public bool WasRenewed { get; private set; }

    /// <summary>The settings of a start.</summary>
    public IConfigurationRoot Take()
    {
        WasRenewed = false;
        return current;
    }

    /// <exception cref="SettingsException">They are wrong; nothing has changed.</exception>
    /// <exception cref="FeedListException">The feed list that they name is wrong; nothing has changed.</exception>
    public void Renew()
    {
        var next = read();
        check(next);
        (current, WasRenewed) = (next, true);
    }

    public IReadOnlyList<string> Placed(IReadOnlyList<string> faults)
    {
        try
        {
            return FaultPlaces.With(sources(), faults);
        }
        catch (SettingsException)
        {
            return faults; // a file that cannot be read is the fault
        }
    }

    /// <summary>Another one when a settings file, or a secret's, is written, made or removed.</summary>
    public string State() => string.Join('|', Settings.Files.Concat(SecretFiles()).Select(StateOf));

    private IEnumerable<string> SecretFiles() => current.AsEnumerable()
        .Where(s => s.Value is { Length: > 0 } && s.Key.EndsWith("File", StringComparison.OrdinalIgnoreCase) && !s.Key.StartsWith("Feeds:", StringComparison.OrdinalIgnoreCase))
        .Select(s => s.Value!).Order(StringComparer.Ordinal);

    private static string StateOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? FormattableString.Invariant($"{path} {file.LastWriteTimeUtc.Ticks} {file.Length}") : path;
    }
}
