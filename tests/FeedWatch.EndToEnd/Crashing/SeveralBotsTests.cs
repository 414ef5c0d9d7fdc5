using FeedWatch.Contracts;
using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;
using Npgsql;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>Several bots on one queue with one store on PostgreSQL, one of which dies or is cut off from it.</summary>
[Collection(PostgresTests.Name)]
public sealed class SeveralBotsTests(RabbitServer rabbit, PostgresServer postgres) : IClassFixture<RabbitServer>, IDisposable
{
    private const int Kills = 12;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2); // in which an article comes from its feed to the channel

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-bots-");
    private readonly string database = postgres.NewConnectionString();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Two_that_are_killed_again_and_again_lose_nothing_and_tell_nothing_twice()
    {
        await using var farm = await HitFarm.StartAsync();
        var crashing = new CrashingService(farm, folder, rabbit.Node.Settings);
        await using var service = crashing.Start();
        var bots = new[] { Start(crashing, "one"), Start(crashing, "other") };
        var posters = new HashSet<int>();
        try
        {
            farm.Plant();
            await bots[0].WaitForAsync(_ => Toll.Of(farm, ToldEvent.In(crashing.Told)).Lost.Count == 0);
            for (var kill = 0; kill < Kills; kill++)
            {
                farm.Plant();
                var victim = Random.Shared.Next(2);
                if (kill % 3 > 0) // else it may be one that starts
                {
                    int? poster = null;
                    await bots[0].WaitForAsync(_ => bots.Any(b => b.Id == (poster = Poster()))); // not the one before, whose lease goes on
                    victim = bots[1].Id == poster ? 1 : 0;
                    posters.Add(poster!.Value);
                }

                await Task.Delay(LongestDelay * Random.Shared.NextDouble(), TestContext.Current.CancellationToken);
                await bots[victim].KillAsync();
                await bots[victim].DisposeAsync();
                bots[victim] = Start(crashing, victim == 0 ? "one" : "other");
            }

            await AssertNoTollAsync(farm, crashing, bots[0]);
            Assert.InRange(posters.Count, Kills / 2, Kills);
            TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {posters.Count} bots posted, {ToldEvent.In(crashing.Told).Count} lines");
        }
        finally
        {
            foreach (var bot in bots) await bot.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_that_is_cut_off_from_their_store_leaves_what_comes_to_the_other_and_takes_its_turn_again_afterwards()
    {
        await using var farm = await HitFarm.StartAsync();
        await using var cable = new Cable(new NpgsqlConnectionStringBuilder(database).Port);
        var crashing = new CrashingService(farm, folder, rabbit.Node.Settings);
        await using var service = crashing.Start();
        await using var cutOff = Start(crashing, "one", new NpgsqlConnectionStringBuilder(database) { Port = cable.Port }.ConnectionString);
        await AssertNoTollAsync(farm, crashing, cutOff); // it is the one that receives
        await using var other = Start(crashing, "other");
        await other.WaitForAsync(b => b.Log.Any(l => l.Contains("The bot takes alerts", StringComparison.Ordinal)));

        await cable.CutAsync();
        for (var i = 0; i < 40; i++) farm.Plant(); // more than a bot is given at once
        await AssertNoTollAsync(farm, crashing, other);
        cable.Mend();
        await cutOff.WaitForAsync(b => b.Log.Any(l => l.Contains("taken from the queue feedwatch.chat again", StringComparison.Ordinal)));
        await other.KillAsync();
        farm.Plant();
        await AssertNoTollAsync(farm, crashing, cutOff);

        var incidents = ToldEvent.In(crashing.Told).Select(e => EventJson.Deserialize(e.Line)).OfType<IncidentEvent>().GroupBy(e => e.IncidentId);
        Assert.All(incidents, told => Assert.Equal(told.OrderBy(e => e.Sequence), told));
        Assert.Single(cutOff.Log, l => l.Contains("Nothing can be written to PostgreSQL database", StringComparison.Ordinal));
        Assert.Single(cutOff.Log, l => l.Contains("The queue feedwatch.chat is let go", StringComparison.Ordinal));
        Assert.Single(cutOff.Log, l => l.Contains("\"@l\":\"Error\"", StringComparison.Ordinal));
        Assert.DoesNotContain(cutOff.Log, l => l.Contains("were in the archive", StringComparison.Ordinal));
    }

    private static async Task AssertNoTollAsync(HitFarm farm, CrashingService crashing, FeedWatchProcess bot)
    {
        await bot.WaitForAsync(_ => Toll.Of(farm, ToldEvent.In(crashing.Told)).Lost.Count == 0, TimeSpan.FromMinutes(2));
        var toll = Toll.Of(farm, ToldEvent.In(crashing.Told));
        Assert.True(toll.IsNone, toll.ToString());
    }

    private FeedWatchProcess Start(CrashingService crashing, string name) => Start(crashing, name, database);

    private static FeedWatchProcess Start(CrashingService crashing, string name, string store) =>
        crashing.StartBot(name, "--Chat:Store:Provider=Postgres", $"--Chat:Store:ConnectionString={store}", "--Chat:Store:Lease=2s");

    /// <summary>The process that posts to the channel at this moment; null where the one before has died.</summary>
    private int? Poster()
    {
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        using var command = new NpgsqlCommand("select holder from feedwatch_chat.lease where until > clock_timestamp()", connection);
        return command.ExecuteScalar() is string holder ? int.Parse(holder.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
