using System.Globalization;
using FeedWatch.Chat.Bus;
using FeedWatch.Chat.Delivering;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Hosting;
using FeedWatch.Incidents;
using FeedWatch.Incidents.Correcting;
using FeedWatch.Incidents.Telling;
using FeedWatch.Polling;
using FeedWatch.Publishing;
using FeedWatch.Sources;
using FeedWatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FeedWatch.Demo;

/// <summary>
/// <c>--demo</c>: the whole service, unchanged, over feeds served from inside this process; then what was left alone and why,
/// and what to try next. Everything it writes is thrown away.
/// </summary>
internal static class DemoRun
{
    private static readonly TimeSpan UpdateWindow = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Tail = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(IReadOnlyList<string> settings, bool json, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var timeline = DemoTimeline.Load();
        await using var server = await DemoServer.StartAsync(timeline, time, cancellationToken);
        var folder = DataFolder.Passing("demo");
        var says = json ? Console.Error : Console.Out;
        try
        {
            var overrides = new Dictionary<string, string?>
            {
                ["Storage:Provider"] = nameof(StorageProvider.Sqlite),
                ["Storage:ConnectionString"] = "",
                ["Storage:ConnectionStringFile"] = "",
                ["Storage:DataFolder"] = folder.FullName,
                ["Polling:MinimumInterval"] = "1s",
                ["Polling:HostSpacing"] = "0s",
                ["Polling:PerHost"] = "8",
                ["Alerts:UpdateWindow"] = UpdateWindow.ToString("c", CultureInfo.InvariantCulture),
                ["Serilog:MinimumLevel:Default"] = "Warning", // the alerts themselves are the show
            };
            if (!AsksForBus(settings)) overrides["Bus:Transport"] = nameof(BusTransport.InMemory);
            var configuration = Settings.Read(settings, overrides);
            using var host = WatchHost.Build(configuration, new WatchMode { Json = json, PollEvery = TimeSpan.FromMilliseconds(250), CloseWindowsEvery = TimeSpan.FromMilliseconds(500) });
            host.Services.GetRequiredService<AddressGuard>().AllowOwn(server.Endpoint);
            var feeds = timeline.Feeds.Select(f => new ListedFeed(server.FeedOf(f), f.Name, f.Language, f.Country)).ToList();
            await host.Services.GetRequiredService<FeedCatalog>().ReplaceAsync(feeds, cancellationToken);

            await says.WriteLineAsync(DemoWords.Beginning(timeline));
            server.Begin();
            await host.StartAsync(cancellationToken);
            var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            var unread = new List<DemoItem>();
            foreach (var item in timeline.Items.Where(i => i.TakenBackAfter is not null).OrderBy(i => i.TakenBackAfter))
            {
                await Task.Delay(server.Until(item.TakenBackAfter!.Value), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!stopping.IsCancellationRequested && !await TakeBackAsync(host.Services, server.LinkOf(item), item.Why)) unread.Add(item);
            }

            await Task.Delay(server.Until(timeline.Length + Tail), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            if (!stopping.IsCancellationRequested)
            {
                await host.Services.GetRequiredService<PollDispatcher>().PollAllOnceAsync(CancellationToken.None); // a slow machine is behind
                foreach (var item in unread) await TakeBackAsync(host.Services, server.LinkOf(item), item.Why);
            }

            await FinishAsync(host.Services);
            await says.WriteLineAsync(await KnownAsync(host.Services));
            await says.WriteLineAsync(DemoWords.Ending(timeline, await AlertedAsync(host.Services, timeline, server)));
            await host.StopAsync(CancellationToken.None);
            return ExitCode.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Made-up news goes to a broker only where the command line asks for that: the settings' own may be the one that people's bots listen to.
    private static bool AsksForBus(IReadOnlyList<string> settings) => settings.Any(s => s.StartsWith("--Bus:Transport", StringComparison.OrdinalIgnoreCase));

    // As `feedwatch incidents retract` does. False where its article was not read yet.
    private static Task<bool> TakeBackAsync(IServiceProvider services, Uri link, string why) => services.GetRequiredService<Database>().WriteAsync(
        async session =>
        {
            if (await session.FindAsync<Guid?>("select incident_id from incident_articles where report ->> '$.article.link' = @Link", new { Link = link.AbsoluteUri }) is not { } incident) return false;
            if (await Retraction.RetractAsync(session, incident, why, services.GetRequiredService<TimeProvider>().GetUtcNow()) is { } retracted)
                await services.GetRequiredService<Outbox>().AddAsync(session, [retracted]);
            return true;
        },
        CancellationToken.None);

    // As `feedwatch incidents show` prints the one with the most reports: who says what, and how it grew.
    private static Task<string> KnownAsync(IServiceProvider services) => services.GetRequiredService<Database>().ReadAsync(
        async session => (await IncidentBook.ListAsync(session)).MaxBy(i => i.Incident.Reports) is { } most && await IncidentBook.GetAsync(session, most.Incident.Id) is { } told
            ? DemoWords.Known(IncidentPage.Show(told))
            : "",
        CancellationToken.None);

    // The end of the demo does not wait for a last update window: what is in it is told now.
    private static async Task FinishAsync(IServiceProvider services)
    {
        await services.GetRequiredService<UpdateWindowJob>().CloseAsync(CancellationToken.None);
        await services.GetRequiredService<OutboxRelay>().DrainAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        if (services.GetService<ChannelDispatcher>() is { } channels) await channels.WhenIdleAsync(CancellationToken.None); // with RabbitMQ they are the bots' own
    }

    private static async Task<IReadOnlyList<DemoItem>> AlertedAsync(IServiceProvider services, DemoTimeline timeline, DemoServer server)
    {
        var links = await services.GetRequiredService<Database>().ReadAsync(
            session => session.QueryAsync<string>("select report ->> '$.article.link' from incident_articles"),
            CancellationToken.None);
        return [.. timeline.Items.Where(i => links.Contains(server.LinkOf(i).AbsoluteUri))];
    }
}
