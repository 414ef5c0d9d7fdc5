using FeedWatch.Health;
using FeedWatch.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Tests.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("--Fetching:Timeout=30s", "Fetching:Timeout", "00:00:30")]
    [InlineData("--Alerts:MaxAge=3650d", "Alerts:MaxAge", "3650.00:00:00")]
    [InlineData("--Alerts:MaxAge=48:00:00", "Alerts:MaxAge", "2.00:00:00")]
    [InlineData("--Polling:MinimumInterval=1h30m", "Polling:MinimumInterval", "01:30:00")]
    public void Spans_of_time_are_written_as_people_write_them(string argument, string key, string value) =>
        Assert.Equal(value, Settings.Read([argument], new Dictionary<string, string?>())[key]);

    [Theory]
    [InlineData("--Fetching:Timeuot=30s", "There is no setting 'Fetching:Timeuot'. Did you mean 'Fetching:Timeout'?")]
    [InlineData("--Feching:Timeout=30s", "There is no setting 'Feching:Timeout'. Did you mean 'Fetching:Timeout'?")]
    [InlineData("--Nonsense:Key=1", "There is no setting 'Nonsense:Key'. Sections are")]
    [InlineData("--Fetching:Timeout=soon", "Fetching:Timeout 'soon' is no span of time; write 90s, 15m, 2h, 7d or 00:15:00.")]
    [InlineData("--Polling:Concurrency=many", "Polling:Concurrency 'many' is no whole number.")]
    [InlineData("--Bus:Transport=Pigeon", "Bus:Transport 'Pigeon' is unknown; it is one of InMemory, RabbitMq.")]
    [InlineData("--Chat:Channels:0:Typ=file", "There is no setting 'Chat:Channels:0:Typ'. Did you mean 'Chat:Channels:0:Type'?")]
    [InlineData("--Chat:Routes:0:MinimumSeverity=urgent", "Chat:Routes:0:MinimumSeverity 'urgent' is unknown; it is one of Info, Minor, Major, Breaking.")]
    [InlineData("--Chat:Routes:0:Labels:0=background", "Chat:Routes:0:Labels:0 'background' is unknown; it is one of Takedown, Followup.")]
    [InlineData("--Chat:Channels:0:Quiet:Form=23:00", "There is no setting 'Chat:Channels:0:Quiet:Form'. Did you mean 'Chat:Channels:0:Quiet:From'?")]
    [InlineData("--Detection:AlertThreshold=high", "Detection:AlertThreshold 'high' is no number; write it as 0.5.")]
    public void A_wrong_setting_is_named_with_its_remedy(string argument, string said)
    {
        var fault = Assert.Throws<SettingsException>(() => Settings.Read([argument], new Dictionary<string, string?>()));

        Assert.StartsWith(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_of_the_machine_hold_for_every_command_that_says_nothing_else()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "{ \"Fetching\": { \"Timeout\": \"7s\", \"UserAgent\": \"The machine's\" } }");

            var read = Settings.Read(["--Fetching:Timeout=9s"], new Dictionary<string, string?>(), file);

            Assert.Equal(("The machine's", "00:00:09"), (read["Fetching:UserAgent"], read["Fetching:Timeout"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_setting_can_be_emptied()
    {
        var configuration = Settings.Read(["--Health:Urls=", "--Bus:VirtualHost="], new Dictionary<string, string?> { ["Storage:DataFolder"] = Path.GetTempPath(), ["Serilog:Console"] = "none" });

        using var host = WatchHost.Build(configuration, new WatchMode());

        Assert.Equal("", host.Services.GetRequiredService<IOptions<HealthOptions>>().Value.Urls);
        Assert.Equal("", WatchHost.Bus(configuration).VirtualHost);
    }

    [Fact]
    public void A_value_out_of_its_range_stops_the_start()
    {
        var configuration = Settings.Read(["--Fetching:Timeout=10m", "--Alerts:BurstCap=0"], new Dictionary<string, string?> { ["Storage:DataFolder"] = Path.GetTempPath(), ["Serilog:Console"] = "none" });

        var fault = Assert.Throws<SettingsException>(() => WatchHost.Build(configuration, new WatchMode { Once = true }));

        Assert.Equal(2, fault.Faults.Count);
    }
}
