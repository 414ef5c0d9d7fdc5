using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Holding;
using FeedWatch.Chat.Routing;
using FeedWatch.Contracts;

namespace FeedWatch.Chat;

/// <summary>Which channels an event is posted to, and when they are quiet.</summary>
internal sealed class Routes(IEnumerable<RouteOptions> routes, IReadOnlyList<IChatChannel> channels, IReadOnlyDictionary<string, QuietHours>? quiet = null)
{
    private readonly Route[] all = [.. routes.Select(r => new Route(r))];

    public IReadOnlyList<IChatChannel> Channels { get; } = channels;

    /// <summary>Null for a channel that is never quiet.</summary>
    public QuietHours? QuietOf(string channel) => quiet?.GetValueOrDefault(channel);

    public IReadOnlyList<string> ChannelsFor(FeedWatchEvent @event) => ChannelsFor(@event, EventFacts.Of(@event), new Dictionary<string, Severity?>());

    /// <param name="event">What there is to tell.</param>
    /// <param name="facts">Its own.</param>
    /// <param name="followers">
    /// Channels that have heard of its incident. A route that takes first posts brings them the later ones too, whatever its conditions
    /// say: who read that a network fell wants to read what became of it, from whichever country and in whichever language that comes.
    /// </param>
    public IReadOnlyList<string> ChannelsFor(FeedWatchEvent @event, EventFacts facts, IReadOnlyDictionary<string, Severity?> followers)
    {
        var type = EventTypes.Of(@event);
        var taken = all.Where(r => r.Names(type)).ToList();
        if (taken.Count == 0 && MustBeHeard(@event)) taken = [new Route(new RouteOptions())];
        return [.. Channels.Where(c => c.Wants(@event) && !IsAbout(@event, c.Name) && taken.Exists(r => r.LeadsTo(c.Name) && (r.Suits(facts) || IsFollowed(r, c.Name)))).Select(c => c.Name)];

        bool IsFollowed(Route route, string channel) => @event is IncidentEvent && followers.ContainsKey(channel) && route.Names(EventTypes.IncidentDetected);
    }

    /// <summary>Whoever relies on alerts must not take silence for calm: no channel, or no feed, works.</summary>
    private static bool MustBeHeard(FeedWatchEvent @event) =>
        @event is ChannelFailing or ChannelRecovered or CoverageLost { Kind: CoverageKinds.All } or CoverageRestored { Kind: CoverageKinds.All };

    /// <summary>A channel is not told of itself: what cannot be posted there would be joined by word of that.</summary>
    private static bool IsAbout(FeedWatchEvent @event, string channel) => @event switch
    {
        ChannelFailing e => e.Channel == channel,
        ChannelRecovered e => e.Channel == channel,
        _ => false,
    };
}
