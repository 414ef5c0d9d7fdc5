using FeedWatch.Storage;
using Quartz;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FeedWatch.Sources.Lists;

/// <summary>
/// The YAML form of the list: <c>feeds:</c> with one entry a feed. Read node by node, because a fault must name its line
/// and an unknown key is a typing error, not something to skip.
/// </summary>
internal static class YamlFeedList
{
    private static readonly string[] Keys = ["name", "url", "language", "country", "interval", "cron", "enabled", "auth", "tags"];

    public static IReadOnlyList<ReadFeed> Parse(string path, string text, List<string> faults)
    {
        var feeds = new List<ReadFeed>();
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException ex)
        {
            faults.Add($"{path}:{ex.Start.Line}: not valid YAML: {ex.Message}");
            return feeds;
        }

        if (yaml.Documents.Count == 0) return feeds;
        if (yaml.Documents[0].RootNode is not YamlMappingNode root || !root.Children.TryGetValue("feeds", out var list))
        {
            faults.Add($"{path}:1: neither OPML nor a YAML feed list; it begins with 'feeds:' and has one '- name: … url: …' for each feed.");
            return feeds;
        }

        if (list is not YamlSequenceNode entries)
        {
            if (list is not YamlScalarNode { Value: null or "" }) faults.Add($"{path}:{list.Start.Line}: 'feeds:' must be a list; begin each feed with '- name:'.");
            return feeds;
        }

        foreach (var entry in entries)
        {
            if (entry is YamlMappingNode mapping) Add(path, mapping, feeds, faults);
            else faults.Add($"{path}:{entry.Start.Line}: a feed needs 'name:' and 'url:'.");
        }

        return feeds;
    }

    private static bool IsSchedule(string text)
    {
        try
        {
            _ = new CronExpression(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void Add(string path, YamlMappingNode mapping, List<ReadFeed> feeds, List<string> faults)
    {
        var before = faults.Count;
        var line = (int)mapping.Start.Line;
        var values = new Dictionary<string, (string Text, long Line)>(StringComparer.Ordinal);
        YamlNode? auth = null;
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!Keys.Contains(name)) faults.Add($"{path}:{key.Start.Line}: a feed has no '{name}'; it has {string.Join(", ", Keys)}.");
            else if (name == "auth") auth = value;
            else if (value is YamlScalarNode scalar) values[name] = (scalar.Value ?? "", value.Start.Line);
            else if (name != "tags") faults.Add($"{path}:{value.Start.Line}: '{name}' must be a single value.");
        }

        if (!values.TryGetValue("url", out var url))
        {
            faults.Add($"{path}:{line}: this feed has no 'url:'.");
            return;
        }

        var address = FeedList.Address(url.Text, out var fault);
        if (address is null) faults.Add($"{path}:{url.Line}: {fault}");

        TimeSpan? interval = null;
        if (values.TryGetValue("interval", out var written))
        {
            if (Duration.TryParse(written.Text, out var span) && span > TimeSpan.Zero) interval = span;
            else faults.Add($"{path}:{written.Line}: '{written.Text}' is no interval; write 30m, 2h or 1d.");
        }

        if (values.TryGetValue("cron", out var cron) && !IsSchedule(cron.Text))
            faults.Add($"{path}:{cron.Line}: '{cron.Text}' is no schedule; write it as Quartz does, '0 0/30 6-22 * * ?' for every half hour from 6 to 22 UTC.");

        var enabled = true;
        if (values.TryGetValue("enabled", out var flag) && !bool.TryParse(flag.Text, out enabled))
            faults.Add($"{path}:{flag.Line}: 'enabled' is true or false, not '{flag.Text}'.");

        var credentials = auth is null || address is null ? null : YamlFeedAuth.Read(path, auth, address, faults);
        if (faults.Count > before || address is null) return;
        feeds.Add(new ReadFeed(new ListedFeed(address, Text("name") ?? address.Host, Text("language"), Text("country"), interval, enabled, Text("cron")) { Auth = credentials }, line));

        string? Text(string key) => values.TryGetValue(key, out var v) && v.Text.Length > 0 ? v.Text : null;
    }
}
