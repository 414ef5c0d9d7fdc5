using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Dapper;
using FeedWatch.Contracts;
using Microsoft.Data.Sqlite;

namespace FeedWatch.EndToEnd.Crashing;

/// <summary>Nothing lost and nothing told twice, whenever the service dies. <c>FeedWatch.Benchmarks -- crash</c> does the same for hours.</summary>
public sealed partial class CrashTests : IDisposable
{
    private const int RandomKills = 12;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-crash-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_fault_point_of_the_source_is_tried()
    {
        var source = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "src"));

        var points = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).SelectMany(f => Point().Matches(File.ReadAllText(f))).Select(m => m.Groups["name"].Value);

        Assert.Equal(FaultPoints.All.Order(), points.Order());
    }

    [Fact]
    public async Task A_service_that_dies_between_any_two_steps_loses_nothing_and_tells_nothing_twice()
    {
        await using var farm = await HitFarm.StartAsync();
        var service = new CrashingService(farm, folder);

        var missed = new List<string>();
        foreach (var point in FaultPoints.OfService)
        {
            if (!await service.DieAtAsync(point)) missed.Add(point);
        }

        await service.FinishAsync();

        Assert.Empty(missed);
        await AssertNoTollAsync(farm, service);
    }

    [Fact]
    public async Task A_service_that_is_killed_at_any_moment_loses_nothing_and_tells_nothing_twice()
    {
        await using var farm = await HitFarm.StartAsync();
        var service = new CrashingService(farm, folder);
        var random = new Random(20261129);

        for (var i = 0; i < RandomKills; i++) await service.KillAfterAsync(TimeSpan.FromMilliseconds(random.Next(400)), fromFirstRequest: i % 4 > 0);
        await service.FinishAsync();

        await AssertNoTollAsync(farm, service);
    }

    [Theory]
    [InlineData("intent-stored", 0)]
    [InlineData("sent", 1)]
    public async Task Where_nobody_can_look_the_one_post_after_a_crash_in_the_gap_is_marked_and_counted(string point, int lines)
    {
        await using var farm = await HitFarm.StartAsync();
        string[] arguments = ["run", "--once", "--json", "--feeds", farm.ListIn(folder.FullName), "--data", folder.FullName, "--Fetching:AllowedNetworks:0=127.0.0.0/8", "--Polling:PerHost=8", "--Polling:HostSpacing=0s"];
        await using var doomed = FeedWatchProcess.StartDoomed(point, arguments);
        Assert.Equal(FeedWatchProcess.Killed, await doomed.EndedAsync());

        var second = await FeedWatchProcess.RunAsync(arguments);
        var third = await FeedWatchProcess.RunAsync(arguments);

        Assert.Equal(lines, doomed.Output.Count);
        Assert.EndsWith(",\"possiblyRepeated\":true}", Assert.Single(second.Output), StringComparison.Ordinal);
        Assert.Empty(third.Output);
        using var ledger = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "chat.db")};Pooling=False");
        Assert.Equal(1, ledger.ExecuteScalar<int>("select count(*) from delivery where state = 'sent' and reason = 'possibly repeated'"));
    }

    private static async Task AssertNoTollAsync(HitFarm farm, CrashingService service)
    {
        var told = ToldEvent.In(service.Told);
        var toll = Toll.Of(farm, told);
        Assert.True(toll.IsNone, toll.ToString());
        Assert.Equal(FirstReports(await service.UndisturbedAsync()), FirstReports(told));
    }

    /// <summary>By what an article is known and its incident announced, whatever came between.</summary>
    private static IEnumerable<string> FirstReports(IReadOnlyList<ToldEvent> told) =>
        told.Where(e => e.Type is EventTypes.ArticleMatched || (e.Type is EventTypes.IncidentDetected && e.Link!.AbsolutePath.StartsWith("/takedown/", StringComparison.Ordinal)))
            .Select(e => $"{e.Type} {e.Link} {e.Id}").Order(StringComparer.Ordinal);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("""FaultPoint\.Pass\("(?<name>[^"]+)"\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Point();
}
