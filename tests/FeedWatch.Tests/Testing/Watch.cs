using FeedWatch.Chat.Delivering;
using FeedWatch.Contracts;
using FeedWatch.Hosting;
using FeedWatch.Polling;
using FeedWatch.Publishing;
using FeedWatch.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeedWatch.Tests.Testing;

/// <summary>
/// The whole service over feeds on loopback, in the test's hands: polled when the test says so, on a clock that stands still,
/// with what it tells collected from a file channel.
/// </summary>
internal sealed class Watch : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder;
    private IHost host;

    private Watch(DirectoryInfo folder, IHost host, SettableClock time) => (this.folder, this.host, Time) = (folder, host, time);

    public SettableClock Time { get; }

    public IServiceProvider Services => host.Services;

    public string Folder => folder.FullName;

    /// <summary>Every event that was delivered, in order.</summary>
    public IReadOnlyList<FeedWatchEvent> Told => File.Exists(EventsFile(folder))
        ? [.. File.ReadAllLines(EventsFile(folder)).Select(EventJson.Deserialize)]
        : [];

    /// <summary>Incident events that were delivered.</summary>
    public IReadOnlyList<IncidentEvent> Alerts => [.. Told.OfType<IncidentEvent>()];

    public static Task<Watch> OverAsync(FeedServer server, params (string Setting, string Value)[] settings) => OverAsync([server.At("/rss")], settings);

    public static Task<Watch> OverAsync(IReadOnlyList<Uri> feeds, params (string Setting, string Value)[] settings) =>
        InAsync(Directory.CreateTempSubdirectory("feedwatch-test-"), feeds, settings);

    /// <summary>With a data folder that holds something already; it is deleted with the rest.</summary>
    public static async Task<Watch> InAsync(DirectoryInfo folder, IReadOnlyList<Uri> feeds, params (string Setting, string Value)[] settings)
    {
        var time = new SettableClock(Start);
        settings = [.. IOnPostgres.Current?.NewDatabase() ?? [], .. settings];
        var watch = new Watch(folder, await StartAsync(folder, time, feeds, settings), time);
        watch.feeds = feeds;
        watch.settings = settings;
        return watch;
    }

    /// <summary>Polls every feed once and waits until all of it is delivered. Returns how many feeds failed.</summary>
    public async Task<int> PollAsync()
    {
        var failed = await Services.GetRequiredService<PollDispatcher>().PollAllOnceAsync(TestContext.Current.CancellationToken);
        await DeliverAsync();
        return failed;
    }

    /// <summary>Lets time pass and tells the updates whose window is over.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Services.GetRequiredService<UpdateWindowJob>().CloseAsync(TestContext.Current.CancellationToken);
        await DeliverAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        host = await StartAsync(folder, Time, feeds, settings);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }

    private IReadOnlyList<Uri> feeds = [];
    private (string, string)[] settings = [];

    private async Task DeliverAsync()
    {
        var waiting = await Services.GetRequiredService<OutboxRelay>().DrainAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(0, waiting);
        await Services.GetRequiredService<ChannelDispatcher>().WhenIdleAsync(TestContext.Current.CancellationToken);
    }

    private async Task StopAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static async Task<IHost> StartAsync(DirectoryInfo folder, TimeProvider time, IReadOnlyList<Uri> feeds, (string Setting, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = folder.FullName,
            ["Fetching:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Polling:HostSpacing"] = "00:00:00",
            ["Polling:PerHost"] = "8",
            ["Chat:Channels:0:Type"] = "file",
            ["Chat:Channels:0:Path"] = EventsFile(folder),
            ["Chat:Routes:0:Events:0"] = "*",
            ["Serilog:Console"] = "none",
        };
        foreach (var (setting, value) in settings) all[setting] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var host = WatchHost.Build(configuration, new WatchMode { Once = true }, services => services.AddSingleton(time));
        await host.Services.GetRequiredService<FeedCatalog>().ReplaceAsync([.. feeds.Select(f => new ListedFeed(f, $"Feed {f.AbsolutePath}", "en"))], CancellationToken.None);
        await host.StartAsync();
        return host;
    }

    private static string EventsFile(DirectoryInfo folder) => Path.Combine(folder.FullName, "events.jsonl");
}
