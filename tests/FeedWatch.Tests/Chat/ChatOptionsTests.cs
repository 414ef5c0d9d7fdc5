using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Routing;
using FeedWatch.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Chat;

public sealed class ChatOptionsTests
{
    [Fact]
    public void With_no_settings_alerts_go_to_the_console()
    {
        var options = Bound();

        Assert.Equal(("console", "console"), (options.Channels.Single().Type, options.Channels.Single().Name));
        Assert.Equal(["incident.*", "burst.summary", "digest", "channel.*"], options.Routes.Single().Events);
    }

    [Fact]
    public void Each_fault_is_a_line_that_names_the_setting()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Bound(
            ("Channels:0:Type", "file"),
            ("Channels:1:Type", "discrod"),
            ("Channels:2:Type", "console"), ("Channels:2:Name", "File"),
            ("Channels:3:Name", "nameless"),
            ("Channels:4:Type", "file"), ("Channels:4:Name", "one"), ("Channels:4:Path", "/tmp/alerts.jsonl"),
            ("Channels:5:Type", "file"), ("Channels:5:Name", "two"), ("Channels:5:Path", "/tmp/../tmp/alerts.jsonl"),
            ("Channels:6:Type", "file"), ("Channels:6:Name", "three"), ("Channels:6:Path", "/tmp"),
            ("Routes:0:Events:0", "incident #"),
            ("Routes:0:Channels:0", "irc"),
            ("Routes:1:Events:0", "incidents.*"), ("Routes:1:Countries:0", "NL"), ("Routes:1:Countries:1", "UK"), ("Routes:1:Countries:2", "Holland"),
            ("Routes:1:Languages:0", "dutch"), ("Routes:1:Networks:0", "?!"), ("Routes:1:MinimumScore", "50"),
            ("Channels:4:Quiet:From", "23:00"), ("Channels:4:Quiet:TimeZone", "Europe/Amsterdm"),
            ("Channels:5:Quiet:From", "25:00"), ("Channels:5:Quiet:To", "seven"),
            ("Channels:6:Quiet:From", "23:00"), ("Channels:6:Quiet:To", "23:00")));

        Approved.Matches(string.Join('\n', failure.Failures) + "\n", "chat-faults.txt");
    }

    [Fact]
    public void A_language_that_is_not_spoken_is_refused()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Bound(("Channels:0:Type", "console"), ("Channels:0:Language", "dutch")));

        Assert.Equal(["Chat:Channels:0:Language 'dutch' is unknown; known languages: de, en, es, fr, nl."], failure.Failures);
    }

    [Fact]
    public void Faults_of_chats_name_the_setting_and_never_a_secret()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Bound(
            ("Channels:0:Type", "discord"),
            ("Channels:1:Type", "discord"), ("Channels:1:Name", "b"), ("Channels:1:Url", "discord.com/api/webhooks/1/secret"),
            ("Channels:2:Type", "discord"), ("Channels:2:Name", "c"), ("Channels:2:Url", "https://discord.com/api/webhooks/1/secret"), ("Channels:2:Forum", "true"), ("Channels:2:Thread", "1&x=2"),
            ("Channels:3:Type", "discord"), ("Channels:3:Name", "d"), ("Channels:3:UrlFile", "/nowhere/secret"),
            ("Channels:4:Type", "slack"), ("Channels:4:Url", "ftp://secret"), ("Channels:4:Updates", "Edit"),
            ("Channels:5:Type", "slack"), ("Channels:5:Name", "f"), ("Channels:5:Token", "xoxb secret"),
            ("Channels:6:Type", "mattermost"), ("Channels:6:Token", "secret"),
            ("Channels:7:Type", "matrix"), ("Channels:7:Url", "https://matrix.example"), ("Channels:7:TokenFile", "/nowhere/secret"), ("Channels:7:Chat", "#crime:matrix.example"),
            ("Channels:8:Type", "telegram"), ("Channels:8:Token", "secret"), ("Channels:8:Chat", "https://t.me/crime"), ("Channels:8:Thread", "crime"),
            ("Channels:9:Type", "teams"), ("Channels:9:UrlFile", "/nowhere/secret"), ("Channels:9:Updates", "Thread"),
            ("Channels:10:Type", "ntfy"), ("Channels:10:Url", "https://ntfy.sh/secret/topic"), ("Channels:10:Updates", "Thread"),
            ("Channels:11:Type", "webhook"), ("Channels:11:Url", "https://receiver.example/secret"), ("Channels:11:Token", "whsec_secret"),
            ("Channels:12:Type", "webhook"), ("Channels:12:Name", "m"), ("Channels:12:Updates", "Edit"),
            ("Channels:13:Type", "discord"), ("Channels:13:Name", "n"), ("Channels:13:Token", "secret"), ("Channels:13:Chat", "crime-desk"), ("Channels:13:Thread", "1"), ("Channels:13:Forum", "true")));

        Assert.DoesNotContain(failure.Failures, f => f.Replace("/nowhere/secret", "", StringComparison.Ordinal).Contains("secret", StringComparison.Ordinal));
        Approved.Matches(string.Join('\n', failure.Failures) + "\n", "chat-faults-of-chats.txt");
    }

    [Fact]
    public void A_setting_that_does_nothing_on_its_channel_is_refused()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Bound(
            ("Channels:0:Type", "file"), ("Channels:0:Path", "/tmp/alerts.jsonl"), ("Channels:0:Language", "nl"), ("Channels:0:Template", "mine.liquid"),
            ("Channels:1:Type", "json"), ("Channels:1:Path", "/tmp/alerts.jsonl"), ("Channels:1:Language", "nl"),
            ("Channels:2:Type", "webhook"), ("Channels:2:Url", "https://receiver.example/"), ("Channels:2:Token", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), ("Channels:2:Template", "mine.liquid"), ("Channels:2:Notify", "true"),
            ("Channels:3:Type", "console"), ("Channels:3:Updates", "Edit"), ("Channels:3:TokenFile", "/nowhere/secret"),
            ("Channels:4:Type", "slack"), ("Channels:4:Url", "https://hooks.slack.com/services/T0/B0/secret"), ("Channels:4:Forum", "true"), ("Channels:4:Mail:To:0", "desk@example.org")));

        Approved.Matches(string.Join('\n', failure.Failures) + "\n", "chat-faults-of-useless-settings.txt");
    }

    [Fact]
    public void Every_type_of_channel_takes_all_settings_of_its_example()
    {
        foreach (var (name, type) in ChannelTypes.All) Assert.Empty(UselessSettings.In(type.Example(), type).Select(f => $"{name}: {f}"));
    }

    [Fact]
    public void Json_takes_the_place_of_the_console_and_of_nothing_else()
    {
        var options = Bound(
            json: true,
            ("Channels:0:Type", "console"), ("Channels:0:Name", "screen"),
            ("Channels:1:Type", "file"), ("Channels:1:Path", "/tmp/alerts.jsonl"),
            ("Routes:0:Channels:0", "screen"),
            ("Routes:1:Events:0", "*"), ("Routes:1:Channels:0", "file"));

        Assert.Equal(["file", "json"], options.Channels.Select(c => c.Type));
        Assert.Equal(["file", "--json"], options.Routes.Select(r => r.Channels.Single()));
    }

    [Fact]
    public void A_route_takes_the_events_it_names_to_the_channels_it_names()
    {
        var a = new CollectingChannel("a");
        var b = new CollectingChannel("b");
        var routes = new Routes([new RouteOptions { Events = { "incident.*" }, Channels = { "B" } }, new RouteOptions { Events = { "*.summary", "burst.*" } }], [a, b]);

        Assert.Equal(["b"], routes.ChannelsFor(AnEvent.Updated()));
        Assert.Equal(["a", "b"], routes.ChannelsFor(AnEvent.Burst()));
        Assert.Empty(routes.ChannelsFor(AnEvent.Matched()));
    }

    [Fact]
    public void What_a_burst_summary_tells_goes_singly_to_files_and_pipes_only()
    {
        var folded = AnEvent.Detected() with { FoldedInto = AnEvent.Burst().Id };
        var routes = ChatRoom.RoutesTo(
            new CollectingChannel("chat"),
            new ConsoleChannel("console", new StandardOutput(TextWriter.Null, null)),
            new FileChannel("file", "/tmp/never-written.jsonl", TimeProvider.System),
            new JsonLinesChannel("json", TextWriter.Null, TimeProvider.System));

        Assert.Equal(["file", "json"], routes.ChannelsFor(folded));
        Assert.Equal(["chat", "console", "file"], routes.ChannelsFor(AnEvent.Burst()));
    }

    private static ChatOptions Bound(params (string Key, string Value)[] settings) => Bound(json: false, settings);

    private static ChatOptions Bound(bool json, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Chat:" + s.Key, (string?)s.Value)))
            .Build();
        using var services = new ServiceCollection().AddLogging().AddChat(configuration, "/nowhere", json).BuildServiceProvider();
        return services.GetRequiredService<IOptions<ChatOptions>>().Value;
    }
}
