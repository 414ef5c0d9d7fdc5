using System.Text.RegularExpressions;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FeedWatch.Detection;

/// <summary>The data files of this folder, compiled. Patterns run without backtracking, so no text can make them slow.</summary>
internal sealed class Terms
{
    private Terms(IReadOnlyDictionary<string, Regex> concepts, IReadOnlyList<Network> networks) => (Concepts, Networks) = (concepts, networks);

    public static Terms BuiltIn { get; } = Read();

    public IReadOnlyDictionary<string, Regex> Concepts { get; }

    public IReadOnlyList<Network> Networks { get; }

    private static Terms Read()
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        var concepts = yaml.Deserialize<Dictionary<string, string>>(Resource("terms.yaml"));
        var networks = yaml.Deserialize<List<NetworkEntry>>(Resource("networks.yaml"));
        return new Terms(
            concepts.ToDictionary(c => c.Key, c => Compiled(c.Value), StringComparer.Ordinal),
            [.. networks.Select(n => new Network(n.Name, n.Distinctive is null ? null : Compiled(n.Distinctive), n.Ambiguous is null ? null : Compiled(n.Ambiguous)))]);
    }

    private static StreamReader Resource(string name) => new(typeof(Terms).Assembly.GetManifestResourceStream(name)!);

    private static Regex Compiled(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    internal sealed record Network(string Name, Regex? Distinctive, Regex? Ambiguous);

    private sealed class NetworkEntry
    {
        public string Name { get; set; } = "";
        public string? Distinctive { get; set; }
        public string? Ambiguous { get; set; }
    }
}
