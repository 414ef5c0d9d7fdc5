using System.Diagnostics;
using System.Globalization;
using FeedWatch.EndToEnd;
using FeedWatch.EndToEnd.Crashing;
using FeedWatch.EndToEnd.Services;

namespace FeedWatch.Benchmarks;

/// <summary>
/// <c>-- crash RUNS</c>: so many deaths of service, bot and broker over feeds in which hits are planted, and what they cost. A third of them
/// with RabbitMQ, where it is installed. Each run goes on with the data of the one before; after some the rest is told and counted.
/// </summary>
internal sealed class CrashRuns
{
    private const int RunsOfASeries = 24;
    private const int LongestLife = 400; // ms from the first request to the kill; most of what a poll does lies there
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Random random = new(7);
    private readonly SortedDictionary<string, Cost> costs = new(StringComparer.Ordinal);
    private int done;

    public static async Task<int> RunAsync(int runs)
    {
        var all = new CrashRuns();
        var began = Stopwatch.GetTimestamp();
        var embedded = RabbitNode.IsInstalled ? runs - (runs / 3) : runs;
        for (var left = embedded; left > 0; left -= RunsOfASeries) await all.EmbeddedAsync(Math.Min(left, RunsOfASeries));
        if (embedded < runs) await all.WithRabbitAsync(runs - embedded);

        Say($"| fault | runs | lost | repeated |");
        Say($"|---|---:|---:|---:|");
        foreach (var (fault, cost) in all.costs) Say($"| {fault} | {cost.Runs} | {cost.Lost} | {cost.Repeated} |");
        Say($"| **all** | {all.costs.Values.Sum(c => c.Runs)} | {all.costs.Values.Sum(c => c.Lost)} | {all.costs.Values.Sum(c => c.Repeated)} |");
        Say($"in {Stopwatch.GetElapsedTime(began).TotalMinutes:0.0} min");
        return all.costs.Values.Sum(c => c.Lost + c.Repeated) == 0 ? 0 : 1;
    }

    private async Task EmbeddedAsync(int runs)
    {
        await using var farm = await HitFarm.StartAsync();
        using var folder = new ScratchFolder();
        var service = new CrashingService(farm, folder.Path);
        var series = new List<string>();
        for (var i = 0; i < runs; i++, done++)
        {
            if (done % 2 == 0) series.Add(await KilledAsync(service));
            else series.Add(await DiedAsync(FaultPoints.OfService[done / 2 % FaultPoints.OfService.Length], service.DieAtAsync));
        }

        await service.FinishAsync();
        Count(farm, series, service);
        var ids = ToldEvent.In(service.Told).Select(e => e.Id).ToHashSet();
        var other = (await service.UndisturbedAsync()).Where(e => e.Link is { } link && farm.Planted.Contains(link) && !ids.Contains(e.Id)).ToList();
        foreach (var e in other) Say($"under another id than undisturbed: {e.Line}");
        if (other.Count > 0) CostOf(series[^1]).Repeated += other.Count;
    }

