using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Routing;
using FeedWatch.Contracts;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat;

/// <summary>Fills in what the settings leave out, and puts JSON lines in the place of the console where <c>--json</c> asks for it.</summary>
internal sealed class ChatDefaults(bool jsonOnStandardOutput) : IPostConfigureOptions<ChatOptions>
{
    public void PostConfigure(string? name, ChatOptions options)
    {
        if (options.Channels.Count == 0) options.Channels.Add(new ChannelOptions { Type = ChannelTypes.Console });
        foreach (var channel in options.Channels)
        {
            channel.Type = channel.Type.Trim();
            channel.Name = channel.Name.Trim() is { Length: > 0 } given ? given : channel.Type;
        }

        if (options.Routes.Count == 0) options.Routes.Add(new RouteOptions());
        foreach (var route in options.Routes.Where(r => r.Events.Count == 0))
        {
            route.Events.Add("incident.*");
            route.Events.Add(EventTypes.BurstSummary);
            route.Events.Add(EventTypes.Digest);
            route.Events.Add("channel.*");
        }

        if (jsonOnStandardOutput) PutJsonInPlaceOfTheConsole(options);
    }

    /// <summary>Standard output then carries JSON lines and nothing else, all incidents whatever the routes say.</summary>
    private static void PutJsonInPlaceOfTheConsole(ChatOptions options)
    {
        foreach (var console in options.Channels.Where(c => ChannelTypes.Is(c, ChannelTypes.Console)).ToList())
        {
            options.Channels.Remove(console);
            foreach (var route in options.Routes.Where(r => r.Channels.Contains(console.Name)).ToList())
            {
                route.Channels.Remove(console.Name);
                if (route.Channels.Count == 0) options.Routes.Remove(route); // empty would mean every channel
            }
        }

        var json = options.Channels.FirstOrDefault(c => ChannelTypes.Is(c, ChannelTypes.Json));
        if (json is null) options.Channels.Add(json = new ChannelOptions { Type = ChannelTypes.Json, Name = "--json" });
        options.Routes.Add(new RouteOptions { Events = { "incident.*" }, Channels = { json.Name } });
    }
}
