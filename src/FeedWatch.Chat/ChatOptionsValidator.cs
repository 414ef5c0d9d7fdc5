using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Routing;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat;

/// <summary>One line per fault, each beginning with the setting to mend.</summary>
internal sealed class ChatOptionsValidator : IValidateOptions<ChatOptions>
{
    public ValidateOptionsResult Validate(string? name, ChatOptions options)
    {
        var faults = FaultsOfChannels(options.Channels).Concat(RouteFaults.Of(options)).Concat(options.Store.Faults()).ToList();
        if (options.KeepPosts < TimeSpan.FromDays(30)) faults.Add("Chat:KeepPosts is shorter than 30d; the bus may bring an event again that long after.");
        if (options.FailingAfter < TimeSpan.FromMinutes(1)) faults.Add("Chat:FailingAfter is shorter than 1m; chats have such hiccups every day.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOfChannels(IList<ChannelOptions> channels)
    {
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var files = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < channels.Count; i++)
        {
            var channel = channels[i];
            var setting = $"Chat:Channels:{i}";
            if (channel.Type.Length == 0)
                yield return $"{setting}:Type is missing; known types: {ChannelTypes.Known}.";
            else if (!ChannelTypes.All.TryGetValue(channel.Type, out var type))
                yield return $"{setting}:Type '{channel.Type}' is unknown; known types: {ChannelTypes.Known}.";
            else
                foreach (var fault in type.Faults(channel).Concat(type.FaultsOfWords(channel)).Concat(UselessSettings.In(channel, type))) yield return $"{setting}:{fault}";

            if (channel.Name.Length > 0 && !names.TryAdd(channel.Name, i))
                yield return $"{setting}:Name '{channel.Name}' is taken by Chat:Channels:{names[channel.Name]}; give each channel a name of its own.";

            foreach (var fault in channel.Quiet.Faults($"{setting}:Quiet")) yield return fault;

            if (ChannelTypes.Is(channel, ChannelTypes.File) && FileChannel.FaultsOf(channel) is [] && !files.TryAdd(Path.GetFullPath(channel.Path!), i))
                yield return $"{setting}:Path '{channel.Path}' is written by Chat:Channels:{files[Path.GetFullPath(channel.Path!)]}; two channels cannot share a file.";
        }
    }
}
