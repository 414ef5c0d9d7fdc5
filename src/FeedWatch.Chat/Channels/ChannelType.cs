using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Posts;

namespace FeedWatch.Chat.Channels;

/// <summary>A kind of channel: what its settings must hold, and how it is made of them.</summary>
/// <param name="Faults">What is wrong with the settings, each beginning with the setting's name ("Url is missing; …"), and never with a secret in it.</param>
/// <param name="Open">Makes the channel; the settings have no fault.</param>
internal sealed record ChannelType(Func<ChannelOptions, IEnumerable<string>> Faults, Func<ChannelOptions, ChannelParts, IChatChannel> Open)
{
    /// <summary>Settings that would do, without type and name; new ones each time.</summary>
    public Func<ChannelOptions> Example { get; init; } = () => new ChannelOptions();

    /// <summary>The settings that it does something with, by the names of <see cref="ChannelOptions"/>, besides those that every channel has. Others are refused.</summary>
    public required IReadOnlyList<string> Takes { get; init; }

    /// <summary>What a channel takes that speaks to people, whatever else it takes.</summary>
    public static IReadOnlyList<string> ForPeople { get; } = [nameof(ChannelOptions.Language), nameof(ChannelOptions.Template)];

    /// <summary>What is wrong with the words that the settings ask for, where the channel speaks any.</summary>
    public IEnumerable<string> FaultsOfWords(ChannelOptions channel) => ForPeople.Any(Takes.Contains) ? Voice.Faults(channel) : [];
}

/// <summary>What all channels share.</summary>
internal sealed record ChannelParts(Lazy<StandardOutput> Output, Lazy<HttpClient> Http, TimeProvider Time);
