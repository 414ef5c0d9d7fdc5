using System.Text.Json;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace FeedWatch.Tests.Chat;

public sealed class FileChannelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("feedwatch-file-").FullName;
    private readonly FakeTimeProvider _time = new(AnEvent.Time.AddMilliseconds(123));

    private string Alerts => Path.Combine(_folder, "sub", "alerts.jsonl");

    private FileChannel Channel => new("file", Alerts, _time);

    [Fact]
    public async Task A_line_is_the_event_as_on_the_bus_and_the_time_of_delivery()
    {
        await SendAsync(AnEvent.Detected());

        var line = File.ReadAllText(Alerts);
        Assert.Equal(EventJson.Serialize(AnEvent.Detected())[..^1] + ",\"ts\":1623145267.123}\n", line);
        Assert.Equal(AnEvent.Detected().Id, EventJson.Deserialize(line).Id);
    }

    [Fact]
    public async Task A_crash_after_the_write_writes_nothing_twice()
    {
        await using var room = new ChatRoom(Channel);
        await room.RecordAsync(AnEvent.Detected("a"), AnEvent.Detected("b"));
        var intent = await room.Ledger.NextAsync("file", TestContext.Current.CancellationToken);
        await room.Ledger.SendingAsync(intent!, TestContext.Current.CancellationToken);
        await SendAsync(AnEvent.Detected("a")); // and dies before it is marked as sent

        await room.RestartAsync();
        await room.WhenIdleAsync();

        Assert.Equal([AnEvent.Id("a"), AnEvent.Id("b")], Ids());
    }

    [Fact]
    public async Task A_crash_before_the_write_loses_nothing()
    {
        await using var room = new ChatRoom(Channel);
        await room.RecordAsync(AnEvent.Detected("a"));
        var intent = await room.Ledger.NextAsync("file", TestContext.Current.CancellationToken);
        await room.Ledger.SendingAsync(intent!, TestContext.Current.CancellationToken);

        await room.RestartAsync();
        await room.WhenIdleAsync();

        Assert.Equal([AnEvent.Id("a")], Ids());
    }

    [Fact]
    public async Task A_line_torn_at_any_byte_is_written_anew()
    {
        await SendAsync(AnEvent.Detected("a"));
        var before = File.ReadAllBytes(Alerts);
        await SendAsync(AnEvent.Updated());
        var after = File.ReadAllBytes(Alerts);

        for (var cut = before.Length; cut <= after.Length; cut += 1 + (after.Length - cut > 3 ? 40 : 0))
        {
            File.WriteAllBytes(Alerts, after[..cut]);
            await SendAsync(AnEvent.Updated(), interrupted: true);
            Assert.Equal(after, File.ReadAllBytes(Alerts));
        }
    }

    [Fact]
    public async Task A_line_of_somebody_else_without_its_end_is_kept()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Alerts)!);
        File.WriteAllText(Alerts, "# my notes");

        await SendAsync(AnEvent.Detected());

        Assert.Equal("# my notes", File.ReadLines(Alerts).First());
        Assert.Equal(2, File.ReadLines(Alerts).Count());
    }

    [Fact]
    public async Task A_title_that_imitates_an_id_does_not_stop_the_event_of_that_id()
    {
        var forged = AnEvent.Detected("a") with { Title = $"\"id\":\"{AnEvent.Updated().Id}\"" };
        await SendAsync(forged);

        await SendAsync(AnEvent.Updated(), interrupted: true);

        Assert.Equal(2, Ids().Count);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_tried_later()
    {
        Directory.CreateDirectory(Alerts); // a folder of that name is in the way

        var result = await Channel.SendAsync(new Delivery { Event = AnEvent.Detected() }, TestContext.Current.CancellationToken);

        Assert.IsType<SendResult.RetryLater>(result);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task SendAsync(FeedWatchEvent @event, bool interrupted = false) => Assert.IsType<SendResult.Sent>(
        await Channel.SendAsync(new Delivery { Event = @event, Interrupted = interrupted }, TestContext.Current.CancellationToken));

    private List<Guid> Ids() => [.. File.ReadLines(Alerts).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetGuid())];
}
