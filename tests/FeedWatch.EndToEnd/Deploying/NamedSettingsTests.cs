using System.Text.RegularExpressions;
using FeedWatch.Hosting;

namespace FeedWatch.EndToEnd.Deploying;

/// <summary>What units, manifests and compose files set must exist, or the service does not start where nobody can try it before.</summary>
public sealed partial class NamedSettingsTests
{
    [Fact]
    public void Every_setting_in_the_environment_of_a_deployment_exists()
    {
        var named =
            from folder in new[] { "docker", "kubernetes", "systemd" }
            from file in DeployFolder.Files(folder, "Dockerfile", ".yaml", ".service", ".conf", ".md")
            from Match match in Variable().Matches(File.ReadAllText(file))
            select (File: Path.GetFileName(file), Key: match.Groups["key"].Value.Replace("__", ":", StringComparison.Ordinal));
        var all = named.ToList();

        Assert.Contains(all, n => n.Key == "Storage:DataFolder");
        Assert.DoesNotContain(all, n => SettingNames.TypeOf(n.Key, out _) is null);
    }

    [Fact]
    public void Every_settings_file_of_a_deployment_is_taken()
    {
        foreach (var file in DeployFolder.Files(".", "appsettings.json").Where(f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
            Settings.Read([], new Dictionary<string, string?>(), file);
    }

    [GeneratedRegex(@"FEEDWATCH__(?<key>\w+)")]
    private static partial Regex Variable();
}
