using System.Text.Json;

namespace FeedWatch.EndToEnd;

/// <summary>The log as whoever looks for what is wrong reads it in a journal.</summary>
public sealed class LogTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-log-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_line_is_JSON_with_a_message_that_can_be_read_and_a_bot_says_when_it_has_stopped()
    {
        await using var bot = FeedWatchProcess.Start("bot", "--data", folder.FullName, "--Bus:Port=1");
        await bot.WaitForAsync(b => b.Log.Any(l => l.Contains("is away", StringComparison.Ordinal)));
        Assert.Equal(0, await bot.TerminateAsync());
        Assert.Equal(0, await bot.EndedAsync());

        var lines = bot.Log.Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.Equal("The bot takes alerts from RabbitMQ at 127.0.0.1:1, queue feedwatch.chat.", lines[0].GetProperty("@m").GetString());
        Assert.Equal(("FeedWatch", 1), (lines[0].GetProperty("SourceContext").GetString(), lines[0].GetProperty("Port").GetInt32()));
        Assert.False(lines[0].TryGetProperty("@l", out _));
        Assert.StartsWith("RabbitMQ at 127.0.0.1:1 is away (", lines[1].GetProperty("@m").GetString(), StringComparison.Ordinal);
        Assert.Equal("Warning", lines[1].GetProperty("@l").GetString());
        Assert.Equal("The bot has stopped.", lines[^1].GetProperty("@m").GetString());
    }
}
