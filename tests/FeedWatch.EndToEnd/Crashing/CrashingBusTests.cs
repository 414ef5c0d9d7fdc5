using FeedWatch.EndToEnd.Services;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>The same with RabbitMQ between the service and a bot: either of them dies, or the broker does.</summary>
public sealed class CrashingBusTests(RabbitServer rabbit) : IClassFixture<RabbitServer>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-crash-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_service_or_a_bot_that_dies_loses_nothing_and_tells_nothing_twice()
    {
        await using var farm = await HitFarm.StartAsync();
        var pair = new CrashingService(farm, folder, rabbit.Node.Settings);
        var missed = new List<string>();

        await using (var service = pair.Start())
        {
            foreach (var point in FaultPoints.OfBot)
            {
                await using var doomed = pair.StartDoomedBot(point);
                farm.Plant();
                if (await doomed.EndedAsync() != FeedWatchProcess.Killed) missed.Add(point);
            }

            await service.KillAsync();
        }

        await using var bot = pair.StartBot();
        foreach (var point in FaultPoints.OfPublisher)
        {
            if (!await pair.DieAtAsync(point)) missed.Add(point);
        }

        await pair.FinishAsync();

        Assert.Empty(missed);
        await AssertNoTollAsync(farm, pair, bot);
    }

    [Fact]
    public async Task A_broker_that_dies_hangs_fills_its_disk_or_loses_its_queues_loses_nothing_and_tells_nothing_twice()
    {
        await using var farm = await HitFarm.StartAsync();
        var pair = new CrashingService(farm, folder, rabbit.Node.Settings);
        await using var service = pair.Start();
        await using var bot = pair.StartBot();
        farm.Plant();
        await AssertNoTollAsync(farm, pair, bot);

        foreach (var (fault, befall) in new BrokerFaults(farm, rabbit.Node, service).All)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(fault);
            await befall();
            try
            {
                await AssertNoTollAsync(farm, pair, bot);
            }
            catch (InvalidOperationException)
            {
                foreach (var line in service.Log.Concat(bot.Log)) TestContext.Current.TestOutputHelper.WriteLine(line);
                TestContext.Current.TestOutputHelper.WriteLine(Toll.Of(farm, ToldEvent.In(pair.Told)).ToString());
                throw;
            }
        }
    }

    private static async Task AssertNoTollAsync(HitFarm farm, CrashingService pair, FeedWatchProcess bot)
    {
        await bot.WaitForAsync(_ => Toll.Of(farm, ToldEvent.In(pair.Told)).Lost.Count == 0, patience: TimeSpan.FromMinutes(5)); // a lost queue is given a minute, and RabbitMQ itself waits for another
        var toll = Toll.Of(farm, ToldEvent.In(pair.Told));
        Assert.True(toll.IsNone, toll.ToString());
    }
}
