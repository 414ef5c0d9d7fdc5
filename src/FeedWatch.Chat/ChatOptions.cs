using FeedWatch.Chat.Routing;
using FeedWatch.Chat.Storing;

namespace FeedWatch.Chat;

/// <summary>Where alerts are posted. Section <c>Chat</c>.</summary>
public sealed class ChatOptions
{
    public const string Section = "Chat";

    /// <summary>The places that can be posted to; with none, one console channel named <c>console</c>.</summary>
    public IList<ChannelOptions> Channels { get; } = [];

    /// <summary>Which event goes to which channel; with none, incidents, bursts, digests and channels that fail are told to every channel.</summary>
    public IList<RouteOptions> Routes { get; } = [];

    /// <summary>How long a channel takes nothing before the other channels are told, from a minute.</summary>
    public TimeSpan FailingAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a post is remembered, from 30 days, after it was made, given up or dropped: so long an event that comes again is not posted
    /// again. What still waits stays.
    /// </summary>
    public TimeSpan KeepPosts { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Where posts are remembered.</summary>
    public ChatStoreOptions Store { get; } = new();
}
