using System.Runtime.CompilerServices;
using FeedWatch.Detection;

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
    public static TakedownDetector BuiltIn { get; } = TakedownDetector.BuiltIn();
}
