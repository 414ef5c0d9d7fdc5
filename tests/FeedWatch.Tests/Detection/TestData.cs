using System.Runtime.CompilerServices;
using FeedWatch.Detection;
using FeedWatch.Detection.Lexicons;

namespace FeedWatch.Tests.Detection;

/// <summary>Files that lie beside these tests.</summary>
internal static class TestData
{
    private static readonly string Folder = HereIs();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name)).ReplaceLineEndings("\n");

    public static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(Path.Combine(Folder, folder), pattern).Order(StringComparer.Ordinal);

    private static string HereIs([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>The built-in detector, made once: it never changes.</summary>
internal static class Detectors
{
    private const string EntryStart = "  - name: ";

    public static TakedownDetector BuiltIn { get; } = TakedownDetector.BuiltIn();

    /// <summary>The names of networks.yaml.</summary>
    public static IReadOnlyList<string> NetworkNames { get; } = [.. NetworkLines().Where(line => line.StartsWith(EntryStart, StringComparison.Ordinal)).Select(line => line[EntryStart.Length..])];

    /// <summary>A detector that was never told of one of the networks.</summary>
    public static TakedownDetector Without(string network)
    {
        var isThere = true;
        var lines = NetworkLines().Where(line =>
        {
            if (line.StartsWith(EntryStart, StringComparison.Ordinal))
                isThere = line != EntryStart + network;
            return isThere;
        });
        var changed = LexiconFile.Parse("networks.yaml", string.Join('\n', lines));
        return TakedownDetector.Over([.. LexiconSources.BuiltIn().Where(file => file.Name != changed.Name), changed]);
    }

    private static string[] NetworkLines()
    {
        using var reader = new StreamReader(typeof(TakedownDetector).Assembly.GetManifestResourceStream("networks.yaml")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }
}

/// <summary>The labelled articles that the project's authors wrote.</summary>
internal static class Corpus
{
    public static IReadOnlyList<CorpusItem> Own { get; } = [.. TestData.Files("Corpus", "*.jsonl").SelectMany(CorpusItem.Read)];

    /// <summary>The labelled articles of an author who knew nothing of the detector.</summary>
    public static IReadOnlyList<CorpusItem> Unseen { get; } = [.. TestData.Files("Unseen", "*.jsonl").SelectMany(CorpusItem.Read)];

    /// <summary>Short reports that name no network, and what looks like them; those of words.jsonl are fitted to, those of reports.jsonl are not.</summary>
    public static IReadOnlyList<CorpusItem> Nameless { get; } = [.. TestData.Files("Nameless", "*.jsonl").SelectMany(CorpusItem.Read)];

    /// <summary>Reports that name no network, of the day it fell and of later ones.</summary>
    public static IReadOnlyList<CorpusItem> Aged { get; } = [.. TestData.Files("Aged", "*.jsonl").SelectMany(CorpusItem.Read)];

    /// <summary>News of the day that shares words with ours: code-breakers, princesses, crime apps, stolen phones. None is an event.</summary>
    public static IReadOnlyList<CorpusItem> LookAlikes { get; } = [.. TestData.Files("LookAlikes", "*.jsonl").SelectMany(CorpusItem.Read)];
}
