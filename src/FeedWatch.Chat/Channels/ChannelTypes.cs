using FeedWatch.Chat.Holding;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat.Channels;

/// <summary>The kinds of channel there are and how each is made from its settings. A new kind gets a name and a line here.</summary>
internal static class ChannelTypes
{
    public const string Console = "console";
    public const string File = "file";
    public const string Json = "json";

    private static readonly string[] All = [Console, File, Json];

    public static string Known { get; } = string.Join(", ", All);

    public static bool Is(ChannelOptions channel, string type) => channel.Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    public static bool IsKnown(ChannelOptions channel) => All.Any(type => Is(channel, type));

    public static Routes Open(IOptions<ChatOptions> options, TimeProvider time)
    {
        var output = new Lazy<StandardOutput>(StandardOutput.Open);
        var quiet = options.Value.Channels.Select(c => (c.Name, Hours: QuietHours.Of(c.Quiet))).Where(c => c.Hours is not null).ToDictionary(c => c.Name, c => c.Hours!, StringComparer.Ordinal);
        return new Routes(options.Value.Routes, [.. options.Value.Channels.Select(c => Open(c, output, time))], quiet);
    }

    private static IChatChannel Open(ChannelOptions channel, Lazy<StandardOutput> output, TimeProvider time) => channel.Type.ToLowerInvariant() switch
    {
        Console => new ConsoleChannel(channel.Name, output.Value),
        File => new FileChannel(channel.Name, Path.GetFullPath(channel.Path!), time),
        Json => new JsonLinesChannel(channel.Name, output.Value.Writer, time),
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel.Type, "No such channel type."), // validated before
    };
}
