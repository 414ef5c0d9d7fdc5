using System.Text.Json.Nodes;

namespace FeedWatch.Tests.Contracts;

/// <summary>What a newer schema takes away from those who read by an older one. Additions are no fault.</summary>
internal static class SchemaEvolution
{
    /// <summary>One line for each broken promise; empty where the change is additive.</summary>
    public static IReadOnlyList<string> Breaks(JsonObject released, JsonObject now)
    {
        var breaks = new List<string>();
        Compare(released, now, "", []);
        return breaks;

        void Compare(JsonObject before, JsonObject after, string path, HashSet<string> seen)
        {
            if (before["$ref"] is { } reference && !seen.Add($"{reference}")) return; // a record that holds itself
            before = Resolved(before, released);
            after = Resolved(after, now);
            foreach (var keyword in (string[])["type", "const", "format", "minimum", "maximum", "maxLength"])
            {
                if (before[keyword] is { } was && !JsonNode.DeepEquals(was, after[keyword])) breaks.Add($"{path}: {keyword} was {was.ToJsonString()}, is {after[keyword]?.ToJsonString() ?? "gone"}");
            }

            if (before["enum"] is JsonArray values && !JsonNode.DeepEquals(values, after["enum"])) breaks.Add($"{path}: its values changed");
            foreach (var name in (before["required"] as JsonArray ?? []).Select(n => $"{n}").Except((after["required"] as JsonArray ?? []).Select(n => $"{n}")))
                breaks.Add($"{path}.{name}: was always there");
            foreach (var (name, property) in before["properties"] as JsonObject ?? [])
            {
                if (after["properties"]?[name] is JsonObject still) Compare(property!.AsObject(), still, $"{path}.{name}", [.. seen]);
                else breaks.Add($"{path}.{name}: is gone");
            }

            foreach (var keyword in (string[])["items", "additionalProperties"])
            {
                if (before[keyword] is not JsonObject inner) continue;
                if (after[keyword] is JsonObject still) Compare(inner, still, $"{path}[]", [.. seen]);
                else breaks.Add($"{path}[]: is gone");
            }
        }
    }

    private static JsonObject Resolved(JsonObject schema, JsonObject root) =>
        schema["$ref"] is { } reference ? root["$defs"]![$"{reference}".Split('/')[^1]]!.AsObject() : schema;
}
