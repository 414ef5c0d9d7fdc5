using System.Text.Json;
using System.Text.Json.Nodes;

namespace FeedWatch.Contracts;

/// <summary>
/// Makes a body that is too large small enough, whatever the event: long texts are cut and end in "…", long lists lose their
/// end (they begin with what matters most), addresses that no longer fit are dropped. What is lost is counted in <c>leftOut</c>.
/// </summary>
internal static class SizeLimit
{
    private const string LeftOut = "leftOut";
    private const string Text = "text";

    /// <summary>From mild to harsh; the last fits any event. No id, date, slug or enumeration is as long as the shortest text.</summary>
    private static readonly (int Characters, int Entries)[] Steps = [(2_000, 500), (1_000, 100), (500, 50), (300, 25), (200, 10), (100, 5), (100, 2)];

    public static byte[] Fit(byte[] json, int mostBytes, JsonSerializerOptions options)
    {
        foreach (var (characters, entries) in Steps)
        {
            var body = JsonNode.Parse(json)!.AsObject();
            var lost = new SortedDictionary<string, int>(StringComparer.Ordinal);
            Trim(body, "", characters, entries, lost);
            body[LeftOut] = JsonSerializer.SerializeToNode(lost, options);
            var fitted = JsonSerializer.SerializeToUtf8Bytes(body, options);
            if (fitted.Length <= mostBytes) return fitted;
        }

        throw new InvalidOperationException("An event has more fields than fit into a message."); // a record grew past the harshest step
    }

    private static void Trim(JsonObject body, string path, int characters, int entries, SortedDictionary<string, int> lost)
    {
        foreach (var (name, value) in body.ToList())
        {
            switch (value)
            {
                case JsonObject inner:
                    Trim(inner, $"{path}{name}.", characters, entries, lost);
                    break;
                case JsonArray list:
                    Trim(list, path + name, characters, entries, lost);
                    break;
                case JsonValue text when Long(text, characters) is { } words:
                    Count(lost, Text, words.Length - characters);
                    if (name == "link") body.Remove(name);
                    else body[name] = Cut(words, characters);
                    break;
            }
        }
    }

    private static void Trim(JsonArray list, string path, int characters, int entries, SortedDictionary<string, int> lost)
    {
        if (list.Count > entries)
        {
            Count(lost, path, list.Count - entries);
            while (list.Count > entries) list.RemoveAt(list.Count - 1);
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is JsonObject inner) Trim(inner, path + ".", characters, entries, lost);
            else if (list[i] is JsonValue text && Long(text, characters) is { } words)
            {
                Count(lost, Text, words.Length - characters);
                list[i] = Cut(words, characters);
            }
        }
    }

    private static string? Long(JsonValue value, int characters) =>
        value.TryGetValue<string>(out var text) && text.Length > characters ? text : null;

    private static string Cut(string text, int characters)
    {
        var end = char.IsHighSurrogate(text[characters - 2]) ? characters - 2 : characters - 1;
        return text[..end] + "…";
    }

    private static void Count(SortedDictionary<string, int> lost, string what, int many) => lost[what] = lost.GetValueOrDefault(what) + many;
}
