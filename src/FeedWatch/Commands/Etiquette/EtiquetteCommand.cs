using System.CommandLine;
using System.Globalization;
using FeedWatch.Fetching.Guarding;
using FeedWatch.Hosting;
using FeedWatch.Polling;
using FeedWatch.Sources;
using FeedWatch.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Commands.Etiquette;

/// <summary><c>feedwatch etiquette</c>: the real service polls a publisher on loopback for four days of a stepped clock, and the publisher judges.</summary>
internal static class EtiquetteCommand
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Length = TimeSpan.FromDays(4);
    private static readonly TimeSpan RestartAfter = TimeSpan.FromHours(7.02);

    public static Command Create(IReadOnlyList<string> settings)
    {
        var command = new Command("etiquette", "Poll a publisher on loopback for four days of a stepped clock and print which rules of polite polling were kept.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var judged = await RunAsync(settings, cancellationToken);
            foreach (var (rule, kept, seen) in judged)
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(kept ? "pass" : "FAIL")}  {rule,-62} {seen}"));
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n{judged.Count(j => j.Kept)} of {judged.Count} rules kept"));
            return judged.All(j => j.Kept) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    internal static async Task<IReadOnlyList<Judged>> RunAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var clock = new SteppedClock(TimeProvider.System.GetUtcNow());
        var end = clock.GetUtcNow() + Length;
        var restart = clock.GetUtcNow() + RestartAfter;
        await using var origin = await EtiquetteOrigin.StartAsync(clock, cancellationToken);
        var folder = DataFolder.Passing("etiquette");
        try
        {
            await PollUntilAsync(restart, settings, folder.FullName, origin, clock, cancellationToken);
            await PollUntilAsync(end, settings, folder.FullName, origin, clock, cancellationToken);
            return EtiquetteChecks.Judge(origin, restart, end);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PollUntilAsync(DateTimeOffset end, IReadOnlyList<string> settings, string folder, EtiquetteOrigin origin, SteppedClock clock, CancellationToken cancellationToken)
    {
        var configuration = Settings.Read(settings, new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = folder,
            ["Polling:HostSpacing"] = "0s", // the clock is stepped: a second between two requests would stand still
            ["Serilog:Console"] = "none",
        });
        using var host = WatchHost.Build(configuration, new WatchMode { Once = true }, services => services.AddSingleton<TimeProvider>(clock));
        host.Services.GetRequiredService<AddressGuard>().AllowOwn(origin.Endpoint);
        var feeds = EtiquetteOrigin.Paths.Select(p => new ListedFeed(new Uri(origin.Address, p), p)).ToList();
        await host.Services.GetRequiredService<FeedCatalog>().ReplaceAsync(feeds, cancellationToken);
        await host.StartAsync(cancellationToken);
        var dispatcher = host.Services.GetRequiredService<PollDispatcher>();
        while (clock.GetUtcNow() < end)
        {
            await dispatcher.PollDueAsync(cancellationToken);
            clock.Advance(Step);
        }

        await host.StopAsync(CancellationToken.None);
    }
}
