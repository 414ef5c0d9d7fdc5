using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using Microsoft.Data.Sqlite;

namespace FeedWatch.Tests.Chat;

public sealed class DeliveryLedgerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_comes_again_is_posted_once()
    {
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(channel);
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected(), AnEvent.Detected());
        await room.WhenIdleAsync();
        await room.RecordAsync(AnEvent.Detected());
        var totals = await room.WhenIdleAsync();

        Assert.Single(channel.Sent);
        Assert.Equal(new DeliveryTotals(Sent: 1, GivenUp: 0, Waiting: 0), totals);
    }

    [Fact]
    public async Task What_was_posted_is_remembered_over_a_restart()
    {
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        await room.RestartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        Assert.Single(channel.Sent);
    }

    [Fact]
    public async Task Who_waits_for_an_event_hears_when_it_is_recorded()
    {
        await using var room = new ChatRoom();
        var recorded = room.Ledger.RecordedAsync(AnEvent.Detected().Id, Cancelled);
        var another = room.Ledger.RecordedAsync(AnEvent.Updated().Id, Cancelled);

        await room.RecordAsync(AnEvent.Detected());

        await recorded;
        await room.Ledger.RecordedAsync(AnEvent.Detected().Id, Cancelled);
        Assert.False(another.IsCompleted);
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_others_waiting()
    {
        await using var room = new ChatRoom();
        using var impatient = new CancellationTokenSource();
        var first = room.Ledger.RecordedAsync(AnEvent.Detected().Id, impatient.Token);
        var second = room.Ledger.RecordedAsync(AnEvent.Detected().Id, Cancelled);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await room.RecordAsync(AnEvent.Detected());

        await second;
    }

    [Fact]
    public async Task Two_processes_do_not_post_from_one_folder()
    {
        await using var room = new ChatRoom();

        var refused = Assert.Throws<LedgerUnavailableException>(() => LedgerFile.Open(room.Folder));

        Assert.Contains("in use by another FeedWatch", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_refused_and_left_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var file = Path.Combine(folder, LedgerFile.Name);
        File.WriteAllText(file, "this was never a database, and it is longer than its header would be");

        var refused = Assert.Throws<LedgerUnavailableException>(() => LedgerFile.Open(folder));

        Assert.Contains("Put back a backup, or move the file away", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("this was never", File.ReadAllText(file), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, LedgerFile.Name)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma user_version = 7";
            command.ExecuteNonQuery();
        }

        var refused = Assert.Throws<LedgerUnavailableException>(() => LedgerFile.Open(folder));

        Assert.Contains("newer FeedWatch (schema 7, this one knows 2)", refused.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
