using FeedWatch.Hosting;
using FeedWatch.Hosting.Renewing;

namespace FeedWatch.Tests.Hosting;

public sealed class SettingsOriginTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-settings-");

    private string SettingsFile => Path.Combine(folder.FullName, "appsettings.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void An_edit_is_noticed_once_and_taken_up()
    {
        var origin = Origin("{ \"Polling\": { \"PerHost\": 1 } }");
        var before = origin.HasChanged();

        File.WriteAllText(SettingsFile, "{ \"Polling\": { \"PerHost\": 22 } }");

        Assert.Equal((false, true, false), (before, origin.HasChanged(), origin.HasChanged()));
        origin.Renew();
        Assert.True(origin.WasRenewed);
        Assert.Equal("22", origin.Take()["Polling:PerHost"]);
        Assert.False(origin.WasRenewed);
    }

    [Fact]
    public void Wrong_settings_are_refused_and_the_old_ones_stay()
    {
        var origin = Origin("{ \"Polling\": { \"PerHost\": 1 } }");
        File.WriteAllText(SettingsFile, "{ \"Polling\": { \"PerHost\": \"many\" } }");

        Assert.Throws<SettingsException>(origin.Renew);

        Assert.False(origin.WasRenewed);
        Assert.Equal("1", origin.Take()["Polling:PerHost"]);
    }

    [Fact]
    public void Settings_that_a_start_would_refuse_are_refused_as_well()
    {
        var origin = Origin("{ \"Polling\": { \"PerHost\": 1 } }");
        File.WriteAllText(SettingsFile, "{ \"Polling\": { \"PerHost\": 0 } }");

        var fault = Assert.Throws<SettingsException>(origin.Renew);

        Assert.Equal("Polling:PerHost must be between 1 and 64.", Assert.Single(fault.Faults));
        Assert.Equal("1", origin.Take()["Polling:PerHost"]);
    }

    [Fact]
    public void A_new_secret_in_its_file_is_a_change_and_a_new_feed_list_is_not()
    {
        var (secret, feeds) = (Path.Combine(folder.FullName, "password"), Path.Combine(folder.FullName, "feeds.yaml"));
        File.WriteAllText(secret, "one");
        File.WriteAllText(feeds, "feeds: []");
        var origin = Origin($$"""{ "Bus": { "PasswordFile": "{{secret}}" }, "Feeds": { "File": "{{feeds}}" } }""");

        File.WriteAllText(feeds, "feeds:  []");
        var byFeeds = origin.HasChanged();
        File.WriteAllText(secret, "another");

        Assert.Equal((false, true), (byFeeds, origin.HasChanged()));
    }

    private SettingsOrigin Origin(string json)
    {
        File.WriteAllText(SettingsFile, json);
        var overrides = new Dictionary<string, string?> { ["Storage:DataFolder"] = folder.FullName, ["Serilog:Console"] = "none" };
        return new SettingsOrigin(
            [SettingsFile],
            () => Settings.Read([], overrides, SettingsFile),
            () => Settings.Sources([], overrides, SettingsFile),
            next => WatchHost.Build(next, new WatchMode()).Dispose());
    }
}
