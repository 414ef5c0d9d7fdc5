using System.Globalization;
using FeedWatch.Hosting.Effective;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Hosting;

/// <summary>
/// Where settings come from, weakest first: <c>appsettings.json</c> beside the program, that of the machine
/// (<c>/etc/feedwatch/appsettings.json</c>), the same in the working folder, <c>FEEDWATCH__Section__Key</c> in the environment, <c>--Section:Key value</c>. Unknown names and unreadable values are
/// faults: a setting that is silently ignored is the one that matters at three in the morning.
/// </summary>
internal static class Settings
{
    public const string EnvironmentPrefix = "FEEDWATCH__";

    /// <summary>For every command on this machine: an installed service, and whoever looks after it, want the same.</summary>
    private static string OfMachine { get; } = OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "FeedWatch", "appsettings.json")
        : "/etc/feedwatch/appsettings.json";

    /// <summary>Weakest first; any of them may be missing.</summary>
    public static IReadOnlyList<string> Files { get; } = [Path.Combine(AppContext.BaseDirectory, "appsettings.json"), OfMachine, Path.GetFullPath("appsettings.json")];

    /// <param name="arguments">The <c>--Section:Key value</c> pairs of the command line.</param>
    /// <param name="overrides">What the command's own options stand for; strongest.</param>
    /// <param name="ofMachine">Where the machine's settings are, where not in their usual place.</param>
    /// <exception cref="SettingsException">One line for each fault.</exception>
    public static IConfigurationRoot Read(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> overrides, string? ofMachine = null)
    {
        var configuration = Sources(arguments, overrides, ofMachine);
        var faults = new List<string>();
        var spans = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is not null) Check(key, value, spans, faults);
        }

        if (faults.Count > 0) throw new SettingsException(faults);
        return new ConfigurationBuilder().AddInMemoryCollection(Values(configuration)).AddInMemoryCollection(spans).Build();
    }

    /// <summary>The same as it is written, unchecked.</summary>
    /// <exception cref="SettingsException">A file cannot be read.</exception>
    public static IConfigurationRoot Sources(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> overrides, string? ofMachine = null)
    {
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Files[0], optional: true)
                .AddJsonFile(ofMachine ?? Files[1], optional: true)
                .AddJsonFile(Files[2], optional: true)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .AddCommandLine([.. arguments])
                .AddInMemoryCollection(overrides)
                .Build();
        }
        catch (Exception ex) when (ex is InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            throw new SettingsException([FaultPlaces.OfFile(ex)]);
        }
    }

    /// <summary>What is set, also to nothing: to .NET, one configuration within another, a setting that was emptied is one that was not set.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Values(IConfiguration configuration) => configuration.AsEnumerable().Where(s => s.Value is not null);

    private static void Check(string key, string value, Dictionary<string, string?> spans, List<string> faults)
    {
        switch (SettingNames.TypeOf(key, out var suggestion))
        {
            case null:
                faults.Add($"There is no setting '{key}'.{(suggestion is null ? $" Sections are {string.Join(", ", SettingNames.Sections)}." : $" Did you mean '{suggestion}'?")}");
                break;
            case var type when type == typeof(TimeSpan):
                if (Duration.TryParse(value, out var span)) spans[key] = span.ToString("c", CultureInfo.InvariantCulture);
                else faults.Add($"{key} '{value}' is no span of time; write 90s, 15m, 2h, 7d or 00:15:00.");
                break;
            case var type when type == typeof(int) || type == typeof(long):
                if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || (type == typeof(int) && number != (int)number))
                    faults.Add($"{key} '{value}' is no whole number.");
                break;
            case var type when type == typeof(double):
                if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) faults.Add($"{key} '{value}' is no number; write it as 0.5.");
                break;
            case var type when type == typeof(bool):
                if (!bool.TryParse(value, out _)) faults.Add($"{key} '{value}' is neither true nor false.");
                break;
            case { IsEnum: true } type:
                if (!Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase)) faults.Add($"{key} '{value}' is unknown; it is one of {string.Join(", ", Enum.GetNames(type))}.");
                break;
        }
    }
}

/// <summary>Settings are wrong; each fault is one line that names the setting and the remedy.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
