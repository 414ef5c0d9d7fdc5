using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace FeedWatch.Detection.Lexicons;

/// <summary>One YAML file of a lexicon, read so that every complaint knows its line.</summary>
internal sealed class LexiconFile
{
    private readonly YamlMappingNode root;

    private LexiconFile(string name, YamlMappingNode root)
    {
        Name = name;
        this.root = root;
    }

    /// <summary>The file's name, for example <c>nl.yaml</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the built-in file of the same name is put aside for this one.</summary>
    public bool Replaces => root.Children.TryGetValue("replace", out var node) && Text(node) == "true";

    /// <summary>What a profile of its own puts aside of the built-in files: keys, or paths to keys such as <c>concepts/thing</c>.</summary>
    public IEnumerable<YamlNode> Drops => root.Children.TryGetValue("drops", out var node) ? Items(node) : [];

    /// <summary>Takes a key and what stands under it out of the file.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Drop(string path)
    {
        var keys = path.Split('/');
        var at = root;
        foreach (var key in keys[..^1])
        {
            if (!at.Children.TryGetValue(key, out var next) || next is not YamlMappingNode mapping)
                return false;
            at = mapping;
        }

        return at.Children.Remove(keys[^1]);
    }

    /// <exception cref="LexiconException">It is no YAML, or no mapping.</exception>
    public static LexiconFile Parse(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
                throw new LexiconException(name, 1, "It must hold a mapping.");
            return new(name, root);
        }
        catch (YamlException ex)
        {
            throw new LexiconException(name, (int)ex.Start.Line, ex.InnerException?.Message ?? ex.Message);
        }
        catch (InvalidOperationException)
        {
            // what YamlDotNet throws, without a place, where the file ends inside a bracket
            throw new LexiconException(name, OpenBracket(text), "A bracket that opens here does not end.");
        }
    }

    private static int OpenBracket(string text)
    {
        var open = new Stack<long>();
        var parser = new Parser(new StringReader(text));
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow }) open.Push(parser.Current.Start.Line);
                else if (parser.Current is SequenceEnd or MappingEnd) open.TryPop(out _);
            }
        }
        catch (Exception ex) when (ex is YamlException or InvalidOperationException)
        {
            // here it is
        }

        return (int)open.LastOrDefault(1);
    }

    /// <summary>The entries of the file.</summary>
    public IEnumerable<(YamlNode Key, YamlNode Value)> Entries() => Entries(root);

    public IEnumerable<(YamlNode Key, YamlNode Value)> Entries(YamlNode node) =>
        node is YamlMappingNode mapping
            ? mapping.Children.Select(pair => (pair.Key, pair.Value))
            : throw Wrong(node, "Expected a mapping here.");

    public IEnumerable<YamlNode> Items(YamlNode node) => node switch
    {
        YamlSequenceNode sequence => sequence.Children,
        YamlScalarNode { Value: "" or null } => [],
        _ => throw Wrong(node, "Expected a list here."),
    };

    public string Text(YamlNode node) =>
        node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Wrong(node, "Expected a text here.");

    public double Number(YamlNode node) =>
        double.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(node, $"'{Text(node)}' is no number.");

    public LexiconException Wrong(YamlNode node, string reason) => new(Name, (int)node.Start.Line, reason);
}
