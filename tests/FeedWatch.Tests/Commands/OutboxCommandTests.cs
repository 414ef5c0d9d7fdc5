using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Storing;
using FeedWatch.Commands.Letters;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Publishing;

namespace FeedWatch.Tests.Commands;

/// <summary>The letters of <c>feedwatch outbox</c>, over real files that the service holds open meanwhile.</summary>
public sealed class OutboxCommandTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_fails_and_is_dead_is_listed_with_its_reason()
    {
        using var outbox = new AnOutbox { Answer = _ => new PublishException("RabbitMQ is away") };
        await outbox.AddAsync(AnEvent.Detected(), AnEvent.Updated());
        await outbox.RelayAsync();
        await outbox.AddAsync(AnEvent.Detected("unreadable"));
        await outbox.DoAsync("update outbox set body = '{' where position = 3");
        await outbox.RelayAsync();

        var table = LetterTable.Table(await BookOf(outbox).ReadAsync(Cancelled), outbox.Time.GetUtcNow() + TimeSpan.FromMinutes(5));

        Approved.Matches(table, "outbox-list.txt");
    }

    [Fact]
    public async Task An_event_is_sent_again_while_the_service_holds_the_folder()
    {
        using var outbox = new AnOutbox { Answer = _ => new NotSupportedException("cannot be written") };
        await outbox.AddAsync(AnEvent.Detected());
        await outbox.RelayAsync(rounds: RelayOutcome.MostRefusals);
        outbox.Answer = _ => null;

        var book = BookOf(outbox);
        var count = await book.RetryAsync(await book.ReadAsync(Cancelled), Cancelled);
        await outbox.RelayAsync();

        Assert.Equal(1, count);
        Assert.Equal([AnEvent.Detected().Id], outbox.Taken);
    }

    [Theory]
    [InlineData(false, "the second post")]
    [InlineData(true, "no second post")]
    public async Task A_post_that_was_given_up_is_posted_after_a_retry_and_never_after_a_drop(bool drop, string expected)
    {
        var channel = new CollectingChannel("chat", new SendResult.Refused("no such room."));
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        var book = BookOf(room);
        var letter = Assert.Single(await book.ReadAsync(Cancelled));
        if (drop) await book.DropAsync([letter], "a test", Cancelled);
        else await book.RetryAsync([letter], Cancelled);
        room.Time.Advance(TimeSpan.FromSeconds(5)); // an idle channel looks again by itself
        await room.WhenIdleAsync();

        Assert.Equal(("chat", Letter.Dead, "no such room."), (letter.To, letter.State, letter.Reason));
        Assert.Equal(expected, channel.Sent.Count == 1 ? "the second post" : "no second post");
        Assert.Empty(await book.ReadAsync(Cancelled));
    }

    [Fact]
    public async Task A_post_that_may_have_been_made_keeps_that_mark_when_it_is_retried()
    {
        var fails = RetryDelay.MostTries;
        var channel = new CollectingChannel("chat") { OnSend = (_, _) => fails-- > 0 ? throw new IOException("cut off") : Task.CompletedTask };
        await using var room = new ChatRoom(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        while ((await room.WhenIdleAsync()).Waiting > 0) room.Time.Advance(RetryDelay.Longest);

        var book = BookOf(room);
        var letter = Assert.Single(await book.ReadAsync(Cancelled));
        await book.RetryAsync([letter], Cancelled);
        room.Time.Advance(TimeSpan.FromSeconds(5));
        await room.WhenIdleAsync();

        Assert.Contains("Perhaps it was posted", letter.Reason, StringComparison.Ordinal);
        Assert.True(Assert.Single(channel.Sent).Interrupted);
    }

    [Fact]
    public async Task A_database_of_an_older_version_is_left_to_the_service()
    {
        using var outbox = new AnOutbox();
        await outbox.DoAsync("delete from SchemaVersions where ScriptName like '0010%'");

        var refused = await Assert.ThrowsAsync<StorageException>(() => BookOf(outbox).ReadAsync(Cancelled));

        Assert.Contains("is of an older FeedWatch. Start the service of this version once", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_holds_no_letters()
    {
        var folder = Directory.CreateTempSubdirectory("feedwatch-none-");

        Assert.Empty(await new LetterBook(new StorageOptions { DataFolder = folder.FullName }, [LedgerPlace.InFolder(folder.FullName)], TimeProvider.System).ReadAsync(Cancelled));
        Assert.Empty(folder.GetFiles());
        folder.Delete();
    }

    private static LetterBook BookOf(AnOutbox outbox) => new(new StorageOptions { DataFolder = outbox.Folder }, [], outbox.Time);

    private static LetterBook BookOf(ChatRoom room) => new(new StorageOptions { DataFolder = room.Folder }, [room.Place], room.Time);
}
