using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Encodings.Web;
using System.Text.Json;
using FeedWatch.Hosting;
using FeedWatch.Hosting.Effective;

namespace FeedWatch.Commands.Configuring;

/// <summary><c>feedwatch config</c>: what is in force, where it comes from, and what is wrong with it. Secrets are masked.</summary>
internal static class ConfigCommand
{
    private const string NotSet = "(not set)";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(IReadOnlyList<string> settings)
    {
        var names = new Argument<string[]>("NAME") { HelpName = "NAME", Description = "Only settings whose names begin so, for example Polling or Chat:Channels.", Arity = ArgumentArity.ZeroOrMore };
        names.CompletionSources.Add(_ => SettingList.Of(Settings.Sources(settings, RunCommand.Overrides())).Select(s => new CompletionItem(s.Name)));
        var set = new Option<bool>("--set") { Description = "Only what was set, not the defaults." };
        var json = new Option<bool>("--json") { Description = "One JSON line for each setting." };
        var command = new Command(
            "config",
            "Show every setting with the value that is in force and where it comes from; secrets are masked. Faults go to standard error, and the exit code is 78 then.");
        command.Arguments.Add(names);
        command.Options.Add(set);
        command.Options.Add(json);
        command.SetAction(async (parsed, _) =>
        {
            var sources = Settings.Sources(settings, RunCommand.Overrides());
            var all = SettingList.Of(sources);
            var wanted = Wanted(all, parsed.GetValue(names) ?? []).Where(s => s.Origin is not null || !parsed.GetValue(set)).ToList();
            await Console.Out.WriteAsync(parsed.GetValue(json) ? Lines(wanted) : Table(wanted));
            Check(settings);
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<Setting> Wanted(IReadOnlyList<Setting> all, string[] names)
    {
        if (names.FirstOrDefault(n => !all.Any(s => IsBelow(s.Name, n)) && SettingNames.TypeOf(n, out _) is null) is { } unknown)
        {
            SettingNames.TypeOf(unknown, out var meant);
            throw new BadInputException($"There is no setting '{unknown}'.{(meant is null ? $" Sections are {string.Join(", ", SettingNames.Sections)}." : $" Did you mean '{meant}'?")}");
        }

        return all.Where(s => names.Length == 0 || names.Any(n => IsBelow(s.Name, n)));
    }

    private static bool IsBelow(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == prefix.Length || name[prefix.Length] == ':');

    // As the service does at its start, but for what needs a network.
    private static void Check(IReadOnlyList<string> settings)
    {
        var configuration = Settings.Read(settings, new Dictionary<string, string?> { ["Serilog:Console"] = "none" });
        using var host = WatchHost.Build(configuration, new WatchMode());
    }

    internal static string Lines(IReadOnlyList<Setting> settings) =>
        string.Concat(settings.Select(s => JsonSerializer.Serialize(new { name = s.Name, value = s.Value, origin = s.Origin ?? "default" }, Json) + "\n"));

    internal static string Table(IReadOnlyList<Setting> settings) => Columns.Text(
        ["SETTING", "VALUE", "ORIGIN"],
        [.. settings.Select(s => new[] { s.Name, s.Value switch { null => NotSet, "" => "\"\"", var value => value }, s.Origin ?? "default" })]);
}
