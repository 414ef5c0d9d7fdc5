using System.Runtime.CompilerServices;

namespace FeedWatch.Tests;

/// <summary>
/// Compares what others read with a reviewed file, <c>Approved/NAME</c> beside the test. A difference leaves
/// <c>NAME.received.txt</c> there; rename it over the approved file to accept it.
/// </summary>
internal static class Approved
{
    public static void Matches(string received, string name, [CallerFilePath] string test = "") =>
        MatchesFile(received, Path.Combine(Path.GetDirectoryName(test)!, "Approved", name));

    /// <summary>For an approved file that has its place elsewhere.</summary>
    public static void MatchesFile(string received, string approved)
    {
        var beside = Path.ChangeExtension(approved, ".received.txt");
        var text = received.ReplaceLineEndings("\n");
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == text)
        {
            File.Delete(beside);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
        File.WriteAllText(beside, text);
        Assert.Fail($"{Path.GetFileName(approved)} differs from what was approved; compare it with {beside}:\n{text}");
    }
}
