using System.CommandLine;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Demo;
using FeedWatch.Fetching;
using FeedWatch.Hosting;
using FeedWatch.Hosting.Renewing;
using FeedWatch.Polling;
using FeedWatch.Polling.Digests;
using FeedWatch.Polling.Troubles;
using FeedWatch.Publishing;
using FeedWatch.Sources;
using FeedWatch.Sources.Lists;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Commands;

/// <summary><c>feedwatch run</c>: the service, or one round of it with <c>--once</c>.</summary>
internal static partial class RunCommand
{
    /// <summary>How long <c>--once</c> waits for a bus that does not answer before it gives the alerts back to the outbox.</summary>
    private static readonly TimeSpan BusPatience = TimeSpan.FromSeconds(30);

    public static Command Create(IReadOnlyList<string> settings)
    {
        var command = new Command("run", "Poll the feeds and tell what is found (the default command).");
        Configure(command, settings);
        return command;
    }

    public static void Configure(Command command, IReadOnlyList<string> settings)
    {
        var feeds = new Option<string?>("--feeds") { Description = "The feed list, OPML or YAML; the starter list that ships with FeedWatch otherwise.", HelpName = "FILE" };
        var data = new Option<string?>("--data") { Description = "The folder to remember things in.", HelpName = "DIR" };
        var once = new Option<bool>("--once") { Description = "Poll every feed once, deliver, and end: 0 when all went well, 1 when a feed or a delivery failed." };
        var json = new Option<bool>("--json") { Description = "Print each incident as one JSON line on standard output; logs go to standard error." };
        var demo = new Option<bool>("--demo") { Description = "Watch a made-up news day that is served from inside the program; needs no internet." };
        command.Options.Add(feeds);
        command.Options.Add(data);
        command.Options.Add(once);
        command.Options.Add(json);
        command.Options.Add(demo);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var mode = new WatchMode { Once = parsed.GetValue(once), Json = parsed.GetValue(json) };
            if (parsed.GetValue(demo)) return await DemoRun.RunAsync(settings, mode.Json, cancellationToken);

            var overrides = Overrides((FeedsKey, parsed.GetValue(feeds)), (DataKey, parsed.GetValue(data)));
            if (mode.Once) return await OnceAsync(Settings.Read(settings, overrides), mode, cancellationToken);

            var origin = new SettingsOrigin(Settings.Files, () => Settings.Read(settings, overrides), () => Settings.Sources(settings, overrides), next => Check(next, mode));
            await RenewedHost.RunAsync(origin, (configuration, more) => WatchHost.Build(configuration, mode, more), (host, configuration) => BeginAsync(host, configuration, cancellationToken), Stopped, cancellationToken);
            return ExitCode.Done;
        });
    }

    public const string FeedsKey = "Feeds:File";
    public const string DataKey = "Storage:DataFolder";

    public static Dictionary<string, string?> Overrides(params (string Key, string? Value)[] options) =>
        options.Where(o => o.Value is not null).ToDictionary(o => o.Key, o => o.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The service's fetcher alone, for commands that look at something once.</summary>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static ServiceProvider Fetching(IConfigurationRoot configuration)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System).AddFetching().BuildServiceProvider();
        WatchHost.Validate(services);
        return services;
    }

    private static void Check(IConfigurationRoot configuration, WatchMode mode)
    {
        new FeedLists(configuration[FeedsKey], WatchHost.DataFolderOf(configuration)).Read();
        using var trial = WatchHost.Build(configuration, mode);
    }

    // Gives the number of feeds that are switched on.
    private static async Task<int> BeginAsync(IHost host, IConfigurationRoot configuration, CancellationToken cancellationToken)
    {
        var folder = WatchHost.DataFolderOf(configuration);
        var lists = new FeedLists(configuration[FeedsKey], folder);
        var feeds = lists.Read();
        var catalog = host.Services.GetRequiredService<FeedCatalog>();
        await catalog.VoidLeasesAsync(cancellationToken);
        await catalog.ReplaceAsync(feeds, cancellationToken);
        var enabled = feeds.Count(f => f.Enabled);
        var logger = Logger(host);
        var bus = WatchHost.Bus(configuration).Transport;
        var place = host.Services.GetRequiredService<Database>() is { IsShared: true } shared ? $"{shared.Place} and {folder}" : folder;
        Log.Started(logger, enabled, lists.File, place, bus);
        return enabled;
    }

    private static async Task<int> OnceAsync(IConfigurationRoot configuration, WatchMode mode, CancellationToken cancellationToken)
    {
        using var host = WatchHost.Build(configuration, mode);
        var enabled = await BeginAsync(host, configuration, cancellationToken);
        await host.StartAsync(cancellationToken);
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var code = await OnceAsync(host.Services, Logger(host), enabled, stopping);
        await host.StopAsync(CancellationToken.None);
        return code;
    }

    private static void Stopped(IHost host)
    {
        var logger = Logger(host);
        Log.Stopped(logger);
    }

    private static ILogger Logger(IHost host) => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("FeedWatch");

    private static async Task<int> OnceAsync(IServiceProvider services, ILogger logger, int feeds, CancellationToken cancellationToken)
    {
        try
        {
            var failed = await services.GetRequiredService<PollDispatcher>().PollAllOnceAsync(cancellationToken);
            await services.GetRequiredService<UpdateWindowJob>().CloseAsync(cancellationToken);
            await services.GetRequiredService<CoverageWatch>().LookAsync(cancellationToken);
            await services.GetRequiredService<DigestTeller>().TellDueAsync(cancellationToken);
            var relay = services.GetRequiredService<OutboxRelay>();
            var waiting = await relay.DrainAsync(BusPatience, cancellationToken);
            var totals = services.GetService<ChannelDispatcher>() is { } chat ? await chat.WhenIdleAsync(cancellationToken) : null;
            var undelivered = (totals?.GivenUp ?? 0) + (totals?.Waiting ?? 0);

            Log.Once(logger, feeds, failed, totals?.Sent ?? 0);
            if (waiting > 0) Log.StillWaiting(logger, waiting);
            if (undelivered > 0) Log.Undelivered(logger, undelivered);
            return failed + waiting + relay.Dead + undelivered > 0 ? ExitCode.Failed : ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.CutShort(logger);
            return ExitCode.Failed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "FeedWatch watches {Count} feeds of {File}; it remembers in {Data}; bus {Bus}.")]
        public static partial void Started(ILogger logger, int count, string file, string data, BusTransport bus);

        [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "FeedWatch has stopped.")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Polled {Feeds} feeds once: {Failed} failed, {Sent} posts delivered.")]
        public static partial void Once(ILogger logger, int feeds, int failed, int sent);

        [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "{Count} alerts wait in the outbox because the bus does not take them; the next run sends them.")]
        public static partial void StillWaiting(ILogger logger, int count);

        [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "{Count} posts could not be delivered; the lines above say to which channel and why.")]
        public static partial void Undelivered(ILogger logger, int count);

        [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "Stopped before every feed was polled; the next run goes on.")]
        public static partial void CutShort(ILogger logger);
    }
}