    private async Task WithRabbitAsync(int runs)
    {
        await using var rabbit = await RabbitNode.StartAsync();
        await using var farm = await HitFarm.StartAsync();
        using var folder = new ScratchFolder();
        var pair = new CrashingService(farm, folder.Path, rabbit.Settings);
        var series = new List<string>();
        var (bots, publishers) = (runs / 3, runs / 3);
        await using (var service = pair.Start())
        {
            for (var i = 0; i < bots; i++)
            {
                var point = FaultPoints.OfBot[i % FaultPoints.OfBot.Length];
                await using var doomed = i % 3 == 0 ? pair.StartBot() : pair.StartDoomedBot(point);
                var before = ToldEvent.In(pair.Told).Count;
                farm.Plant();
                if (i % 3 == 0)
                {
                    await doomed.WaitForAsync(_ => ToldEvent.In(pair.Told).Count > before);
                    await Task.Delay(random.Next(LongestLife));
                    await doomed.KillAsync();
                    series.Add("bot: kill -9 at random");
                }
                else
                {
                    series.Add(await DiedAsync($"bot: {point}", async _ => await doomed.EndedAsync() == FeedWatchProcess.Killed));
                }
            }

            await service.KillAsync();
        }

        await using var bot = pair.StartBot();
        for (var i = 0; i < publishers; i++)
        {
            if (i % 2 == 0) series.Add($"RabbitMQ, {await KilledAsync(pair)}");
            else series.Add(await DiedAsync($"RabbitMQ, {FaultPoints.OfPublisher[i / 2 % FaultPoints.OfPublisher.Length]}", _ => pair.DieAtAsync(FaultPoints.OfPublisher[i / 2 % FaultPoints.OfPublisher.Length])));
        }

        await using (var service = pair.Start())
        {
            var faults = new BrokerFaults(farm, rabbit, service).All;
            for (var i = bots + publishers; i < runs; i++)
            {
                var (fault, befall) = faults.ElementAt(i % faults.Count);
                await befall();
                await ToldAsync(farm, pair, bot);
                series.Add(fault);
            }
        }

        await ToldAsync(farm, pair, bot);
        Count(farm, series, pair);
    }

    private async Task<string> KilledAsync(CrashingService service)
    {
        var fromFirstRequest = random.Next(4) > 0;
        await service.KillAfterAsync(TimeSpan.FromMilliseconds(random.Next(LongestLife * (fromFirstRequest ? 1 : 4))), fromFirstRequest);
        return "kill -9 at random";
    }

    private static async Task<string> DiedAsync(string point, Func<string, Task<bool>> die) =>
        await die(point) ? point : throw new InvalidOperationException($"It never came to {point}.");

    /// <summary>Waits until all of it is told, or for so long that it counts as lost.</summary>
    private static async Task ToldAsync(HitFarm farm, CrashingService pair, FeedWatchProcess bot)
    {
        try
        {
            await bot.WaitForAsync(_ => Toll.Of(farm, ToldEvent.In(pair.Told)).Lost.Count == 0, Patience);
        }
        catch (InvalidOperationException ex)
        {
            Say($"{Toll.Of(farm, ToldEvent.In(pair.Told))}\n{ex.Message}");
        }
    }

    /// <summary>To each run the hit that was planted in it.</summary>
    private void Count(HitFarm farm, List<string> series, CrashingService service)
    {
        var told = ToldEvent.In(service.Told);
        var toll = Toll.Of(farm, told);
        if (!toll.IsNone) Say($"{toll}");
        for (var i = 0; i < series.Count; i++)
        {
            var cost = CostOf(series[i]);
            cost.Runs++;
            var own = Toll.Of(farm, [farm.Planted[i]], [.. told.Where(e => e.Link == farm.Planted[i])], withCase: false);
            cost.Lost += own.Lost.Count;
            cost.Repeated += own.Repeated.Count;
            toll = new Toll([.. toll.Lost.Except(own.Lost)], [.. toll.Repeated.Except(own.Repeated)]);
        }

        CostOf(series[^1]).Lost += toll.Lost.Count; // of the case that grows through all of them
        CostOf(series[^1]).Repeated += toll.Repeated.Count;
        Say($"{costs.Values.Sum(c => c.Runs)} runs, lost {costs.Values.Sum(c => c.Lost)}, repeated {costs.Values.Sum(c => c.Repeated)}");
    }

    private Cost CostOf(string fault) => costs.TryGetValue(fault, out var cost) ? cost : costs[fault] = new Cost();

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed class Cost
    {
        public int Runs { get; set; }
        public int Lost { get; set; }
        public int Repeated { get; set; }
    }
}

/// <summary>A folder that goes when it is no longer needed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public DirectoryInfo Path { get; } = Directory.CreateTempSubdirectory("feedwatch-runs-");

    public void Dispose() => Path.Delete(recursive: true);
}
