using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Contracts;

/// <summary>Every message fits into what CloudEvents lets consumers rely on, and says what it lacks.</summary>
public sealed class EventSizeTests
{
    private static readonly string[] Pieces = ["Politie ", "界", "\ud83d\ude00", "\ud83d", "\udc00", "\0", "\"", "\\", "<b>", "é", "\u202e", " "];

    /// <summary>In all lists and the lists in them together: some megabytes are enough.</summary>
    private const int MostCharacters = 60_000;

    /// <param name="Type">Which sample grows.</param>
    /// <param name="Text">What stands in every text.</param>
    /// <param name="Entries">How long every list is.</param>
    public sealed record Growth(string Type, string Text, int Entries);

    public static Arbitrary<Growth> Growths() =>
    (
        from type in Gen.Elements(Samples.All.Keys.ToArray())
        from piece in Gen.Elements(Pieces).ListOf(3).Select(string.Concat)
        from entries in Gen.Frequency((4, Gen.Choose(0, 6)), (2, Gen.Choose(6, 40)), (1, Gen.Choose(40, 150)))
        from times in Gen.Choose(0, MostCharacters / ((entries * entries) + 1))
        select new Growth(type, string.Concat(Enumerable.Repeat(piece, times)), entries)).ToArbitrary();

    [Property(Arbitrary = [typeof(EventSizeTests)], MaxTest = 120)]
    public void A_message_stays_small_and_comes_back_as_it_was_whatever_happened(Growth growth)
    {
        var grown = Grown(growth);

        var json = EventJson.Serialize(grown);

        Assert.InRange(Encoding.UTF8.GetByteCount(json), 2, EventJson.MostBytes);
        var back = EventJson.Deserialize(json);
        Assert.Equal(json, EventJson.Serialize(back));
        Assert.Equal((grown.Id, grown.Time, grown.GetType()), (back.Id, back.Time, back.GetType()));
        Assert.InRange(Encoding.UTF8.GetByteCount(RoutingKey.Of(back)), 3, 255);
    }

    [Fact]
    public void A_small_message_lacks_nothing() => Assert.All(Samples.All.Values, e => Assert.DoesNotContain("leftOut", EventJson.Serialize(e), StringComparison.Ordinal));

    [Fact]
    public void What_is_left_out_is_counted_by_the_list_that_lacks_it()
    {
        var figures = Enumerable.Range(1, 900).Select(n => AnEvent.Number("arrests", n, scope: "world"));

        var back = (IncidentDetected)EventJson.Deserialize(EventJson.Serialize(AnEvent.Detected() with { Figures = [.. figures] }));

        Assert.Equal(900, back.Figures.Count + back.LeftOut!["figures"]);
        Assert.Equal(1, back.Figures[0].Value);
        Assert.Equal(AnEvent.Detected().Sources, back.Sources);
    }

    [Fact]
    public void A_long_text_is_cut_where_it_can_be_cut_and_an_address_is_whole_or_not_there()
    {
        var emoji = string.Concat(Enumerable.Repeat("\ud83d\ude00", 50_000));
        var article = AnEvent.Article() with { Title = emoji, Link = "https://nieuws.example/" + new string('a', 70_000) };

        var back = (IncidentDetected)EventJson.Deserialize(EventJson.Serialize(AnEvent.Detected() with { Article = article }));

        Assert.EndsWith("\ud83d\ude00…", back.Article.Title, StringComparison.Ordinal);
        Assert.Null(back.Article.Link);
        Assert.True(back.LeftOut!["text"] > 100_000);
        Assert.Equal(AnEvent.Detected().Title, back.Title);
    }

    private static FeedWatchEvent Grown(Growth growth)
    {
        var body = JsonNode.Parse(EventJson.Serialize(Samples.All[growth.Type]))!;
        return Grown(body, "", growth).Deserialize<FeedWatchEvent>(EventJson.Options)!;
    }

    private static JsonNode Grown(JsonNode node, string name, Growth growth) => node switch
    {
        JsonObject body => new JsonObject(body.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Grown(p.Value!, p.Key, growth)))),
        JsonArray { Count: > 0 } list => new JsonArray([.. Enumerable.Range(0, growth.Entries).Select(i => Grown(list[i % list.Count]!, "", growth))]),
        JsonValue value when value.TryGetValue<string>(out var text) && IsFreeText(name, text) => JsonValue.Create(growth.Text),
        _ => node.DeepClone(),
    };

    private static bool IsFreeText(string name, string text) =>
        name is not ("type" or "severity" or "label") && !Guid.TryParse(text, out _) && !DateTimeOffset.TryParse(text, out _);
}
