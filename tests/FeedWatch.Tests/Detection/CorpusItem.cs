using System.Text.Json.Nodes;
using FeedWatch.Detection;

namespace FeedWatch.Tests.Detection;

/// <summary>An article of the labelled corpus, with what a person says of it.</summary>
internal sealed record CorpusItem(string Id, string Language, ArticleText Article, Label Label, IReadOnlyList<string> Networks, IReadOnlyList<CorpusFigure> Figures)
{
    public bool IsEvent => Label is Label.Takedown or Label.Followup;

    /// <summary>Reads a file of JSON lines; items that a person could not decide are left out.</summary>
    public static IEnumerable<CorpusItem> Read(string path) =>
        File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!).Where(node => node["ambiguous"]?.GetValue<bool>() != true).Select(Of);

    private static CorpusItem Of(JsonNode node) => new(
        Text(node, "id"),
        Text(node, "lang"),
        new(Text(node, "title"), Text(node, "summary"), Text(node, "content")),
        Enum.Parse<Label>(Text(node, "label"), ignoreCase: true),
        [.. node["networks"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []],
        [.. node["figures"]?.AsArray().Select(figure => new CorpusFigure(Text(figure!, "kind"), figure!["value"]!.GetValue<double>(), Text(figure, "unit"), Text(figure, "scope"))) ?? []]);

    private static string Text(JsonNode node, string key) => node[key]?.GetValue<string>() ?? "";
}

/// <summary>A figure as a person read it; an empty unit or scope matches any.</summary>
internal sealed record CorpusFigure(string Kind, double Value, string Unit, string Scope);
