using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FeedWatch.Hosting.Effective;

/// <summary>Says of each fault in the settings where it is to be mended.</summary>
internal static partial class FaultPlaces
{
    /// <summary>Each fault with the place of the setting that it begins with or quotes, where something sets that.</summary>
    /// <param name="sources">The settings as they are written.</param>
    /// <param name="faults">One line each.</param>
    public static IReadOnlyList<string> With(Func<IConfigurationRoot> sources, IReadOnlyList<string> faults)
    {
        SettingOrigins origins;
        try
        {
            origins = new SettingOrigins(sources());
        }
        catch (SettingsException)
        {
            return faults; // a file that cannot be read is the fault
        }

        return [.. faults.Select(fault => SettingName().Matches(fault).Select(m => origins.Of(m.Value)).FirstOrDefault(o => o is not null) is { } place ? $"{place}: {fault}" : fault)];
    }

    /// <summary>Faults of options by the names that people write, not by those of classes.</summary>
    public static IEnumerable<string> InSettings(OptionsValidationException faults)
    {
        var section = SettingNames.BySection.FirstOrDefault(s => s.Value == faults.OptionsType).Key;
        return faults.Failures.Select(f => section is null ? f : OfAttribute().Replace(f, $"{section}:$1 $2"));
    }

    /// <summary>A file that is no JSON, in a line that names the place.</summary>
    /// <param name="fault">Of the configuration's reader.</param>
    public static string OfFile(Exception fault)
    {
        var inner = fault;
        while (inner.InnerException is not null) inner = inner.InnerException;
        var file = FileName().Match(fault.Message) is { Success: true } match ? match.Groups[1].Value : "The settings";
        return inner is JsonException { LineNumber: { } line } json
            ? string.Create(CultureInfo.InvariantCulture, $"{file}:{line + 1}: This is no JSON: {Where().Replace(json.Message, "")}")
            : $"{file}: {inner.Message}";
    }

    [GeneratedRegex("[A-Z][A-Za-z]+(?::[A-Za-z0-9]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex SettingName();

    [GeneratedRegex(@"^\w+: The (?:field )?\w+\.(\w+) (?:field )?(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex OfAttribute();

    [GeneratedRegex("'([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\s*LineNumber: .*$|\s*Path: .*$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Where();
}
