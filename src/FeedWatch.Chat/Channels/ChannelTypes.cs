using FeedWatch.Chat.Channels.Chats;
using FeedWatch.Chat.Channels.Hooks;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Channels.Mail;
using FeedWatch.Chat.Holding;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Sending;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat.Channels;

/// <summary>The kinds of channel there are. A new kind is a file in <c>Chats</c> or <c>Hooks</c> and a line here.</summary>
internal static class ChannelTypes
{
    public const string Console = "console";
    public const string File = "file";
    public const string Json = "json";

    public static IReadOnlyDictionary<string, ChannelType> All { get; } = new Dictionary<string, ChannelType>(StringComparer.OrdinalIgnoreCase)
    {
        [Console] = ConsoleChannel.Type,
        [File] = FileChannel.Type,
        [Json] = JsonLinesChannel.Type,
        ["discord"] = Discord.Type,
        ["slack"] = Slack.Type,
        ["mattermost"] = Mattermost.Type,
        ["matrix"] = Matrix.Type,
        ["telegram"] = Chats.Telegram.Type,
        ["teams"] = Teams.Type,
        ["ntfy"] = Ntfy.Type,
        ["webhook"] = Webhook.Type,
        ["email"] = EmailChannel.Type,
    };

    public static string Known { get; } = string.Join(", ", All.Keys);

    public static bool Is(ChannelOptions channel, string type) => channel.Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    public static Routes Open(IOptions<ChatOptions> options, TimeProvider time)
    {
        var parts = Parts(time);
        var quiet = options.Value.Channels.Select(c => (c.Name, Hours: QuietHours.Of(c.Quiet))).Where(c => c.Hours is not null).ToDictionary(c => c.Name, c => c.Hours!, StringComparer.Ordinal);
        return new Routes(options.Value.Routes, [.. options.Value.Channels.Select(c => Open(c, parts))], quiet);
    }

    /// <param name="channel">Validated before.</param>
    /// <param name="parts">One for all channels.</param>
    public static IChatChannel Open(ChannelOptions channel, ChannelParts parts) => new SpeakingChannel(All[channel.Type].Open(channel, parts), Voice.Of(channel));

    /// <summary>Settings of a known type that would do, for previews without any; the channel is called as its type is.</summary>
    public static ChannelOptions Example(string type)
    {
        var example = All[type].Example();
        example.Type = example.Name = All.Keys.Single(known => known.Equals(type, StringComparison.OrdinalIgnoreCase));
        return example;
    }

    /// <summary>Opened as they are needed, and as long-lived as the process.</summary>
    public static ChannelParts Parts(TimeProvider time) => new(new Lazy<StandardOutput>(StandardOutput.Open), new Lazy<HttpClient>(ChatHttp.Open), time);
}
