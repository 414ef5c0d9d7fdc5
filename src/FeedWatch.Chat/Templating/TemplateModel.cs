using System.Text.Json;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Templating;

/// <summary>What a template can say: the post in our words, and the event itself as it goes over the bus. All texts are plain and of one line.</summary>
internal static class TemplateModel
{
    private const int LongestText = 2_000;

    /// <summary>What it is all called.</summary>
    public static IEnumerable<string> Names => Of(EventPost.Of(SampleEvent.At(default)), SampleEvent.At(default)).Keys;

    public static Dictionary<string, object?> Of(Post post, FeedWatchEvent @event) => new(StringComparer.Ordinal)
    {
        ["badge"] = post.Badge,
        ["severity"] = post.Severity is { } severity ? RoutingKey.Name(severity) : "",
        ["kind"] = post.Kind,
        ["about"] = post.About,
        ["title"] = post.Title,
        ["lead"] = post.Lead,
        ["report"] = post.Report,
        ["changes"] = post.Changes.Select(Of).ToArray(),
        ["facts"] = post.Facts.Select(Of).ToArray(),
        ["figures"] = post.Figures.Select(Of).ToArray(),
        ["quotes"] = post.Quotes.ToArray(),
        ["entries"] = post.Entries.Select(Of).ToArray(),
        ["why"] = post.Why,
        ["source"] = post.Source,
        ["also_by"] = post.AlsoBy,
        ["link"] = post.Link ?? "",
        ["time"] = post.Words.Time(post.Time),
        ["event"] = Of(JsonSerializer.SerializeToElement(@event, EventJson.Options)),
    };

    private static Dictionary<string, object?> Of(Fact fact) => new(StringComparer.Ordinal) { ["label"] = fact.Label, ["text"] = fact.Text };

    private static Dictionary<string, object?> Of(Entry entry) =>
        new(StringComparer.Ordinal) { ["badge"] = entry.Badge, ["title"] = entry.Title, ["detail"] = entry.Detail, ["link"] = entry.Link ?? "" };

    private static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(p => p.Name, p => Of(p.Value), StringComparer.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.String => PlainText.Of(element.GetString(), LongestText),
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? number : null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
