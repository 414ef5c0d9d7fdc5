using System.Text.Json;
using FeedWatch.Contracts;

namespace FeedWatch.Tests.Contracts;

/// <summary>The messages as bots receive them. A changed file is a changed contract.</summary>
public sealed class EventMessagesTests
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true };

    public static TheoryData<string> Types => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_looks_as_it_was_approved(string type)
    {
        var message = Samples.All[type];

        Approved.Matches($"{RoutingKey.Of(message)}\n{EventTypes.CloudEventsTypeOf(message)}\n{JsonSerializer.Serialize(message, Indented)}\n", $"{type}.txt");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_comes_back_as_it_was(string type)
    {
        var json = EventJson.Serialize(Samples.All[type]);

        Assert.Equal(json, EventJson.Serialize(EventJson.Deserialize(json)));
    }

    [Fact]
    public void Every_event_type_has_a_name_and_a_sample()
    {
        var records = typeof(FeedWatchEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FeedWatchEvent)) && !t.IsAbstract).ToHashSet();

        Assert.True(records.SetEquals(EventTypes.All.Values));
        Assert.True(records.SetEquals(Samples.All.Values.Select(e => e.GetType())));
    }
}
