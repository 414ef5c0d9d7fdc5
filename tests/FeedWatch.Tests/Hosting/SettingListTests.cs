using FeedWatch.Commands.Configuring;
using FeedWatch.Hosting;
using FeedWatch.Hosting.Effective;

namespace FeedWatch.Tests.Hosting;

public sealed class SettingListTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Every_setting_is_listed_with_its_value_and_where_that_comes_from()
    {
        var list = Of("{\n  // a comment\n  \"Polling\": {\n    \"PerHost\": 3 },\n  \"Chat\": { \"Channels\": [ { \"Type\": \"file\" },\n    { \"Type\": \"console\" } ] } }", "--Fetching:Timeout=90s");

        Assert.Equal(("3", $"{file}:4"), list["Polling:PerHost"]);
        Assert.Equal(("console", $"{file}:6"), list["Chat:Channels:1:Type"]);
        Assert.Equal(("90s", "command line"), list["Fetching:Timeout"]);
        Assert.Equal(("15m", null), list["Polling:MinimumInterval"]);
        Assert.Equal(((string?)null, (string?)null), list["Storage:KeepIncidents"]);
    }

    [Fact]
    public void Without_channels_the_console_is_in_force() => Assert.Equal(("console", null), Of("{}")["Chat:Channels:0:Type"]);

    [Theory]
    [InlineData("Bus:Password", "s3cret", "***")]
    [InlineData("Bus:CommandSecret", "s3cret", "***")]
    [InlineData("Bus:PasswordFile", "/run/s3cret", "/run/s3cret")]
    [InlineData("Chat:Channels:0:Token", "s3cret", "***")]
    [InlineData("Chat:Channels:0:Url", "https://discord.com/api/webhooks/1/s3cret", "https://discord.com/***")]
    [InlineData("Chat:Channels:0:Url", "https://user:s3cret@chat.example:8443/", "https://chat.example:8443")]
    [InlineData("Chat:Channels:0:Url", "s3cret", "***")]
    [InlineData("Fetching:Proxy", "http://user:s3cret@proxy.example:3128", "http://***@proxy.example:3128")]
    [InlineData("Storage:ConnectionString", "Host=db;Username=fw;Password=s3cret;Database=x", "Host=db;Username=fw;Password=***;Database=x")]
    [InlineData("Chat:Store:ConnectionString", "Host=db;pwd = 's3;cret'", "Host=db;pwd = ***")]
    [InlineData("Serilog:WriteTo:0:Args:apiKey", "s3cret", "***")]
    [InlineData("Serilog:WriteTo:0:Args:serverUrl", "https://seq.example/s3cret", "https://seq.example/***")]
    public void A_secret_is_masked_and_what_helps_to_find_a_fault_is_not(string name, string value, string shown) => Assert.Equal(shown, SecretSettings.Masked(name, value));

    [Fact]
    public void What_could_hold_a_secret_is_masked_whatever_it_is_called()
    {
        var suspicious = SettingNames.BySection.Values.SelectMany(Texts).Where(n => n.Contains("pass", StringComparison.OrdinalIgnoreCase) || n.Contains("secret", StringComparison.OrdinalIgnoreCase) || n.Contains("token", StringComparison.OrdinalIgnoreCase) || n.Contains("key", StringComparison.OrdinalIgnoreCase)).Where(n => !n.EndsWith("File", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(suspicious);
        Assert.All(suspicious, name => Assert.Equal("***", SecretSettings.Masked(name, "s3cret")));
    }

    [Fact]
    public void The_table_says_what_is_not_set_and_what_is_set_to_nothing() => Assert.Equal(
        "SETTING       VALUE      ORIGIN\nA:B           (not set)  default\nA:LongerName  \"\"         command line\n",
        ConfigCommand.Table([new Setting("A:B", null, null), new Setting("A:LongerName", "", "command line")]));

    [Theory]
    [InlineData("{ \"Polling\": {\n \"PerHost\": \"many\" } }", "{0}:2: Polling:PerHost 'many' is no whole number.")]
    [InlineData("{ \"Polling\": {\n\n \"PerHots\": 1 } }", "{0}:3: There is no setting 'Polling:PerHots'. Did you mean 'Polling:PerHost'?")]
    public void A_fault_is_said_with_file_and_line(string json, string said)
    {
        File.WriteAllText(file, json);

        var fault = Assert.Throws<SettingsException>(() => Settings.Read([], new Dictionary<string, string?>(), file));

        Assert.Equal(string.Format(null, said, file), Assert.Single(FaultPlaces.With(() => Settings.Sources([], new Dictionary<string, string?>(), file), fault.Faults)));
    }

    [Fact]
    public void A_file_that_is_no_json_is_said_with_its_line()
    {
        File.WriteAllText(file, "{ \"Polling\": {\n \"PerHost\": } }");

        var fault = Assert.Throws<SettingsException>(() => Settings.Read([], new Dictionary<string, string?>(), file));

        Assert.StartsWith($"{file}:2: This is no JSON: ", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(Type type) => SettingNames.Of(type).SelectMany(p => SettingNames.ItemType(p.PropertyType) is { } item && SettingNames.IsGroup(item) ? Texts(item)
        : SettingNames.IsGroup(p.PropertyType) ? Texts(p.PropertyType) : p.PropertyType == typeof(string) ? [p.Name] : []);

    private Dictionary<string, (string? Value, string? Origin)> Of(string json, params string[] arguments)
    {
        File.WriteAllText(file, json);
        return SettingList.Of(Settings.Sources(arguments, new Dictionary<string, string?>(), file)).ToDictionary(s => s.Name, s => (s.Value, s.Origin));
    }
}
