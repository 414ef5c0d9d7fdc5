using FeedWatch.Detection;
using FeedWatch.Detection.Lexicons;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FeedWatch.Detecting;

/// <summary>
/// The detector that the settings ask for, made anew when the lexicon folder changes. A wrong file is refused as a whole,
/// and the last good lexicon stays in use.
/// </summary>
internal sealed partial class LiveDetector(IOptions<DetectionOptions> options, TimeProvider time, ILogger<LiveDetector> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly DetectionOptions options = options.Value;
    private TakedownDetector current = Fresh(options.Value);
    private string state = StateOf(options.Value.LexiconFolder);
    private IReadOnlyList<KnownName> learnt = [];

    public TakedownDetector Current => Volatile.Read(ref current);

    /// <exception cref="LexiconException">A file of the lexicon folder is wrong; the message names file and line.</exception>
    /// <exception cref="OptionsValidationException">The folder cannot be read.</exception>
    public static TakedownDetector From(DetectionOptions options)
    {
        var thresholds = new DetectorOptions(options.AlertThreshold, options.UndecidedThreshold);
        if (string.IsNullOrEmpty(options.LexiconFolder)) return TakedownDetector.BuiltIn(thresholds);
        try
        {
            return TakedownDetector.Load(options.LexiconFolder, thresholds);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(DetectionOptions.Section, typeof(DetectionOptions), [$"Detection:LexiconFolder '{options.LexiconFolder}' cannot be read: {ex.Message}"]);
        }
    }

    /// <summary>From now on names of networks that reports introduced are read as such.</summary>
    public void Know(IReadOnlyList<KnownName> names)
    {
        var knowing = Current.Knowing(names);
        if (knowing == Current) return;
        learnt = names;
        Volatile.Write(ref current, knowing);
        Log.Learnt(logger, names.Count);
    }

    /// <summary>Reads the folder again if anything in it changed since the last look.</summary>
    public void Look()
    {
        var now = StateOf(options.LexiconFolder);
        if (now == state) return;
        state = now; // also after a refusal: it is said once for each change
        try
        {
            Volatile.Write(ref current, Fresh(options).Knowing(learnt));
            Log.Renewed(logger, options.LexiconFolder!, current.Profile);
        }
        catch (Exception ex) when (ex is LexiconException or OptionsValidationException)
        {
            Log.Refused(logger, ex.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(options.LexiconFolder)) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) Look();
        }
    }

    // Reading the files takes three times the memory of what comes out, and the collector would keep it for a day of small polls.
    private static TakedownDetector Fresh(DetectionOptions options)
    {
        var detector = From(options);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return detector;
    }

    // Names, sizes and times, not a file watcher: watchers miss what happens on network shares and in mounted ConfigMaps.
    private static string StateOf(string? folder)
    {
        if (string.IsNullOrEmpty(folder) || !Directory.Exists(folder)) return "";
        return string.Join('\n', new DirectoryInfo(folder).EnumerateFiles("*.yaml").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 403, Level = LogLevel.Debug, Message = "{Count} names of networks are known from reports.")]
        public static partial void Learnt(ILogger logger, int count);

        [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "The lexicon in {Folder} ({Profile}) has changed and is in use.")]
        public static partial void Renewed(ILogger logger, string folder, string profile);

        [LoggerMessage(EventId = 402, Level = LogLevel.Error, Message = "The changed lexicon is refused: {Why} The last good one stays in use; mend the file, it is read again by itself.")]
        public static partial void Refused(ILogger logger, string why);
    }
}
