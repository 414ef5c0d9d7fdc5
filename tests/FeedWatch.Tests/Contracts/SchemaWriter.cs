using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FeedWatch.Contracts;

namespace FeedWatch.Tests.Contracts;

/// <summary>
/// JSON Schema (2020-12) of an event, from its record as <see cref="EventJson"/> writes it. .NET's own JsonSchemaExporter repeats
/// every record wherever it is used; here each stands once under <c>$defs</c>, with its documentation.
/// </summary>
internal sealed class SchemaWriter
{
    private const string Rules = " Fields that are not required are absent where they have no value. New optional fields may appear at any time: ignore what you do not know.";

    private readonly Docstrings docs = new(typeof(FeedWatchEvent).Assembly);
    private readonly SortedDictionary<string, JsonNode> definitions = new(StringComparer.Ordinal);

    public static JsonObject Of(string type) => new SchemaWriter().Event(type, EventTypes.All[type]);

    /// <summary>What a bot asks, and what it is answered (<c>reply</c>).</summary>
    public static JsonObject OfRequest(string command) => command == Samples.Reply
        ? new SchemaWriter().Answer()
        : new SchemaWriter().Request(command, RequestTypes.All[command]);

    private JsonObject Event(string type, Type record) => Kind("type", type, type, Record(record, docs.Of(record) + Rules));

    private JsonObject Request(string command, Type record) =>
        Kind("command", command, $"command:{command}", Record(record, $"{docs.Of(record)} Fields that are not required may be absent, and fields that are not known are ignored."));

    private JsonObject Answer() => Document(Samples.Reply, $"command:{Samples.Reply}", Record(typeof(BotReply), docs.Of(typeof(BotReply)) + Rules));

    private JsonObject Kind(string discriminator, string kind, string name, JsonObject body)
    {
        body["properties"]!.AsObject().Insert(0, discriminator, new JsonObject { ["const"] = kind });
        body["required"]!.AsArray().Insert(0, discriminator);
        return Document(kind, name, body);
    }

    private JsonObject Document(string title, string urn, JsonObject body)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:feedwatch:schema:{urn}:v1",
            ["title"] = title,
        };
        foreach (var (name, value) in body.ToList())
        {
            body.Remove(name);
            schema[name] = value;
        }

        if (definitions.Count > 0) schema["$defs"] = new JsonObject(definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        return schema;
    }

    private JsonObject Record(Type record, string description)
    {
        var properties = EventJson.Options.GetTypeInfo(record).Properties.Where(p => p.Get is not null).OrderBy(p => p.Order).ToList();
        return new JsonObject
        {
            ["description"] = description,
            ["type"] = "object",
            ["required"] = new JsonArray([.. properties.Where(p => p.IsRequired).Select(p => (JsonNode)p.Name)]),
            ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Property(p)))),
        };
    }

    private JsonObject Property(JsonPropertyInfo property)
    {
        var member = (PropertyInfo)property.AttributeProvider!;
        var schema = Value(property.PropertyType);
        if (docs.Of(member) is { Length: > 0 } description) schema.Insert(0, "description", description);
        if (member.GetCustomAttribute<StringLengthAttribute>() is { } length) schema["maxLength"] = length.MaximumLength;
        if (member.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            schema["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum, null));
            if (range.Maximum is not (int.MaxValue or double.MaxValue)) schema["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum, null));
        }

        return schema;
    }

    private JsonObject Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return new JsonObject { ["type"] = "string" };
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(int)) return new JsonObject { ["type"] = "integer" };
        if (type == typeof(decimal) || type == typeof(double)) return new JsonObject { ["type"] = "number" };
        if (type == typeof(Guid)) return new JsonObject { ["type"] = "string", ["format"] = "uuid" };
        if (type == typeof(DateTimeOffset)) return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(DateOnly)) return new JsonObject { ["type"] = "string", ["format"] = "date" };
        if (type.IsEnum) return Reference(type, Enumeration);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return new JsonObject { ["type"] = "array", ["items"] = Value(type.GetGenericArguments()[0]) };
        if (type == typeof(IReadOnlyDictionary<string, int>))
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 } };
        if (type.Assembly == typeof(FeedWatchEvent).Assembly) return Reference(type, t => Record(t, docs.Of(t)));
        throw new NotSupportedException($"The contract has no words for a {type}.");
    }

    private JsonObject Reference(Type type, Func<Type, JsonObject> define)
    {
        if (!definitions.ContainsKey(type.Name))
        {
            definitions[type.Name] = JsonValue.Create(true); // a record that holds itself ends here
            definitions[type.Name] = define(type);
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" };
    }

    private JsonObject Enumeration(Type type)
    {
        var values = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (f.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name, Meaning: docs.Of(f)))
            .ToList();
        return new JsonObject
        {
            ["description"] = $"{docs.Of(type)} {string.Join(' ', values.Select(v => $"`{v.Name}`: {v.Meaning}"))}",
            ["type"] = "string",
            ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v.Name)]),
        };
    }
}
