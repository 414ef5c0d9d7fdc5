using System.Text.Json;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat;

namespace FeedWatch.Tests.Contracts;

/// <summary>The messages as bots receive them. A changed file is a changed contract.</summary>
public sealed class EventMessagesTests
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true };

    public static TheoryData<string> Samples => [.. All.Keys];

    private static readonly Dictionary<string, FeedWatchEvent> All = new()
    {
        [EventTypes.IncidentDetected] = AnEvent.Detected(),
        [EventTypes.IncidentUpdated] = AnEvent.Updated(),
        [EventTypes.ArticleMatched] = AnEvent.Matched(),
        [EventTypes.BurstSummary] = AnEvent.Burst(),
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_message_looks_as_it_was_approved(string type)
    {
        var message = All[type];

        Approved.Matches($"{RoutingKey.Of(message)}\n{EventTypes.CloudEventsTypeOf(message)}\n{JsonSerializer.Serialize(message, Indented)}\n", $"{type}.txt");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_message_comes_back_as_it_was(string type)
    {
        var json = EventJson.Serialize(All[type]);

        Assert.Equal(json, EventJson.Serialize(EventJson.Deserialize(json)));
    }

    [Fact]
    public void Every_event_type_has_a_sample() =>
        Assert.Equal(typeof(FeedWatchEvent).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(FeedWatchEvent)) && !t.IsAbstract), All.Count);
}
