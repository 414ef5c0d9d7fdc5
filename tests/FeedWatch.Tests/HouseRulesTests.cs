using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FeedWatch.Chat;
using FeedWatch.Contracts;
using FeedWatch.Detection;
using FeedWatch.Hosting;

namespace FeedWatch.Tests;

/// <summary>Keeps the house as the design draws it. A rule that stands in the way is changed here, in the open, with its reason.</summary>
public sealed partial class HouseRulesTests
{
    private const int LongestFile = 350;
    private const int MostParameters = 6;
    private const int MostFilesInARoom = 8;

    /// <summary>Left to right; a room uses only rooms to its left.</summary>
    private static readonly string[] Rooms = ["Health", "Storage", "Sources", "Fetching", "Parsing", "Seen", "Detecting", "Reports", "Incidents", "Publishing", "Polling", "Hosting", "Demo", "Commands"];

    private static readonly Assembly[] Assemblies = [typeof(FeedWatchEvent).Assembly, typeof(TakedownDetector).Assembly, typeof(ChatOptions).Assembly, typeof(ExitCode).Assembly];

    [Fact]
    public void Every_folder_of_the_service_is_a_room()
    {
        var folders = Directory.GetDirectories(Path.Combine(Source(), "FeedWatch")).Select(d => Path.GetFileName(d)).Except(["bin", "obj"]);

        Assert.Equal(Rooms.Order(), folders.Order());
    }

    [Fact]
    public void A_room_uses_only_rooms_to_its_left()
    {
        var wrong =
            from file in Files("FeedWatch")
            let room = Array.IndexOf(Rooms, Path.GetRelativePath(Path.Combine(Source(), "FeedWatch"), file.Path).Split(Path.DirectorySeparatorChar)[0])
            where room >= 0
            from Match use in RoomUsed().Matches(file.Text)
            where Array.IndexOf(Rooms, use.Groups["room"].Value) > room
            select $"{Rooms[room]} uses {use.Groups["room"].Value} ({Path.GetFileName(file.Path)})";

        Assert.Empty(wrong);
    }

    [Fact]
    public void A_room_has_no_more_than_eight_files()
    {
        var full = Rooms.Select(r => Path.Combine(Source(), "FeedWatch", r))
            .SelectMany(r => Directory.GetDirectories(r).Append(r))
            .Where(r => Directory.GetFiles(r, "*.cs").Length > MostFilesInARoom);

        Assert.Empty(full);
    }

    [Fact]
    public void No_file_is_too_long_to_read()
    {
        var long_ = Files("").Where(f => f.Text.Count(c => c == '\n') > LongestFile).Select(f => f.Path);

        Assert.Empty(long_);
    }

    [Fact]
    public void No_name_says_nothing()
    {
        var names = Files("").Select(f => Path.GetFileNameWithoutExtension(f.Path)).Where(n => EmptyName().IsMatch(n));

        Assert.Empty(names);
    }

    [Fact]
    public void No_constructor_takes_more_than_six_parameters()
    {
        var wide =
            from type in Assemblies.SelectMany(a => a.GetTypes())
            where type.IsClass && !IsRecord(type) && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            from constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where constructor.GetParameters().Length > MostParameters
            select type.FullName;

        Assert.Empty(wide);
    }

    [Fact]
    public void Contracts_and_detection_reference_nothing_of_the_house()
    {
        Assert.All(References(typeof(FeedWatchEvent).Assembly), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.All(References(typeof(TakedownDetector).Assembly).Where(n => n != "YamlDotNet"), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Chat_knows_only_the_contracts()
    {
        Assert.Equal(["FeedWatch.Contracts"], References(typeof(ChatOptions).Assembly).Where(n => n.StartsWith("FeedWatch", StringComparison.Ordinal) || n == "feedwatch"));
    }

    [Fact]
    public void Only_publishing_and_chat_know_the_bus()
    {
        var others = Files("").Where(f => f.Text.Contains("using MassTransit;", StringComparison.Ordinal) && !f.Path.Contains("Publishing", StringComparison.Ordinal) && !f.Path.Contains("FeedWatch.Chat", StringComparison.Ordinal)).Select(f => f.Path);

        Assert.Empty(others);
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(r => r.Name!).Where(n => n is not "netstandard");

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static IEnumerable<(string Path, string Text)> Files(string below) =>
        Directory.EnumerateFiles(Path.Combine(Source(), below), "*.cs", SearchOption.AllDirectories)
            .Where(p => !p.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(p => (p, File.ReadAllText(p)));

    private static string Source([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src"));

    [GeneratedRegex(@"using (static )?FeedWatch\.(?<room>\w+);", RegexOptions.ExplicitCapture)]
    private static partial Regex RoomUsed();

    [GeneratedRegex("(Manager|Helper|Utils?|Misc|Common|Impl|Wrapper)s?$")]
    private static partial Regex EmptyName();
}
