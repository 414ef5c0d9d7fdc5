using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Templating;

/// <summary>The templates of one channel: a file for everything, or a folder with one for each event (<c>incident.updated.liquid</c>), each family (<c>incident.liquid</c>) and the rest (<c>all.liquid</c>).</summary>
internal sealed class TemplateSet
{
    private const string Extension = ".liquid";
    private const string All = "all";

    private readonly Dictionary<string, PostTemplate> templates = new(StringComparer.Ordinal);

    private TemplateSet()
    {
    }

    /// <param name="path">A file or a folder.</param>
    /// <param name="words">The channel's language, for the filters that write numbers and names.</param>
    /// <exception cref="TemplateException">One of them cannot be used; the message names file and line.</exception>
    public static TemplateSet Read(string path, Words words)
    {
        var set = new TemplateSet();
        if (!Directory.Exists(path))
        {
            if (!File.Exists(path)) throw new TemplateException($"'{path}' is neither a file nor a folder.");
            set.templates[All] = PostTemplate.Read(path, words);
            return set;
        }

        foreach (var file in Directory.EnumerateFiles(path, "*" + Extension).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (!Names().Contains(name)) throw new TemplateException($"{file} is named after no event; a template is called {string.Join(", ", Names())}, with {Extension} behind it.");
            set.templates[name] = PostTemplate.Read(file, words);
        }

        return set.templates.Count > 0 ? set : throw new TemplateException($"'{path}' holds no file that ends in {Extension}.");
    }

    /// <returns>Null for an event that is told in the built-in words.</returns>
    public PostTemplate? For(FeedWatchEvent @event)
    {
        var type = EventTypes.Of(@event);
        return templates.GetValueOrDefault(type) ?? templates.GetValueOrDefault(Family(type)) ?? templates.GetValueOrDefault(All);
    }

    private static string Family(string type) => type.Split('.')[0];

    private static IEnumerable<string> Names() => [All, .. EventTypes.All.Keys.Select(Family).Distinct().Order(StringComparer.Ordinal), .. EventTypes.All.Keys.Where(k => k.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
