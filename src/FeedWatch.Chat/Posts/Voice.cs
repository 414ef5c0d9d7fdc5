using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Posts;

/// <summary>How a channel speaks.</summary>
internal sealed record Voice(Words Words)
{
    public static Voice Default { get; } = new(Words.English);

    /// <param name="channel">Validated before.</param>
    public static Voice Of(ChannelOptions channel) => new(Words.Of(channel.Language)!);

    public static IEnumerable<string> Faults(ChannelOptions channel)
    {
        if (Words.Of(channel.Language) is null) yield return $"Language '{channel.Language}' is unknown; known languages: {Words.Known}.";
    }

    /// <param name="event">Of any type.</param>
    /// <param name="possiblyRepeated">It may stand in the chat already, and the chat cannot be asked.</param>
    public Post Say(FeedWatchEvent @event, bool possiblyRepeated) => EventPost.Of(@event, possiblyRepeated, Words);
}
