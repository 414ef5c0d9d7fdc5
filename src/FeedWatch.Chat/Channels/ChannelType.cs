using FeedWatch.Chat.Channels.Local;

namespace FeedWatch.Chat.Channels;

/// <summary>A kind of channel: what its settings must hold, and how it is made of them.</summary>
/// <param name="Faults">What is wrong with the settings, each beginning with the setting's name ("Url is missing; …"), and never with a secret in it.</param>
/// <param name="Open">Makes the channel; the settings have no fault.</param>
internal sealed record ChannelType(Func<ChannelOptions, IEnumerable<string>> Faults, Func<ChannelOptions, ChannelParts, IChatChannel> Open)
{
    /// <summary>Settings that would do, for previews without any.</summary>
    public ChannelOptions Example { get; init; } = new();
}

/// <summary>What all channels share.</summary>
internal sealed record ChannelParts(Lazy<StandardOutput> Output, Lazy<HttpClient> Http, TimeProvider Time);
