using System.CommandLine;

namespace FeedWatch.Commands.Chats;

/// <summary><c>feedwatch chat …</c>: what chats are told, seen from beside a running service.</summary>
internal static class ChatCommand
{
    public static Command Create(IReadOnlyList<string> settings)
    {
        var command = new Command("chat", "Keep a network, an incident or everything away from chat channels for a time; works beside a running service.");
        foreach (var muting in MuteCommands.Create(settings)) command.Subcommands.Add(muting);
        return command;
    }
}
