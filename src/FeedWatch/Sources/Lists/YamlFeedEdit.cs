using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FeedWatch.Storage;
using YamlDotNet.RepresentationModel;

namespace FeedWatch.Sources.Lists;

/// <summary>
/// Edits the text of a YAML feed list and leaves the rest of the file as its owner wrote it: comments, order, quotes, line ends.
/// The text must be without faults; who calls reads the result back and compares.
/// </summary>
internal static partial class YamlFeedEdit
{
    /// <summary>Puts feeds behind the last one.</summary>
    /// <exception cref="FeedListException">The list is written in a way that cannot be added to line by line.</exception>
    public static string Add(string path, string text, IEnumerable<ListedFeed> feeds)
    {
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var list = ListOf(text);
        if (list is null) return Joined(text, newLine, $"feeds:{newLine}{Entries(feeds, "  ", newLine)}");

        if (list is YamlSequenceNode { Style: YamlDotNet.Core.Events.SequenceStyle.Flow } flow)
        {
            if (flow.Children.Count > 0)
                throw new FeedListException($"{path}:{flow.Start.Line}: the feeds stand in brackets ([ … ]); give each one a line of its own that begins with '-', then others can be added.");
            text = text.Remove((int)flow.Start.Index, Closing(text, flow) + 1 - (int)flow.Start.Index);
            return Insert(text, (int)flow.Start.Line, Entries(feeds, "  ", newLine), newLine);
        }

        if (list is not YamlSequenceNode { Children: [.., var last] }) return Insert(text, (int)list.Start.Line, Entries(feeds, "  ", newLine), newLine);
        return Insert(text, LastLine(text, last), Entries(feeds, Indent(Lines(text)[(int)last.Start.Line - 1]), newLine), newLine);
    }

    /// <summary>
    /// Takes out a feed's own lines and the comment right above them. A comment stays where the next feed follows without a blank line or
    /// a comment of its own: then it heads more than this feed.
    /// </summary>
    public static string Remove(string path, string text, Uri url)
    {
        var feed = Find(text, url);
        var lines = Lines(text);
        var first = (int)feed.Start.Line - 1;
        if (!Dash().IsMatch(lines[first])) throw new FeedListException($"{path}:{feed.Start.Line}: this feed has no line of its own that begins with '-'; take it out by hand.");
        var after = LastLine(text, feed);
        if (after >= lines.Count || !Dash().IsMatch(lines[after]))
        {
            while (first > 0 && IsCommentOf(lines[first - 1], lines[(int)feed.Start.Line - 1])) first--;
        }

        if (first > 0 && IsBlank(lines[first - 1]) && (after == lines.Count || IsBlank(lines[after]))) first--; // not two blank lines in the place of one
        lines.RemoveRange(first, after - first);
        return string.Concat(lines);
    }

    /// <summary>Switches a feed on or off.</summary>
    public static string SetEnabled(string text, Uri url, bool enabled)
    {
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var feed = Find(text, url);
        var value = enabled ? "true" : "false";
        if (feed.Children.TryGetValue("enabled", out var flag)) return string.Concat(text.AsSpan(0, (int)flag.Start.Index), value, text.AsSpan((int)flag.End.Index));
        if (feed.Style == YamlDotNet.Core.Events.MappingStyle.Flow) return text.Insert(Closing(text, feed), $", enabled: {value}");

        var indent = new string(' ', (int)feed.Children.First().Key.Start.Column - 1);
        return Insert(text, LastLine(text, feed), $"{indent}enabled: {value}{newLine}", newLine);
    }

    private static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    private static bool IsCommentOf(string line, string entry) => line.TrimStart().StartsWith('#') && Indent(line) == Indent(entry);

    private static YamlNode? ListOf(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Count > 0 && yaml.Documents[0].RootNode is YamlMappingNode root && root.Children.TryGetValue("feeds", out var list) ? list : null;
    }

    private static YamlMappingNode Find(string text, Uri url) => ((YamlSequenceNode)ListOf(text)!).OfType<YamlMappingNode>().First(
        m => m.Children.TryGetValue("url", out var value) && value is YamlScalarNode scalar && FeedList.Address(scalar.Value ?? "", out _)?.AbsoluteUri == url.AbsoluteUri);

