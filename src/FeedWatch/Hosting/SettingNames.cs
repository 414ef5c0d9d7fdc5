using System.Reflection;
using FeedWatch.Chat;
using FeedWatch.Chat.Bus;
using FeedWatch.Detecting;
using FeedWatch.Fetching;
using FeedWatch.Health;
using FeedWatch.Incidents;
using FeedWatch.Polling;
using FeedWatch.Sources;
using FeedWatch.Storage;

namespace FeedWatch.Hosting;

/// <summary>Every setting that exists, read from the options classes themselves.</summary>
internal static class SettingNames
{
    /// <summary>The options class of each section.</summary>
    public static IReadOnlyDictionary<string, Type> BySection { get; } = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase)
    {
        [FeedOptions.Section] = typeof(FeedOptions),
        [PollOptions.Section] = typeof(PollOptions),
        [FetchOptions.Section] = typeof(FetchOptions),
        [StorageOptions.Section] = typeof(StorageOptions),
        [BusOptions.Section] = typeof(BusOptions),
        [DetectionOptions.Section] = typeof(DetectionOptions),
        [AlertOptions.Section] = typeof(AlertOptions),
        [ChatOptions.Section] = typeof(ChatOptions),
        [HealthOptions.Section] = typeof(HealthOptions),
        [LogSettings.Section] = typeof(object), // Serilog's own settings are Serilog's to check
    };

    public static IEnumerable<string> Sections => BySection.Keys;

    /// <summary>The type of the value that <paramref name="key"/> takes; null where there is no such setting.</summary>
    /// <param name="key">As configuration writes it, <c>Chat:Channels:0:Type</c>.</param>
    /// <param name="suggestion">The setting that was probably meant.</param>
    public static Type? TypeOf(string key, out string? suggestion)
    {
        suggestion = null;
        var parts = key.Split(':');
        if (!BySection.TryGetValue(parts[0], out var type))
        {
            suggestion = Nearest(parts[0], BySection.Keys) is { } section ? string.Join(':', parts.Skip(1).Prepend(section)) : null;
            return null;
        }

        if (type == typeof(object)) return type;
        for (var i = 1; i < parts.Length; i++)
        {
            if (ItemType(type) is { } item && int.TryParse(parts[i], out _))
            {
                type = item;
                continue;
            }

            var properties = Of(type);
            if (properties.FirstOrDefault(p => p.Name.Equals(parts[i], StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                if (Nearest(parts[i], properties.Select(p => p.Name)) is { } name) suggestion = string.Join(':', [.. parts.Take(i), name, .. parts.Skip(i + 1)]);
                return null;
            }

            type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        }

        return type;
    }

    /// <summary>What of an options class can be set: not what it works out of the rest.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type) => IsGroup(type)
        ? [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } || ItemType(p.PropertyType) is not null || IsGroup(p.PropertyType))]
        : [];

    /// <summary>Whether settings of this type have settings of their own.</summary>
    public static bool IsGroup(Type type) => type.IsClass && type.Name.EndsWith("Options", StringComparison.Ordinal);

    /// <summary>Of what a list of this type consists; null where it is none.</summary>
    public static Type? ItemType(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static string? Nearest(string name, IEnumerable<string> known) =>
        known.Select(k => (Name: k, Distance: Distance(name.ToUpperInvariant(), k.ToUpperInvariant())))
            .Where(k => k.Distance <= Math.Max(2, name.Length / 3))
            .OrderBy(k => k.Distance)
            .Select(k => k.Name)
            .FirstOrDefault();

    // Levenshtein, one row at a time.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var substitution = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
