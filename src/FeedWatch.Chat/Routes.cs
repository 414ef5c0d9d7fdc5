using System.IO.Enumeration;
using FeedWatch.Chat.Channels;
using FeedWatch.Contracts;

namespace FeedWatch.Chat;

/// <summary>Which channels an event is posted to.</summary>
internal sealed class Routes(IEnumerable<RouteOptions> routes, IReadOnlyList<IChatChannel> channels)
{
    private readonly RouteOptions[] all = [.. routes];

    public IReadOnlyList<IChatChannel> Channels { get; } = channels;

    public IEnumerable<string> ChannelsFor(FeedWatchEvent @event)
    {
        var type = EventTypes.Of(@event);
        var taken = all.Where(r => r.Events.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, type))).ToList();
        return Channels
            .Where(c => c.Wants(@event) && taken.Exists(r => r.Channels.Count == 0 || r.Channels.Contains(c.Name, StringComparer.OrdinalIgnoreCase)))
            .Select(c => c.Name);
    }
}
