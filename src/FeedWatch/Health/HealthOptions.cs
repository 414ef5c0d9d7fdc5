using System.ComponentModel.DataAnnotations;
using FeedWatch.Health.Serving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FeedWatch.Health;

/// <summary>Where FeedWatch says how it is: section <c>Health</c>.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";
    public const string DefaultUrls = "http://127.0.0.1:8080";

    /// <summary>Addresses to listen at, with semicolons between them: <c>http://127.0.0.1:8080</c>, <c>http://*:8080</c>, <c>http://unix:/run/feedwatch/health.sock</c>. Empty: none.</summary>
    public string Urls { get; set; } = DefaultUrls;

    /// <summary>Who may ask, where not everybody may.</summary>
    public string? User { get; set; }

    /// <summary>A file that holds that user's password; a line end behind it does not count.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>A loop that is silent for so long counts as stuck. Longer than anything that it waits for: a database gets 45 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(1);

    internal IEnumerable<string> SplitUrls() => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Those of <see cref="Urls"/>.</summary>
    internal IReadOnlyList<HealthUrl> Addresses() => [.. SplitUrls().Select(u => HealthUrl.TryParse(u, out var url, out _) ? url : null).OfType<HealthUrl>()];

    /// <summary>The header that lets a request in; null where everybody may ask.</summary>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    internal string? Authorization() => string.IsNullOrEmpty(User) ? null
        : $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:{File.ReadAllText(PasswordFile!).TrimEnd('\r', '\n')}"))}";

    /// <exception cref="OptionsValidationException">A setting is wrong; one line for each fault.</exception>
    public static HealthOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<HealthOptions>() ?? new HealthOptions();
        var faults = new IValidateOptions<HealthOptions>[] { new HealthOptionsLimits(), new HealthOptionsRules() }
            .Select(v => v.Validate(null, options))
            .SelectMany(r => r.Failures ?? [])
            .ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(Section, typeof(HealthOptions), faults);
    }
}

[OptionsValidator]
internal sealed partial class HealthOptionsLimits : IValidateOptions<HealthOptions>;

internal sealed class HealthOptionsRules : IValidateOptions<HealthOptions>
{
    public ValidateOptionsResult Validate(string? name, HealthOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(HealthOptions options)
    {
        foreach (var text in options.SplitUrls())
        {
            if (!HealthUrl.TryParse(text, out _, out var fault)) yield return $"Health:Urls '{text}' {fault}";
        }

        var (user, file) = (!string.IsNullOrEmpty(options.User), !string.IsNullOrEmpty(options.PasswordFile));
        if (user && options.User!.Contains(':')) yield return "Health:User must not contain a colon, which ends it in a request.";
        if (user && !file) yield return "Health:User is set without Health:PasswordFile; name a file that holds the password.";
        if (file && !user) yield return "Health:PasswordFile is set without Health:User.";
        if (user && file && FaultOfFile(options.PasswordFile!) is { } why) yield return $"Health:PasswordFile '{options.PasswordFile}' cannot be read: {why}";
    }

    private static string? FaultOfFile(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n').Length == 0 ? "it is empty." : null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ex.Message;
        }
    }
}
