using System.Text.Json;
using System.Text.Json.Nodes;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Routing;
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

    [Theory]
    [MemberData(nameof(Types))]
    public void A_null_is_refused_where_a_message_has_none_and_does_no_harm_elsewhere(string type)
    {
        var refused = 0;
        var taken = 0;
        var json = EventJson.Serialize(Samples.All[type]);
        for (var place = 0; WithNull(json, place) is { } body; place++)
        {
            FeedWatchEvent @event;
            try
            {
                @event = EventJson.Deserialize(body);
            }
            catch (JsonException)
            {
                refused++;
                continue;
            }

            taken++;
            Assert.NotEmpty(RoutingKey.Of(@event));
            Assert.NotEmpty(EventPost.Of(@event).Title);
            Assert.NotNull(EventFacts.Of(@event));
        }

        Assert.True(refused > 2, $"{refused} refused, {taken} taken"); // id, time and type at least
    }

    [Fact]
    public void Every_event_type_has_a_name_and_a_sample()
    {
        var records = typeof(FeedWatchEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(FeedWatchEvent)) && !t.IsAbstract).ToHashSet();

        Assert.True(records.SetEquals(EventTypes.All.Values));
        Assert.True(records.SetEquals(Samples.All.Values.Select(e => e.GetType())));
    }

    /// <summary>The message with a null in its n-th place; null where it has none so many.</summary>
    private static string? WithNull(string json, int place)
    {
        var left = place;
        var root = JsonNode.Parse(json)!;
        return Put(root) ? root.ToJsonString() : null;

        bool Put(JsonNode node)
        {
            if (node is JsonObject fields)
            {
                foreach (var (name, child) in fields.ToList())
                {
                    if (left-- == 0) fields[name] = null;
                    else if (child is null || !Put(child)) continue;
                    return true;
                }
            }
            else if (node is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    if (left-- == 0) list[i] = null;
                    else if (list[i] is not { } child || !Put(child)) continue;
                    return true;
                }
            }

            return false;
        }
    }
}
