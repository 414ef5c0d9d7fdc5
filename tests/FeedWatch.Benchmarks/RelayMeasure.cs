using System.Diagnostics;
using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Hosting;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Tests.Chat;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Benchmarks;

/// <summary><c>-- relay [EVENTS]</c>: how long the service takes to bring a full outbox to a private RabbitMQ: each event confirmed, in a quorum queue, marked as sent.</summary>
internal static class RelayMeasure
{
    private const int Rounds = 3;
    private const int PerTransaction = 500;

    public static async Task<int> RunAsync(int events)
    {
        if (!RabbitNode.IsInstalled)
        {
            Say($"RabbitMQ is not installed (apt-get install rabbitmq-server).");
            return 2;
        }

        await using var rabbit = await RabbitNode.StartAsync();
        using var folder = new ScratchFolder();
        var settings = new Dictionary<string, string?> { ["Storage:DataFolder"] = folder.Path.FullName, ["Serilog:Console"] = "none" };
        foreach (var setting in rabbit.Settings.Select(s => s.TrimStart('-').Split('=', 2))) settings[setting[0]] = setting[1];
        using var host = WatchHost.Build(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new WatchMode { Once = true });
        var (database, outbox) = (host.Services.GetRequiredService<Database>(), host.Services.GetRequiredService<Outbox>());
        await FillAsync(database, outbox, "warm-up", PerTransaction);
        await host.StartAsync();
        var relay = host.Services.GetRequiredService<OutboxRelay>();
        await relay.DrainAsync(TimeSpan.FromMinutes(1), default);

        for (var round = 0; round < Rounds; round++)
        {
            var (began, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await FillAsync(database, outbox, $"round {round}", events);
            var left = await relay.DrainAsync(TimeSpan.FromMinutes(5), default);
            var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Say($"{events - left} events decided, published, confirmed and marked in {took:0.00} s: {(events - left) / took:#,0} a second; CPU of the service {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0} s; {left} left");
        }

        await host.StopAsync();
        return 0;
    }

    private static async Task FillAsync(Database database, Outbox outbox, string name, int events)
    {
        var sample = AnEvent.Detected();
        foreach (var some in Enumerable.Range(0, events).Chunk(PerTransaction))
        {
            var batch = some.Select(n => sample with { Id = NameUuid.Of("relay", $"{name} event {n}"), IncidentId = NameUuid.Of("relay", $"{name} incident {n}") }).ToList<FeedWatchEvent>();
            await database.WriteAsync(session => outbox.AddAsync(session, batch), default);
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
