using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace FeedWatch.Hosting.Effective;

/// <summary>Which file, variable or argument a setting was read from.</summary>
internal sealed class SettingOrigins(IConfigurationRoot configuration)
{
    /// <summary>In words; null where nothing sets it.</summary>
    public string? Of(string name) => configuration.Providers.Reverse().FirstOrDefault(p => p.TryGet(name, out _)) switch
    {
        null => null,
        JsonConfigurationProvider json => Place(PathOf(json), name),
        EnvironmentVariablesConfigurationProvider => $"environment, {Settings.EnvironmentPrefix}{name.Replace(":", "__", StringComparison.Ordinal)}",
        _ => "command line", // a setting, or an option that stands for one
    };

    private static string Place(string path, string name) => JsonPlaces.LineOf(path, name) is { } line ? FormattableString.Invariant($"{path}:{line}") : path;

    private static string PathOf(JsonConfigurationProvider json) =>
        json.Source.Path is { } path ? json.Source.FileProvider?.GetFileInfo(path).PhysicalPath ?? path : "settings file";
}
