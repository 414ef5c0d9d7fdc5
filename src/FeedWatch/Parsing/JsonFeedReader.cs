using System.Text.Json;
using System.Text.RegularExpressions;
using FeedWatch.Parsing.Dates;
using FeedWatch.Parsing.Elements;
using FeedWatch.Sources;

namespace FeedWatch.Parsing;

/// <summary>
/// Reads JSON Feed 1.0 and 1.1. FeedReader's own reader wants the version to the letter and loses the whole feed to one wrong type;
/// here a number may be an id, and a field of the wrong kind is an absent one.
/// </summary>
internal static partial class JsonFeedReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    public static ParseResult Read(string json, Uri? address, List<string> repairs)
    {
        var mended = LoneSurrogate().Replace(json, "\\ufffd");
        if (mended.Length != json.Length || !ReferenceEquals(mended, json)) repairs.Add("half of a character (a lone surrogate) in a JSON string");
        try
        {
            using var document = JsonDocument.Parse(mended, Lenient);
            return (ParseResult?)Read(document.RootElement, address, repairs) ?? new ParseResult.Unreadable("it is JSON, but no JSON Feed");
        }
        catch (JsonException ex)
        {
            return new ParseResult.Unreadable($"it is not well-formed JSON: {ex.Message}");
        }
    }

    private static ParseResult.Parsed? Read(JsonElement root, Uri? address, List<string> repairs)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array) return null;
        if (!root.TryGetProperty("version", out _) && !root.TryGetProperty("title", out _) && !root.TryGetProperty("feed_url", out _)) return null;

        var feedBase = address ?? EntryLink.Absolute(Text(root, "home_page_url"), null) ?? EntryLink.Absolute(Text(root, "feed_url"), null);
        var entries = items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).ToList();
        return new ParseResult.Parsed(Text(root, "title"), [.. entries.Select(i => Entry(i, feedBase))], items.GetArrayLength() - entries.Count, repairs, PollHints.None);
    }

    private static Article Entry(JsonElement item, Uri? feedBase)
    {
        var updated = FeedDate.Parse(Text(item, "date_modified"));
        var id = Text(item, "id");
        return new Article(
            Text(item, "title"),
            Text(item, "summary"),
            Text(item, "content_html") is { Length: > 0 } html ? html : Text(item, "content_text"),
            id,
            EntryLink.Absolute(Text(item, "url"), feedBase) ?? EntryLink.Absolute(Text(item, "external_url"), feedBase) ?? EntryLink.Absolute(id, null),
            FeedDate.Parse(Text(item, "date_published")) ?? updated,
            updated);
    }

    private static string Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : "";

    // An escape that is preceded by an odd backslash is none, but then the string holds no surrogate either way.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex LoneSurrogate();
}
