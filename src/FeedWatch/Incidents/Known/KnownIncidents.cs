using System.Globalization;
using FeedWatch.Contracts;
using FeedWatch.Incidents.Linking;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FeedWatch.Incidents.Known;

/// <summary>The takedowns of the past that ship with FeedWatch, in <c>incidents.yaml</c>.</summary>
internal static class KnownIncidents
{
    private static readonly Lazy<IReadOnlyList<KnownIncident>> Incidents = new(Load);
    private static readonly Lazy<Dictionary<string, KnownIncident>> ByNetwork = new(() => Incidents.Value.ToDictionary(i => i.Network, StringComparer.OrdinalIgnoreCase));
    private static readonly Lazy<Dictionary<string, string>> ByOperation = new(() => Incidents.Value
        .SelectMany(i => i.Operations.Select(o => (Operation: o, i.Network))).ToDictionary(p => p.Operation, p => p.Network, StringComparer.OrdinalIgnoreCase));

    /// <summary>The first reports of a takedown come so long before or after it was announced.</summary>
    private static readonly TimeSpan Days = TimeSpan.FromDays(7);

    private static readonly Lazy<Dictionary<string, DateTimeOffset>> ByKey = new(() => Incidents.Value.ToDictionary(
        i => LinkKeys.OfNetwork(RoutingKey.Slug(i.Network)), i => new DateTimeOffset(SinceOf(i.Network)!.Value, TimeOnly.MinValue, TimeSpan.Zero), StringComparer.Ordinal));

    public static IReadOnlyList<KnownIncident> All => Incidents.Value;

    /// <summary>The network at which an operation was aimed; null for one that nobody has heard of.</summary>
    public static string? OwnerOf(string operation) => ByOperation.Value.GetValueOrDefault(operation);

    /// <summary>When a network's takedown became public; null where it is not known.</summary>
    public static DateOnly? SinceOf(string network) =>
        ByNetwork.Value.TryGetValue(network, out var incident) ? DateOnly.ParseExact(incident.Announced, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    /// <summary>
    /// Whether a network, by its key, had fallen well before then: an arrest that is reported years later is none of a takedown of these days, which
    /// the first one is of a network that falls.
    /// </summary>
    public static bool HaveToldOf(string key, DateTimeOffset at) => ByKey.Value.TryGetValue(key, out var day) && (at - day).Duration() > Days;

    /// <summary>The network whose figures a report without a name recites: two of them at least. Null where none or several fit.</summary>
    public static KnownIncident? Recited(Marks report)
    {
        var fitting = Incidents.Value.Where(i => i.Figures.Count(report.Figures.Contains) >= 2).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static List<KnownIncident> Load()
    {
        using var file = typeof(KnownIncidents).Assembly.GetManifestResourceStream("incidents.yaml")
            ?? throw new InvalidOperationException("The known incidents are not in the program.");
        var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        return yaml.Deserialize<List<KnownIncident>>(new StreamReader(file));
    }
}
