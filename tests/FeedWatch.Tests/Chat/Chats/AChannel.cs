using System.Text.Encodings.Web;
using System.Text.Json;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Sending;
using FeedWatch.Contracts;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>Makes channels as the settings do, and shows what they would send.</summary>
internal static class AChannel
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static IChatChannel Of(ChannelOptions options, TimeProvider? time = null)
    {
        options.Name = options.Name.Length > 0 ? options.Name : options.Type;
        Assert.Empty(ChannelTypes.All[options.Type].Faults(options));
        return ChannelTypes.Open(options, new ChannelParts(new Lazy<StandardOutput>(StandardOutput.Open), new Lazy<HttpClient>(ChatHttp.Open), time ?? TimeProvider.System));
    }

    public static Task<SendResult> PostAsync(this IChatChannel channel, FeedWatchEvent @event, string? earlier = null, bool interrupted = false) =>
        channel.SendAsync(new Delivery { Event = @event, Earlier = earlier, Interrupted = interrupted }, TestContext.Current.CancellationToken);

    /// <summary>The bodies of all requests, to read; for approved files.</summary>
    public static string Shown(this IChatChannel channel, FeedWatchEvent @event, string? earlier = null, bool interrupted = false) =>
        string.Join("\n", channel.Bodies(@event, earlier, interrupted).Select(b => JsonSerializer.Serialize(b, Indented))) + "\n";

    public static IReadOnlyList<JsonElement> Bodies(this IChatChannel channel, FeedWatchEvent @event, string? earlier = null, bool interrupted = false) =>
        [.. channel.Preview(new Delivery { Event = @event, Earlier = earlier, Interrupted = interrupted }).Select(b => JsonDocument.Parse(b).RootElement)];
}