    // Collections carry no end mark of their own: a block ends with its last value, one in brackets with the next closing one.
    private static int LastLine(string text, YamlNode node) => node switch
    {
        YamlMappingNode { Style: YamlDotNet.Core.Events.MappingStyle.Flow } or YamlSequenceNode { Style: YamlDotNet.Core.Events.SequenceStyle.Flow } =>
            1 + text.AsSpan(0, Closing(text, node)).Count('\n'),
        YamlMappingNode mapping => mapping.Children.Max(c => Math.Max(LastLine(text, c.Key), LastLine(text, c.Value))),
        YamlSequenceNode sequence => sequence.Children.Max(c => LastLine(text, c)),
        _ => (int)(node.End.Column == 1 && node.End.Line > node.Start.Line ? node.End.Line - 1 : node.End.Line),
    };

    private static int Closing(string text, YamlNode node)
    {
        var within = node switch
        {
            YamlMappingNode mapping => mapping.Children.SelectMany(c => new[] { c.Key, c.Value }),
            YamlSequenceNode sequence => sequence.Children,
            _ => [],
        };
        var from = within.Select(c => c is YamlScalarNode ? (int)c.End.Index : Closing(text, c) + 1).Append((int)node.Start.Index).Max();
        return text.IndexOf(node is YamlMappingNode ? '}' : ']', from);
    }

    private static string Insert(string text, int afterLine, string what, string newLine)
    {
        var lines = Lines(text);
        var before = string.Concat(lines.Take(afterLine));
        return Joined(before, newLine, what) + string.Concat(lines.Skip(afterLine));
    }

    private static string Joined(string before, string newLine, string what) => before.Length == 0 || before.EndsWith('\n') ? before + what : before + newLine + what;

    private static List<string> Lines(string text) => [.. Line().Matches(text).Select(m => m.Value)];

    private static string Indent(string line) => line[..(line.Length - line.TrimStart().Length)];

    private static string Entries(IEnumerable<ListedFeed> feeds, string indent, string newLine)
    {
        var entries = new StringBuilder();
        foreach (var feed in feeds)
        {
            entries.Append(indent).Append("- name: ").Append(Scalar(feed.Name)).Append(newLine);
            Key("url", feed.Url.AbsoluteUri);
            Key("language", feed.Language);
            Key("country", feed.Country);
            Key("interval", feed.Interval is { } interval ? Duration.Text(interval) : null, plain: true);
            Key("cron", feed.Cron);
            Key("auth", Auth(feed.Auth), plain: true);
            Key("enabled", feed.Enabled ? null : "false", plain: true);
        }

        return entries.ToString();

        void Key(string name, string? value, bool plain = false)
        {
            if (value is not null) entries.Append(indent).Append("  ").Append(name).Append(": ").Append(plain ? value : Scalar(value)).Append(newLine);
        }
    }

    private static string? Auth(FeedAuth? auth) => auth switch
    {
        null => null,
        { User: { } user } => $"{{ user: {Quoted(user)}, passwordFile: {Quoted(auth.SecretFile)} }}",
        { Header: { } header } => $"{{ header: {Quoted(header)}, valueFile: {Quoted(auth.SecretFile)} }}",
        _ => $"{{ bearerFile: {Quoted(auth.SecretFile)} }}",
    };

    // Bare where no reader of YAML 1.1 or 1.2 could take it for something else ("no" is Norway, not false); else in double quotes.
    private static string Scalar(string value) => Plain().IsMatch(value) && !Word().IsMatch(value) ? value : Quoted(value);

    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"[^\n]*\n|[^\n]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"^\s*-(\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Dash();

    [GeneratedRegex(@"^(?:https?://[^\s#,\[\]{}""'`]*[^\s#,:\[\]{}""'`]|[\p{L}\p{Nd}](?:[\p{L}\p{Nd} ._/()&–-]*[\p{L}\p{Nd}.)])?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?:y|n|yes|no|on|off|true|false|null|[\d._+-].*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
