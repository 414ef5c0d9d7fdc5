using Dapper;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Keeping;
using FeedWatch.Chat.Muting;
using FeedWatch.Chat.Storing;
using FeedWatch.Chat.Storing.Postgres;
using FeedWatch.Tests.Testing;
using Npgsql;

namespace FeedWatch.Tests.Chat;

/// <summary>A bot that posted from a file and is given a ledger on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class CarriedOverTests(PostgresServer server) : IDisposable
{
    private const string Awkward = "a\tb\nc\\d\\N\r\"";

    private readonly string address = server.NewConnectionString();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-carried-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_was_posted_is_not_posted_again_and_an_update_finds_its_first_post()
    {
        await PostFromFileAsync();

        var move = Open();
        var chat = new CollectingChannel("chat");
        await using var room = new ChatRoom(LedgerPlace.OnServer(address), chat);
        room.Time.Advance(TimeSpan.FromHours(1));
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected(), AnEvent.Updated());
        await room.WhenIdleAsync();

        Assert.True(move is { IsDone: true, Events: 3 });
        Assert.Equal([(AnEvent.Id("busy"), null), (AnEvent.Updated().Id, "chat-1")], chat.Sent.Select(s => (s.Event.Id, s.Earlier)));
    }

    [Fact]
    public async Task What_waits_what_was_given_up_and_what_is_muted_are_carried_over_as_they_are()
    {
        await PostFromFileAsync();

        Open();

        var place = LedgerPlace.OnServer(address);
        var letters = ChatLetter.Read(place).Select(l => (l.EventId, l.State, l.Tries, l.Reason));
        Assert.Equal([(AnEvent.Id("refused").ToString(), "dead", 1L, Awkward), (AnEvent.Id("busy").ToString(), "pending", 1L, "busy")], letters);
        Assert.Equal("network:ghost", Assert.Single(new MuteDesk(place).Active(AnEvent.Time)!).What);
    }

    [Fact]
    public async Task It_is_carried_over_once_and_the_file_stays_and_is_nothing_to_commands_any_more()
    {
        await PostFromFileAsync();
        var events = File.ReadAllBytes(Path.Combine(folder.FullName, LedgerCopy.Name)).Length;

        var (first, second) = (Open(), Open());

        Assert.True(first is { IsDone: true });
        Assert.Null(second);
        Assert.Equal(3, Ask("select count(*) from delivery"));
        Assert.InRange(File.ReadAllBytes(Path.Combine(folder.FullName, LedgerCopy.Name)).Length, events, int.MaxValue);
        Assert.Empty(ChatLetter.Read(LedgerPlace.InFolder(folder.FullName)));
    }

    [Fact]
    public async Task A_server_from_where_something_was_posted_already_is_left_as_it_is()
    {
        await PostFromFileAsync();
        await using (var room = new ChatRoom(LedgerPlace.OnServer(address), new CollectingChannel("chat"))) await room.RecordAsync(AnEvent.Detected("its own"));

        var (first, second) = (Open(), Open());

        Assert.True(first is { IsDone: false, Events: 3 });
        Assert.Equal(first, second);
        Assert.Equal(1, Ask("select count(*) from event"));
        Assert.Equal(2, ChatLetter.Read(LedgerPlace.InFolder(folder.FullName)).Count);
    }

    [Fact]
    public async Task A_file_that_is_still_posted_from_ends_the_start()
    {
        await PostFromFileAsync();
        using var running = LedgerFile.Open(folder.FullName);

        var refused = Assert.Throws<LedgerUnavailableException>(() => Open());

        Assert.Contains("is in use by another FeedWatch", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, Ask("select count(*) from event"));
    }

    [Fact]
    public async Task Who_goes_back_to_the_file_is_told_and_it_is_used_as_before()
    {
        await PostFromFileAsync();
        Open();

        using (var back = LedgerFile.Open(folder.FullName)) Assert.StartsWith("PostgreSQL database", back.WasAt, StringComparison.Ordinal);
        using (var again = LedgerFile.Open(folder.FullName)) Assert.Null(again.WasAt);

        Assert.Equal(2, ChatLetter.Read(LedgerPlace.InFolder(folder.FullName)).Count);
        Assert.False(Open()!.IsDone);
    }

    /// <summary>The start of a bot whose data folder is this one.</summary>
    private LedgerMove? Open()
    {
        using var ledger = PostgresLedger.Open(address, ChatRoom.Lease, folder.FullName);
        return ledger.Move;
    }

    /// <summary>Leaves a file that knows of a post, one that was given up, one that waits, and a mute.</summary>
    private async Task PostFromFileAsync()
    {
        await using var room = new ChatRoom(
            Directory.CreateTempSubdirectory("feedwatch-chat-").FullName,
            new CollectingChannel("chat", new SendResult.Sent("chat-1"), new SendResult.Refused(Awkward), new SendResult.RetryLater(TimeSpan.FromHours(1), "busy")));
        new MuteDesk(room.Place).Set(new Mute(Mute.Network("Ghost"), "", AnEvent.Time, AnEvent.Time.AddHours(1)));
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected(), AnEvent.Detected("refused"), AnEvent.Detected("busy"));
        await room.WhenIdleAsync();
        Assert.True(LedgerCopy.Take(room.Folder, Path.Combine(folder.FullName, LedgerCopy.Name)));
    }

    private long Ask(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { SearchPath = "feedwatch_chat", Pooling = false }.ConnectionString);
        return connection.ExecuteScalar<long>(sql);
    }
}
