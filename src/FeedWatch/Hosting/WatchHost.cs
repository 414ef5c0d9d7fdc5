using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Storing;
using FeedWatch.Detecting;
using FeedWatch.Fetching;
using FeedWatch.Health;
using FeedWatch.Health.Serving;
using FeedWatch.Hosting.Effective;
using FeedWatch.Hosting.Requests;
using FeedWatch.Incidents;
using FeedWatch.Polling;
using FeedWatch.Publishing;
using FeedWatch.Seen;
using FeedWatch.Sources;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Serilog;

namespace FeedWatch.Hosting;

/// <summary>The service, put together from its rooms.</summary>
internal static class WatchHost
{
    /// <summary>What .NET allows itself of a limit of 88 MB. In 64 MB the process stands still: the system throws its program out of memory and reads it again, on and on.</summary>
    private const long LeastHeap = 66 * 1024 * 1024;

    /// <param name="configuration">Checked by <see cref="Settings"/>.</param>
    /// <param name="mode">How it is run.</param>
    /// <param name="more">What a test puts in the place of a part, the clock above all.</param>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static IHost Build(IConfigurationRoot configuration, WatchMode mode, Action<IServiceCollection>? more = null)
    {
        var builder = Bare(configuration);
        if (!mode.Once) builder.Services.AddHealth();
        builder.Services.AddStorage();
        builder.Services.AddSources();
        builder.Services.AddFetching();
        builder.Services.AddSeen();
        builder.Services.AddDetecting();
        builder.Services.AddIncidents();
        var bus = Bus(configuration);
        builder.Services.AddPublishing(configuration, bus, DataFolderOf(configuration), mode.Json);
        builder.Services.AddPolling();
        if (!mode.Once)
        {
            builder.Services.AddBrokerWatch(bus);
            builder.Services.AddHostedService<FeedListWatch>();
            builder.Services.AddHostedService<SpareMemory>();
            if (bus.TakesCommands) builder.Services.AddRequests(bus, p => new ServiceDesk(p.GetRequiredService<Database>(), p.GetRequiredService<Outbox>(), p.GetRequiredService<LiveDetector>()));
            builder.Services.AddPollSchedule(mode.PollEvery, mode.CloseWindowsEvery);
        }

        more?.Invoke(builder.Services);

        var host = builder.Build();
        Validate(host.Services);
        return host;
    }

    /// <summary>Configuration, logs and the ways of systemd, Windows and a terminal; no room yet.</summary>
    /// <exception cref="SettingsException">There is too little memory, or a setting of the logs is wrong.</exception>
    public static HostApplicationBuilder Bare(IConfigurationRoot configuration)
    {
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < LeastHeap)
            throw new SettingsException(["FeedWatch needs 96 MB of memory and may use less here. Raise MemoryMax (systemd), --memory (Docker) or resources.limits.memory (Kubernetes); 256 MB are plenty."]);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "feedwatch", DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(Settings.Values(configuration));
        builder.Services.AddSerilog(LogSettings.Logger(configuration), dispose: true);
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "FeedWatch");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(9)); // ten are promised, and the process needs a moment to end
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        return builder;
    }

    /// <summary>Says from now on, until it is disposed, how the process is. Before anything that may take long.</summary>
    /// <exception cref="SettingsException">It cannot listen where the settings say.</exception>
    public static async Task<IAsyncDisposable?> OpenHealthAsync(IServiceProvider services, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var isAsked = configuration[$"{HealthOptions.Section}:{nameof(HealthOptions.Urls)}"] is not null;
        try
        {
            return await HealthServer.OpenAsync(services, services.GetRequiredService<IOptions<HealthOptions>>().Value, isAsked, cancellationToken);
        }
        catch (HealthPortException ex)
        {
            throw new SettingsException([ex.Message]);
        }
    }

    /// <summary>Where FeedWatch says how it is, for whoever asks.</summary>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static HealthOptions Health(IConfiguration configuration)
    {
        try
        {
            return HealthOptions.Read(configuration);
        }
        catch (OptionsValidationException ex)
        {
            throw new SettingsException([.. ex.Failures]);
        }
    }

    /// <summary>Checks every option now, all faults at once.</summary>
    public static void Validate(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException ex)
        {
            throw new SettingsException([.. FaultPlaces.InSettings(ex)]);
        }
        catch (AggregateException ex)
        {
            throw new SettingsException([.. ex.InnerExceptions.SelectMany(e => e is OptionsValidationException o ? FaultPlaces.InSettings(o) : [e.Message])]);
        }
    }

    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static BusOptions Bus(IConfiguration configuration)
    {
        try
        {
            return BusOptions.Read(configuration);
        }
        catch (OptionsValidationException ex)
        {
            throw new SettingsException([.. ex.Failures]);
        }
    }

    /// <summary>Where the service keeps what it must not forget, for commands beside it.</summary>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static StorageOptions Storage(IConfiguration configuration)
    {
        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        if (new StorageOptionsValidator().Validate(null, options) is { Failed: true, Failures: { } faults }) throw new SettingsException([.. faults]);
        options.DataFolder = Path.GetFullPath(options.DataFolder);
        return options;
    }

    /// <summary>Where the chat side remembers what it posted, for commands beside it.</summary>
    /// <param name="configuration">All of it: section <c>Storage</c> decides where <c>Chat:Store</c> does not.</param>
    /// <param name="folder">For <c>chat.db</c>.</param>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static LedgerPlace ChatLedger(IConfiguration configuration, string folder)
    {
        var store = configuration.GetSection(ChatStoreOptions.Section).Get<ChatStoreOptions>() ?? new ChatStoreOptions();
        var faults = store.Faults().ToList();
        return faults.Count > 0 ? throw new SettingsException(faults) : LedgerPlace.Of(store, folder) ?? PublishingRoom.BesideStorage(configuration, folder);
    }

    public static string DataFolderOf(IConfiguration configuration) =>
        Path.GetFullPath(configuration.GetSection(StorageOptions.Section).Get<StorageOptions>()?.DataFolder ?? new StorageOptions().DataFolder);
}

/// <summary>How the service is run.</summary>
internal sealed record WatchMode
{
    /// <summary>Poll every feed once, then end.</summary>
    public bool Once { get; init; }

    /// <summary>Incidents as JSON lines on standard output in the place of a console channel.</summary>
    public bool Json { get; init; }

    /// <summary>How often Quartz looks for feeds that are due.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often Quartz looks for update windows that are over.</summary>
    public TimeSpan CloseWindowsEvery { get; init; } = TimeSpan.FromSeconds(5);
}
