namespace FeedWatch.EndToEnd.Crashing;

/// <summary>A power cut leaves the beginning of a log. <c>FeedWatch.Benchmarks -- powerloss</c> tries every frame and ten thousand bytes.</summary>
public sealed class PowerLossTests : IDisposable
{
    private const int Bytes = 300;
    private const int EveryNthFrame = 5;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-power-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Files_whose_logs_end_anywhere_hold_a_past_that_was_and_what_is_missing_comes_again_under_the_same_ids()
    {
        await using var farm = await HitFarm.StartAsync();
        using var power = await PowerLoss.OfRunningServiceAsync(farm, folder, hits: 3);
        var random = new Random(20261129);

        var flaws = Cuts(power.Service, random).Select(at => (at, Flaw: power.FlawOfService(at))).Concat(Cuts(power.Chat, random).Select(at => (at, Flaw: power.FlawOfChat(at))));
        Assert.DoesNotContain(flaws, f => f.Flaw is not null);

        foreach (var share in new[] { 0, 0.5, 0.8, 0.95 }) Assert.Empty(await power.ToldAgainAsync((int)(power.Service.Length * share)));
    }

    private static IEnumerable<int> Cuts(CutLog log, Random random) =>
        log.FrameEnds.Where((_, i) => i / 3 % EveryNthFrame == 0).Concat(Enumerable.Range(0, Bytes).Select(_ => random.Next(log.Length + 1)));
}
