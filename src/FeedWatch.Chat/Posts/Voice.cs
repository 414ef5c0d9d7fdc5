using FeedWatch.Chat.Templating;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Posts;

/// <summary>How a channel speaks: its language, and an operator's own words in the place of ours.</summary>
internal sealed record Voice(Words Words, TemplateSet? Templates = null)
{
    public static Voice Default { get; } = new(Words.English);

    /// <param name="channel">Validated before.</param>
    public static Voice Of(ChannelOptions channel)
    {
        var words = Words.Of(channel.Language)!;
        return new Voice(words, string.IsNullOrWhiteSpace(channel.Template) ? null : TemplateSet.Read(channel.Template, words));
    }

    public static IEnumerable<string> Faults(ChannelOptions channel)
    {
        if (Words.Of(channel.Language) is null) return [$"Language '{channel.Language}' is unknown; known languages: {Words.Known}."];
        try
        {
            Of(channel);
            return [];
        }
        catch (TemplateException ex)
        {
            return [$"Template {ex.Message}"];
        }
    }

    /// <param name="event">Of any type.</param>
    /// <param name="possiblyRepeated">It may stand in the chat already, and the chat cannot be asked.</param>
    public Post Say(FeedWatchEvent @event, bool possiblyRepeated)
    {
        var post = EventPost.Of(@event, possiblyRepeated, Words);
        return Templates?.For(@event) is { } template ? template.Of(post, @event) : post;
    }
}
