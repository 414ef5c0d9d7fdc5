using FeedWatch.Chat;
using FeedWatch.Chat.Routing;
using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;

namespace FeedWatch.Tests.Chat;

/// <summary>Where events go by what the settings ask of them.</summary>
public sealed class RouteTests
{
    /// <summary>An event that suits each condition, one that does not, and one that has no such thing and passes by it.</summary>
    public static TheoryData<string> Conditions => [.. Cases.Keys];

    private static readonly Dictionary<string, (RouteOptions Route, FeedWatchEvent Suits, FeedWatchEvent Not, FeedWatchEvent Without)> Cases = new()
    {
        ["severity"] = (new RouteOptions { MinimumSeverity = Severity.Major }, AnEvent.Detected(), AnEvent.Detected() with { Severity = Severity.Minor }, Samples.All[EventTypes.FeedFailing]),
        ["network"] = (new RouteOptions { Networks = { "anom" } }, AnEvent.Detected(), AnEvent.Detected() with { Networks = [AnEvent.Network("Sky ECC", about: true), AnEvent.Network("ANOM")] }, AnEvent.Burst()),
        ["network by its full name"] = (new RouteOptions { Networks = { "Sky ECC" } }, AnEvent.Detected() with { Networks = [AnEvent.Network("Sky ECC", about: true)] }, AnEvent.Minimal(), Samples.All[EventTypes.Digest]),
        ["country"] = (new RouteOptions { Countries = { "nl" } }, AnEvent.Detected(), AnEvent.Minimal(), AnEvent.Burst()),
        ["country of a feed"] = (new RouteOptions { Countries = { "NL" } }, Samples.All[EventTypes.FeedFailing], AnEvent.Detected() with { Countries = ["BE"] }, Samples.All[EventTypes.ChannelFailing]),
        ["country of what is lost"] = (new RouteOptions { Countries = { "NL" } }, Samples.All[EventTypes.CoverageRestored], Lost("country", "BE"), Lost("language", "fr")),
        ["language of what is lost"] = (new RouteOptions { Languages = { "nl" } }, Lost("language", "nl"), Lost("language", "fr"), Lost("all", null)),
        ["language"] = (new RouteOptions { Languages = { "nl", "de" } }, AnEvent.Matched() with { Article = AnEvent.Article() with { Language = "nl-BE" } }, AnEvent.Updated(), AnEvent.Burst()),
        ["language that is not known"] = (new RouteOptions { Languages = { "en" } }, AnEvent.Updated(), AnEvent.Minimal(), Samples.All[EventTypes.ChannelFailing]),
        ["label"] = (new RouteOptions { Labels = { ArticleLabel.Followup } }, AnEvent.Matched(), AnEvent.Detected(), Samples.All[EventTypes.FeedGone]),
        ["digest"] = (new RouteOptions { Digests = { "morning" } }, Samples.All[EventTypes.Digest], (Digest)Samples.All[EventTypes.Digest] with { Name = "weekly" }, AnEvent.Burst()),
        ["score"] = (new RouteOptions { MinimumScore = 0.9 }, AnEvent.Detected(), AnEvent.Minimal(), AnEvent.Burst()),
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_lets_through_what_suits_it_and_what_it_cannot_be_asked_of(string condition)
    {
        var (route, suits, not, without) = Cases[condition];
        route.Events.Add("*");
        var routes = new Routes([route], [new CollectingChannel("chat")]);

        Assert.Equal((1, 0, 1), (routes.ChannelsFor(suits).Count, routes.ChannelsFor(not).Count, routes.ChannelsFor(without).Count));
    }

    [Fact]
    public void That_nothing_can_be_read_any_more_is_told_everywhere_where_no_route_names_it_and_lesser_troubles_of_feeds_are_not()
    {
        CollectingChannel[] channels = [new("desk"), new("ops")];
        var defaults = new ChatOptions();
        new ChatDefaults(jsonOnStandardOutput: false).PostConfigure(null, defaults);
        var routes = new Routes(defaults.Routes, channels);
        var named = new Routes([.. defaults.Routes, new RouteOptions { Events = { "feed.*", "coverage.*" }, Channels = { "ops" } }], channels);

        Assert.Equal(["desk", "ops"], routes.ChannelsFor(Lost("all", null)));
        Assert.Equal(["ops"], named.ChannelsFor(Lost("all", null)));
        Assert.All(Samples.All.Values.Where(e => e is FeedEvent || e is CoverageLost), e => Assert.Equal((0, "ops"), (routes.ChannelsFor(e).Count, Assert.Single(named.ChannelsFor(e)))));
    }

    [Fact]
    public void All_the_conditions_of_one_route_must_hold_and_one_route_of_several()
    {
        var strict = new RouteOptions { Events = { "incident.*" }, Countries = { "NL" }, MinimumSeverity = Severity.Breaking, Channels = { "desk" } };
        var other = new RouteOptions { Events = { "incident.*" }, Languages = { "fr" }, Channels = { "desk" } };
        var routes = new Routes([strict, other], [new CollectingChannel("desk")]);

        Assert.Single(routes.ChannelsFor(AnEvent.Detected()));
        Assert.Empty(routes.ChannelsFor(AnEvent.Detected() with { Severity = Severity.Major }));
        Assert.Single(routes.ChannelsFor(AnEvent.Detected() with { Severity = Severity.Major, Article = AnEvent.Article() with { Language = "fr" } }));
    }

    [Fact]
    public async Task What_comes_later_of_an_incident_goes_where_its_first_post_went()
    {
        var (dutch, french) = (new CollectingChannel("dutch"), new CollectingChannel("french"));
        await using var room = new ChatRoom(new Routes(
            [new RouteOptions { Events = { "incident.*" }, Languages = { "nl" }, Channels = { "dutch" } }, new RouteOptions { Events = { "incident.*" }, Languages = { "fr" }, Channels = { "french" } }],
            [dutch, french]));
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected(), AnEvent.Updated() with { IncidentId = AnEvent.Detected().IncidentId });
        await room.RecordAsync(AnEvent.Updated() with { Id = AnEvent.Id("of another"), IncidentId = AnEvent.Id("another") });
        await room.WhenIdleAsync();

        Assert.Equal([AnEvent.Detected().Id, AnEvent.Updated().Id], dutch.Sent.Select(d => d.Event.Id)); // the update is English
        Assert.Empty(french.Sent);
    }

