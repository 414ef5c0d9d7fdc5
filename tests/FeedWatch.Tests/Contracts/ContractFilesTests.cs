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

    [Theory]
    [MemberData(nameof(Types))]
    public void The_schema_of_an_event_is_that_of_its_record(string type) =>
        Approved.MatchesFile(SchemaWriter.Of(type).ToJsonString(Indented) + "\n", ContractFolder.Path("schemas", $"{type}.json"));

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
        Assert.Equal(EventTypes.All.Keys.Order(), messages.Children.Keys.Select(k => $"{k}").Order());
        Assert.All(messages.Children.Values, m => Assert.True(File.Exists(ContractFolder.Path($"{m["payload"]["schema"]["$ref"]}"))));
    }

    [Fact]
    public void No_schema_is_left_of_an_event_that_is_no_more() =>
        Assert.Equal(EventTypes.All.Keys.Order(), Directory.GetFiles(ContractFolder.Path("schemas"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order());

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_field_says_what_it_means(string type)
    {
        var silent = new List<string>();

        Search(SchemaWriter.Of(type), type);

        Assert.Empty(silent);

        void Search(JsonNode? node, string path)
        {
            if (node is not JsonObject schema) return;
            if (schema["properties"] is JsonObject properties)
            {
                foreach (var (name, property) in properties.Where(p => p.Key != "type"))
                    if (property!["description"] is null) silent.Add($"{path}.{name}");
            }

            foreach (var (name, child) in schema) Search(child, $"{path}.{name}");
        }
    }
}
