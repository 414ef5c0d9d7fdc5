using System.CommandLine;
using FeedWatch.Hosting;

namespace FeedWatch.Commands.Feeds;

/// <summary><c>feedwatch feeds …</c>: look at the feed list and edit it. A running service takes up an edit within seconds.</summary>
internal static class FeedsCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var places = new Places(settings);
        var command = new Command("feeds", "Look at the feed list and edit it; a running service takes up an edit within seconds.");
        command.Options.Add(places.Feeds);
        command.Options.Add(places.Data);
        command.Subcommands.Add(ListCommand.Create(places));
        command.Subcommands.Add(AddCommand.Create(places));
        command.Subcommands.Add(Remove(places));
        command.Subcommands.Add(Switch(places, enabled: true));
        command.Subcommands.Add(Switch(places, enabled: false));
        command.Subcommands.Add(TestCommand.Create(places));
        command.Subcommands.Add(TransferCommands.Import(places));
        command.Subcommands.Add(TransferCommands.Export(places));
        return command;
    }

    private static Command Remove(Places places)
    {
        var feed = Feed();
        var command = new Command("remove", "Take a feed out of the list; what polling learnt of it is kept in case it comes back.");
        command.Arguments.Add(feed);
        command.SetAction(async (parsed, _) =>
        {
            using var desk = places.Open(parsed);
            await Console.Out.WriteLineAsync(desk.Lists.Remove(desk.Find(parsed.GetValue(feed)!)));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Switch(Places places, bool enabled)
    {
        var feed = Feed();
        var command = enabled
            ? new Command("enable", "Poll a feed of the list again.")
            : new Command("disable", "Keep a feed in the list and do not poll it.");
        command.Arguments.Add(feed);
        command.SetAction(async (parsed, _) =>
        {
            using var desk = places.Open(parsed);
            var found = desk.Find(parsed.GetValue(feed)!);
            var word = enabled ? "enabled" : "disabled";
            if (found.Enabled == enabled) await Console.Out.WriteLineAsync($"{found.Name} is {word} already.");
            else await Console.Out.WriteLineAsync($"{found.Name} is {word} in {desk.Lists.SetEnabled(found, enabled)}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Feed() => new("FEED") { Description = "Its address or its name." };
}
