using System.CommandLine;

namespace FeedWatch.Commands.Chats;

/// <summary><c>feedwatch chat …</c>: the channels that alerts are posted to, from beside a running service.</summary>
internal static class ChatCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var command = new Command("chat", "Try channels, and keep a network, an incident or everything away from them for a time; works beside a running service.");
        foreach (var trial in TrialCommands.Create(settings)) command.Subcommands.Add(trial);
        foreach (var muting in MuteCommands.Create(settings)) command.Subcommands.Add(muting);
        return command;
    }
}
