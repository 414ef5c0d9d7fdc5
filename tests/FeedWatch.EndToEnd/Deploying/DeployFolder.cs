using System.Runtime.CompilerServices;

namespace FeedWatch.EndToEnd.Deploying;

/// <summary>The repository's <c>deploy</c>.</summary>
internal static class DeployFolder
{
    public static string Path { get; } = Here();

    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, folder), "*", SearchOption.AllDirectories).Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)));

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "..", "..", "..", "deploy"));
}
