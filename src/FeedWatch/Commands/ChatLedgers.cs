using FeedWatch.Chat.Storing;
using FeedWatch.Hosting;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Commands;

/// <summary>Where the chat side remembers what it posted, for commands beside it.</summary>
internal static class ChatLedgers
{
    /// <returns>That on a server where the settings lead to one; then, or else, the service's file and that of a bot which runs with the same data folder.</returns>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static IReadOnlyList<LedgerPlace> Of(IConfiguration configuration)
    {
        var folder = WatchHost.Storage(configuration).DataFolder;
        LedgerPlace[] files = [LedgerPlace.InFolder(folder), LedgerPlace.InFolder(Path.Combine(folder, BotCommand.Folder))];
        var ledger = WatchHost.ChatLedger(configuration, folder);
        return ledger.Schema is null ? files : [ledger, .. files];
    }
}
