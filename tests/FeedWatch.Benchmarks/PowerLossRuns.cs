using System.Globalization;
using FeedWatch.EndToEnd.Crashing;

namespace FeedWatch.Benchmarks;

/// <summary><c>-- powerloss [CUTS]</c>: the files of a running service with their logs cut at the end of every frame, a byte before and behind it, and at so many random bytes.</summary>
internal static class PowerLossRuns
{
    private const int Hits = 8;
    private const int Restarts = 40;

    public static async Task<int> RunAsync(int cuts)
    {
        await using var farm = await HitFarm.StartAsync();
        using var folder = new ScratchFolder();
        using var power = await PowerLoss.OfRunningServiceAsync(farm, folder.Path, Hits);
        var random = new Random(7);

        var flaws = Try("feedwatch.db", power.Service, power.FlawOfService) + Try("chat.db", power.Chat, power.FlawOfChat);
        for (var i = 0; i < Restarts; i++)
        {
            var at = power.Service.Length / Restarts * i;
            var again = await power.ToldAgainAsync(at);
            foreach (var line in again) Say($"restarted on {at} bytes: {line}");
            flaws += again.Count;
        }

        Say($"{Restarts} restarts on a cut log beside the ledger as it was; flaws in all: {flaws}");
        return flaws == 0 ? 0 : 1;

        int Try(string name, CutLog log, Func<int, string?> flawAt)
        {
            var ends = log.FrameEnds.ToList();
            var found = 0;
            foreach (var at in ends.Concat(Enumerable.Range(0, cuts).Select(_ => random.Next(log.Length + 1))))
            {
                if (flawAt(at) is not { } flaw) continue;
                found++;
                Say($"{name} with {at} bytes of its log: {flaw}");
            }

            Say($"{name}: log of {log.Length} bytes, {ends.Count} cuts at {(ends.Count + 1) / 3} frame ends and {cuts} at random bytes, {found} flaws");
            return found;
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
