using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FeedWatch.Tests.Contracts;

/// <summary>
/// Whether a message is what a JSON Schema (2020-12) says, for the keywords that the contract uses; any other is an error here.
/// NJsonSchema, the only validator to be had, knows neither <c>$defs</c> nor <c>const</c>. The end-to-end tests ask two
/// independent validators, ajv and Python's jsonschema, the same.
/// </summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private readonly List<string> faults = [];

    public static IReadOnlyList<string> Faults(string json, JsonObject schema)
    {
        var check = new SchemaCheck(schema);
        check.Check(JsonNode.Parse(json), schema, "$");
        return check.faults;
    }

    private void Check(JsonNode? value, JsonObject schema, string path)
    {
        foreach (var (keyword, rule) in schema)
        {
            if (!Holds(value, keyword, rule!, path)) faults.Add($"{path}: {keyword} {(rule is JsonValue ? rule.ToJsonString() : "")}");
        }
    }

    private bool Holds(JsonNode? value, string keyword, JsonNode rule, string path)
    {
        switch (keyword)
        {
            case "$schema" or "$id" or "$defs" or "title" or "description":
                return true;
            case "$ref":
                Check(value, root["$defs"]![$"{rule}"["#/$defs/".Length..]]!.AsObject(), path);
                return true;
            case "type":
                return IsOf(value, $"{rule}");
            case "const":
                return JsonNode.DeepEquals(value, rule);
            case "enum":
                return rule.AsArray().Any(v => JsonNode.DeepEquals(v, value));
            case "format":
                return value is JsonValue && HasFormat($"{value}", $"{rule}");
            case "maxLength":
                return $"{value}".EnumerateRunes().Count() <= (int)rule;
            case "minimum":
                return value is JsonValue v && v.TryGetValue<decimal>(out var low) && low >= (decimal)rule;
            case "maximum":
                return value is JsonValue w && w.TryGetValue<decimal>(out var high) && high <= (decimal)rule;
            case "required":
                return value is JsonObject has && rule.AsArray().All(name => has.ContainsKey($"{name}"));
            case "properties":
                foreach (var (name, inner) in rule.AsObject())
                    if (value is JsonObject body && body.TryGetPropertyValue(name, out var field)) Check(field, inner!.AsObject(), $"{path}.{name}");
                return true;
            case "additionalProperties": // the contract has it only where there are no properties
                foreach (var (name, entry) in value as JsonObject ?? []) Check(entry, rule.AsObject(), $"{path}.{name}");
                return true;
            case "items":
                foreach (var item in value as JsonArray ?? []) Check(item, rule.AsObject(), $"{path}[]");
                return true;
            default:
                throw new NotSupportedException($"The check does not know the keyword {keyword}.");
        }
    }

    private static bool IsOf(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => type == "object",
        JsonValueKind.Array => type == "array",
        JsonValueKind.String => type == "string",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.Number => type == "number" || (type == "integer" && decimal.IsInteger(value.AsValue().GetValue<decimal>())),
        _ => false,
    };

    private static bool HasFormat(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => throw new NotSupportedException($"The check does not know the format {format}."),
    };
}
