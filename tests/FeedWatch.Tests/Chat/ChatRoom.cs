using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Routing;
using FeedWatch.Chat.Storing;
using FeedWatch.Contracts;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Logging;

namespace FeedWatch.Tests.Chat;

/// <summary>The channels with a real ledger in a temporary folder; <see cref="RestartAsync"/> is a crash and a new start.</summary>
internal sealed class ChatRoom : IAsyncDisposable
{
    /// <summary>The shortest there may be: a test waits for it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private Routes _routes;
    private ChannelDispatcher? _dispatcher;

    public ChatRoom(params IChatChannel[] channels)
        : this(Directory.CreateTempSubdirectory("feedwatch-chat-").FullName, OnServer(), RoutesTo(channels))
    {
    }

    public ChatRoom(string folder, params IChatChannel[] channels)
        : this(folder, null, RoutesTo(channels))
    {
    }

    public ChatRoom(Routes routes)
        : this(Directory.CreateTempSubdirectory("feedwatch-chat-").FullName, OnServer(), routes)
    {
    }

    /// <param name="place">Where its ledger is.</param>
    /// <param name="channels">What it posts to.</param>
    public ChatRoom(LedgerPlace place, params IChatChannel[] channels)
        : this(Directory.CreateTempSubdirectory("feedwatch-chat-").FullName, place, RoutesTo(channels))
    {
    }

    private ChatRoom(string folder, LedgerPlace? place, Routes routes)
    {
        Folder = folder;
        Place = place ?? LedgerPlace.InFolder(folder);
        _routes = routes;
        Ledger = Open();
    }

    public string Folder { get; }

    public LedgerPlace Place { get; }

    public SettableClock Time { get; } = new(AnEvent.Time);

    public DeliveryLedger Ledger { get; private set; }

    public IReadOnlyList<IChatChannel> Channels => _routes.Channels;

    public List<string> Logged { get; } = [];

    public ILogger<ChannelDispatcher> Logger => new CollectingLogger<ChannelDispatcher>(Logged);

    public static Routes RoutesTo(params IChatChannel[] channels) => new([AllIncidents()], channels);

    public async Task RecordAsync(params FeedWatchEvent[] events)
    {
        foreach (var @event in events) await Ledger.RecordAsync(@event, TestContext.Current.CancellationToken);
    }

    public async Task StartAsync()
    {
        _dispatcher = new ChannelDispatcher(Ledger, _routes, Time, Logger);
        await _dispatcher.StartAsync(TestContext.Current.CancellationToken);
    }

    public (string Channel, TimeSpan By)? Overdue => _dispatcher!.Overdue;

    public Task<DeliveryTotals> WhenIdleAsync() => _dispatcher!.WhenIdleAsync(TestContext.Current.CancellationToken);

    /// <summary>What is under way is cut off, as by a crash.</summary>
    /// <param name="routes">Other settings than before; null for the same.</param>
    public async Task RestartAsync(Routes? routes = null)
    {
        await StopAsync();
        _routes = routes ?? _routes;
        Ledger = Open();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_dispatcher is not null)
        {
            await _dispatcher.StopAsync(new CancellationToken(canceled: true));
            await (_dispatcher.ExecuteTask ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _dispatcher.Dispose();
        }

        Ledger.Dispose();
    }

    private static LedgerPlace? OnServer() => IOnPostgres.Current is { } server ? LedgerPlace.OnServer(server.NewConnectionString()) : null;

    private DeliveryLedger Open() => new(Place.Open(Lease), _routes, Time, new CollectingLogger<DeliveryLedger>(Logged));

    private static RouteOptions AllIncidents() => new() { Events = { "*" } };
}
