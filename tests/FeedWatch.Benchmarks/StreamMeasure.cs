using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FeedWatch.Detection;

namespace FeedWatch.Benchmarks;

/// <summary>
/// <c>-- stream FILE.jsonl[.gz]</c>: the detector over many real items that hold no takedown: alerts (all are false), CPU time,
/// and the speed on text without hits, which is never scanned. One thread; JSON is read before the clock starts.
/// </summary>
internal static class StreamMeasure
{
    private const int Rounds = 5;
    private const int CleanRounds = 20;

    public static void Run(string path)
    {
        var articles = Lines(path).Select(l => JsonSerializer.Deserialize<Item>(l, JsonSerializerOptions.Web)!).Select(i => new ArticleText(i.Title ?? "", i.Summary ?? "", i.Content ?? "")).ToList();
        var detector = TakedownDetector.BuiltIn();
        for (var round = 0; round < Rounds; round++) // until the compiler has done with it
        {
            foreach (var article in articles) detector.Examine(article);
        }

        var began = Environment.CpuUsage.TotalTime;
        var verdicts = articles.Select(detector.Examine).ToList();
        var whole = Environment.CpuUsage.TotalTime - began;

        var clean = articles.Where(a => !detector.IsWorthReading(a)).ToList();
        var bytes = clean.Sum(a => (long)Encoding.UTF8.GetByteCount(a.Title) + Encoding.UTF8.GetByteCount(a.Summary) + Encoding.UTF8.GetByteCount(a.Content));
        var quiet = TimeSpan.MaxValue; // the best round: the others have shared the processor's caches with somebody
        for (var round = 0; round < CleanRounds; round++)
        {
            began = Environment.CpuUsage.TotalTime;
            foreach (var article in clean) detector.Examine(article);
            if (Environment.CpuUsage.TotalTime - began is var took && took < quiet) quiet = took;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{articles.Count} items, {verdicts.Count(v => v.Alert)} alerts, {verdicts.Count(v => v.Undecided)} undecided, {articles.Count - clean.Count} worth reading"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"whole stream {whole.TotalSeconds:0.000} s CPU; text without hits {bytes / 1e6 / quiet.TotalSeconds:0} MB/s"));
        foreach (var (article, verdict) in articles.Zip(verdicts).Where(p => p.Second.Alert)) Console.WriteLine($"{verdict.Label} {verdict.Score:0.00} {article.Title}");
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private sealed record Item(string? Title, string? Summary, string? Content);
}
