using System.Text.Json.Nodes;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat;

namespace FeedWatch.Tests.Contracts;

/// <summary>Messages against their schemas: today's, and those of the last release.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Types => [.. Samples.All.Keys];

    public static TheoryData<string> Released => [.. Directory.GetFiles(ContractFolder.Path("released"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_is_what_its_schema_says(string type) =>
        Assert.Empty(Faults(EventJson.Serialize(Samples.All[type]), "schemas", type));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_schema_refuses_the_messages_of_other_types(string type)
    {
        foreach (var other in Samples.All.Where(s => s.Key != type)) Assert.NotEmpty(Faults(EventJson.Serialize(other.Value), "schemas", type));
    }

    [Theory]
    [InlineData("id", "\"not an id\"")]
    [InlineData("severity", "\"terrible\"")]
    [InlineData("sequence", "0")]
    [InlineData("title", "null")]
    [InlineData("figures", "[{\"kind\":\"arrests\"}]")]
    [InlineData("networks", "{}")]
    public void A_schema_refuses_a_wrong_field(string field, string value)
    {
        var body = JsonNode.Parse(EventJson.Serialize(AnEvent.Detected()))!;
        body[field] = JsonNode.Parse(value);

        Assert.NotEmpty(Faults(body.ToJsonString(), "schemas", EventTypes.IncidentDetected));
    }

    [Fact]
    public void A_message_from_which_much_was_left_out_is_still_what_its_schema_says()
    {
        var figures = Enumerable.Range(1, 900).Select(n => AnEvent.Number("arrests", n, scope: "world"));

        var json = EventJson.Serialize(AnEvent.Detected() with { Figures = [.. figures] });

        Assert.Empty(Faults(json, "schemas", EventTypes.IncidentDetected));
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void Who_reads_by_the_released_schema_can_read_todays_messages(string type) =>
        Assert.Empty(Faults(EventJson.Serialize(Samples.All[type]), "released", type));

    /// <summary>A break needs a new type beside the old one. Never edit <c>released/</c> to make this pass; a release copies today's schemas there.</summary>
    [Theory]
    [MemberData(nameof(Released))]
    public void Nothing_that_was_released_is_taken_back(string type) =>
        Assert.Empty(SchemaEvolution.Breaks(Read("released", type), Read("schemas", type)));

    [Theory]
    [InlineData("\"before\"", "\"formerly\"", ".changes[].before: is gone")]
    [InlineData("\"kind\",\n        \"value\",", "\"kind\",", ".changes[].figure.value: was always there")]
    [InlineData("\"integer\"", "\"string\"", ".sequence: type was \"integer\", is \"string\"")]
    [InlineData("\"minor\",", "\"minor\",\n        \"tiny\",", ".severity: its values changed")]
    [InlineData("\"maximum\": 1", "\"maximum\": 100", ".article.score: maximum was 1, is 100")]
    public void A_breaking_change_is_noticed(string before, string after, string complaint)
    {
        var text = File.ReadAllText(ContractFolder.Path("schemas", "incident.updated.json"));
        var changed = text.Replace(before, after, StringComparison.Ordinal);

        Assert.Contains(complaint, SchemaEvolution.Breaks(JsonNode.Parse(text)!.AsObject(), JsonNode.Parse(changed)!.AsObject()));
    }

    [Fact]
    public void A_new_optional_field_is_no_break()
    {
        var now = Read("schemas", "incident.updated");
        now["properties"]!["mood"] = new JsonObject { ["type"] = "string" };

        Assert.Empty(SchemaEvolution.Breaks(Read("schemas", "incident.updated"), now));
    }

    private static JsonObject Read(string folder, string type) => JsonNode.Parse(File.ReadAllText(ContractFolder.Path(folder, $"{type}.json")))!.AsObject();

    private static IReadOnlyList<string> Faults(string json, string folder, string type) => SchemaCheck.Faults(json, Read(folder, type));
}
