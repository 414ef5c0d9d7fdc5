using System.Text.Json;
using System.Text.Json.Nodes;
using FeedWatch.Contracts;
using YamlDotNet.RepresentationModel;

namespace FeedWatch.Tests.Contracts;

/// <summary>Keeps <c>deploy/contract</c>, which bots in any language are written against, equal to the records.</summary>
public sealed class ContractFilesTests
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true };

    public static TheoryData<string> Types => [.. Samples.All.Keys];

    public static TheoryData<string> Requests => [.. Samples.Requests.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_schema_of_an_event_is_that_of_its_record(string type) =>
        Approved.MatchesFile(SchemaWriter.Of(type).ToJsonString(Indented) + "\n", ContractFolder.Path("schemas", $"{type}.json"));

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_schema_of_a_request_is_that_of_its_record(string command) =>
        Approved.MatchesFile(SchemaWriter.OfRequest(command).ToJsonString(Indented) + "\n", ContractFolder.Path("schemas", "commands", $"{command}.json"));

    [Fact]
    public void No_schema_is_left_of_a_request_that_is_no_more() =>
        Assert.Equal(Samples.Requests.Keys.Order(), Directory.GetFiles(ContractFolder.Path("schemas", "commands"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order());

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_what_its_schema_says(string command)
    {
        var schema = JsonNode.Parse(File.ReadAllText(ContractFolder.Path("schemas", "commands", $"{command}.json")))!.AsObject();

        Assert.Empty(SchemaCheck.Faults(Samples.Requests[command], schema));
        foreach (var other in Samples.Requests.Where(r => r.Key != command)) Assert.NotEmpty(SchemaCheck.Faults(other.Value, schema));
    }

    [Fact]
    public void The_asyncapi_document_is_that_of_the_records() =>
        Approved.MatchesFile(AsyncApiWriter.Document(), ContractFolder.Path("asyncapi.yaml"));

    [Fact]
    public void The_asyncapi_document_is_yaml_that_leads_to_every_schema()
    {
        var document = new YamlStream();
        using var text = new StreamReader(ContractFolder.Path("asyncapi.yaml"));

        document.Load(text);

        var messages = (YamlMappingNode)document.Documents.Single().RootNode["components"]["messages"];
        Assert.Equal(EventTypes.All.Keys.Concat(Samples.Requests.Keys.Select(k => $"command.{k}")).Order(), messages.Children.Keys.Select(k => $"{k}").Order());
        Assert.All(messages.Children.Values, m => Assert.True(File.Exists(ContractFolder.Path($"{m["payload"]["schema"]["$ref"]}"))));
    }

    [Fact]
    public void No_schema_is_left_of_an_event_that_is_no_more() =>
        Assert.Equal(EventTypes.All.Keys.Order(), Directory.GetFiles(ContractFolder.Path("schemas"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order());

    [Theory]
    [MemberData(nameof(Types))]
    [MemberData(nameof(Requests))]
    public void Every_field_says_what_it_means(string type)
    {
        var silent = new List<string>();

        Search(Samples.All.ContainsKey(type) ? SchemaWriter.Of(type) : SchemaWriter.OfRequest(type), type);

        Assert.Empty(silent);

        void Search(JsonNode? node, string path)
        {
            if (node is not JsonObject schema) return;
            if (schema["properties"] is JsonObject properties)
            {
                foreach (var (name, property) in properties.Where(p => p.Key is not ("type" or "command")))
                    if (property!["description"] is null) silent.Add($"{path}.{name}");
            }

            foreach (var (name, child) in schema) Search(child, $"{path}.{name}");
        }
    }
}
