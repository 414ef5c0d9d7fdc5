using FeedWatch.EndToEnd.Services;
using FeedWatch.Tests.Testing;
using Npgsql;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>Several bots on one queue with one store on PostgreSQL, one of which dies now and then.</summary>
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

            await bots[0].WaitForAsync(_ => Toll.Of(farm, ToldEvent.In(crashing.Told)).Lost.Count == 0, TimeSpan.FromMinutes(2));
            var toll = Toll.Of(farm, ToldEvent.In(crashing.Told));

            Assert.True(toll.IsNone, toll.ToString());
            Assert.InRange(posters.Count, Kills / 2, Kills);
            TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {posters.Count} bots posted, {ToldEvent.In(crashing.Told).Count} lines");
        }
        finally
        {
            foreach (var bot in bots) await bot.DisposeAsync();
        }
    }

    private FeedWatchProcess Start(CrashingService crashing, string name) =>
        crashing.StartBot(name, "--Chat:Store:Provider=Postgres", $"--Chat:Store:ConnectionString={database}", "--Chat:Store:Lease=2s");

    /// <summary>The process that posts to the channel at this moment; null where the one before has died.</summary>
    private int? Poster()
    {
        using var connection = new NpgsqlConnection(database);
        connection.Open();
        using var command = new NpgsqlCommand("select holder from feedwatch_chat.lease where until > clock_timestamp()", connection);
        return command.ExecuteScalar() is string holder ? int.Parse(holder.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
