using FeedWatch.Chat;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Commands.Chats;

/// <summary>Channels as the settings call them.</summary>
internal static class ChannelNames
{
    /// <returns>The name as the settings write it; empty where none is given. Where the settings name no channel it is taken as it is: they may be the bot's.</returns>
    /// <exception cref="BadInputException">The settings have channels, and none of that name.</exception>
    public static string Of(IConfiguration configuration, string? name)
    {
        if (string.IsNullOrEmpty(name)) return "";
        var channels = configuration.GetSection(ChatOptions.Section).Get<ChatOptions>()?.Channels.Select(c => c.Name.Trim() is { Length: > 0 } given ? given : c.Type.Trim()).ToList() ?? [];
        if (channels.Count == 0) return name;
        return channels.Find(c => c.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new BadInputException($"There is no channel '{name}'; there are: {string.Join(", ", channels)}.");
    }
}