    [Fact]
    public async Task A_route_for_updates_alone_keeps_to_its_conditions()
    {
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(new Routes(
            [new RouteOptions { Events = { "incident.detected" } }, new RouteOptions { Events = { "incident.updated" }, Countries = { "FR" } }],
            [channel]));
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected(), AnEvent.Updated());
        await room.WhenIdleAsync();

        Assert.Equal([AnEvent.Detected().Id], channel.Sent.Select(d => d.Event.Id));
    }

    [Theory]
    [InlineData(EventTypes.IncidentMerged)]
    [InlineData(EventTypes.IncidentSplit)]
    public async Task Who_heard_of_one_of_two_incidents_hears_that_they_are_one_or_two(string type)
    {
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(new Routes([new RouteOptions { Events = { "incident.*" }, Networks = { "Exclu" } }], [channel]));
        var correction = (IncidentEvent)Samples.All[type];
        var related = correction is IncidentMerged merged ? merged.Absorbed[0].IncidentId : ((IncidentSplit)correction).SplitOff[0].IncidentId;
        var first = AnEvent.Detected("exclu") with { IncidentId = type == EventTypes.IncidentMerged ? related : correction.IncidentId, Networks = [AnEvent.Network("Exclu", about: true)] };
        var other = type == EventTypes.IncidentMerged ? correction.IncidentId : related;
        await room.StartAsync();

        await room.RecordAsync(first, correction, AnEvent.Updated() with { IncidentId = other });
        await room.WhenIdleAsync();

        Assert.Equal([first.Id, correction.Id, AnEvent.Updated().Id], channel.Sent.Select(d => d.Event.Id));
    }

    [Fact]
    public async Task What_a_burst_told_is_followed_too()
    {
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(new Routes([new RouteOptions { Events = { "*" }, Countries = { "XK" } }], [channel]));
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Burst(), AnEvent.Updated() with { IncidentId = AnEvent.Burst().Entries[0].IncidentId });
        await room.WhenIdleAsync();

        Assert.Equal(2, channel.Sent.Count);
    }

    [Fact]
    public async Task What_is_forgotten_is_not_followed_any_more()
    {
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(new Routes([new RouteOptions { Events = { "incident.*" }, Languages = { "nl" } }], [channel]));
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        var removed = await room.Ledger.ForgetAsync(AnEvent.Time.AddDays(1), 200, TestContext.Current.CancellationToken);
        await room.RecordAsync(AnEvent.Updated());
        await room.WhenIdleAsync();

        Assert.Equal((1, 1), (removed, channel.Sent.Count));
    }

    private static CoverageLost Lost(string kind, string? value) => (CoverageLost)Samples.All[EventTypes.CoverageLost] with { Kind = kind, Value = value };
}
