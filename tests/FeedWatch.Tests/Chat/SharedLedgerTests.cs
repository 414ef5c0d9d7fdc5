using Dapper;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Delivering;
using FeedWatch.Chat.Muting;
using FeedWatch.Chat.Storing;
using FeedWatch.Chat.Storing.Postgres;
using FeedWatch.Commands.Letters;
using FeedWatch.Storage;
using FeedWatch.Tests.Testing;
using Npgsql;

namespace FeedWatch.Tests.Chat;

/// <summary>A ledger on PostgreSQL that several bots share.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedLedgerTests(PostgresServer server)
{
    private const string OfAnother = "insert into lease values ('chat', 'another bot', clock_timestamp() + @lasts::interval) on conflict (channel) do update set holder = excluded.holder, until = excluded.until";

    private readonly string address = server.NewConnectionString();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_two_bots_record_is_posted_once_and_in_order()
    {
        var (one, other) = (new CollectingChannel("chat"), new CollectingChannel("chat"));
        await using var first = Room(one);
        await using var second = Room(other);
        await first.StartAsync();
        await second.StartAsync();
        var events = Enumerable.Range(0, 40).Select(n => AnEvent.Detected($"event {n}")).ToList();

        foreach (var @event in events) await Task.WhenAll(first.RecordAsync(@event), second.RecordAsync(@event));
        await first.WhenIdleAsync();

        Assert.Equal(events.Select(e => e.Id), one.Sent.Concat(other.Sent).Select(d => d.Event.Id));
        Assert.True(one.Sent.Count == 0 || other.Sent.Count == 0);
    }

    [Fact]
    public async Task What_one_bot_records_the_one_that_posts_hears_of()
    {
        var posted = new TaskCompletionSource();
        await using var posting = Room(new CollectingChannel("chat") { OnSend = (_, _) => { posted.TrySetResult(); return Task.CompletedTask; } });
        await using var recording = Room(new CollectingChannel("chat"));
        await posting.StartAsync();

        await recording.RecordAsync(AnEvent.Detected());

        await posted.Task.WaitAsync(Cancelled); // its clock stands still: it does not look by itself
    }

    [Fact]
    public async Task The_next_bot_takes_over_when_one_ends()
    {
        var (one, other) = (new CollectingChannel("chat"), new CollectingChannel("chat"));
        await using var second = Room(other);
        await using (var first = Room(one))
        {
            await first.StartAsync();
            await first.RecordAsync(AnEvent.Detected("first"));
            await first.WhenIdleAsync();
            await second.StartAsync();
        }

        await second.RecordAsync(AnEvent.Detected("second"));
        await second.WhenIdleAsync();

        Assert.Equal(AnEvent.Id("first"), Assert.Single(one.Sent).Event.Id);
        Assert.Equal(AnEvent.Id("second"), Assert.Single(other.Sent).Event.Id);
    }

    [Fact]
    public async Task What_a_bot_was_sending_when_it_died_is_left_to_it_for_its_lease_and_then_taken_up_as_a_possible_repeat()
    {
        var early = false;
        var channel = new CollectingChannel("chat") { OnSend = (_, _) => { early = Ask<bool>("select exists (select 1 from lease where holder = 'another bot' and until > clock_timestamp())"); return Task.CompletedTask; } };
        await using var room = Room(channel);
        await room.RecordAsync(AnEvent.Detected());
        Do("update delivery set state = 'sending', tries = 1");
        Do(OfAnother, new { lasts = "2 seconds" });
        await room.StartAsync();

        await UntilAsync(room, () => channel.Sent.Count > 0);

        Assert.False(early);
        Assert.True(Assert.Single(channel.Sent).Interrupted);
    }

    [Fact]
    public async Task A_bot_that_lost_its_channel_meanwhile_sends_nothing_more()
    {
        await using var room = Room(new CollectingChannel("chat"));
        await room.RecordAsync(AnEvent.Detected());
        var held = await room.Ledger.HoldAsync("chat", Cancelled);
        var next = await room.Ledger.NextAsync("chat", Cancelled);
        Do(OfAnother, new { lasts = "1 hour" });

        Assert.True(held);
        Assert.False(await room.Ledger.SendingAsync(next!, Cancelled));
        Assert.False(await room.Ledger.HoldAsync("chat", Cancelled));
    }

    [Fact]
    public async Task What_another_bot_sends_by_now_is_not_put_off_by_the_one_before()
    {
        await using var room = Room(new CollectingChannel("chat"));
        await room.RecordAsync(AnEvent.Detected());
        await room.Ledger.HoldAsync("chat", Cancelled);
        var sending = (await room.Ledger.NextAsync("chat", Cancelled))!;
        await room.Ledger.SendingAsync(sending, Cancelled);
        Do("update delivery set tries = tries + 1"); // as another one does that takes it up

        await room.Ledger.RetryAsync(sending with { Tries = 1 }, room.Time.GetUtcNow() + TimeSpan.FromHours(1), "no answer", perhapsSent: false, Cancelled);

        Assert.Equal("sending", Ask<string>("select state from delivery"));
    }

    [Fact]
    public async Task A_post_that_was_given_up_is_listed_and_posted_after_a_retry_beside_the_bot()
    {
        var channel = new CollectingChannel("chat", new SendResult.Refused("no such room."));
        await using var room = Room(channel);
        await room.StartAsync();
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();
        var book = new LetterBook(new StorageOptions { DataFolder = room.Folder }, [room.Place, LedgerPlace.InFolder(room.Folder)], room.Time);

        var letter = Assert.Single(await book.ReadAsync(Cancelled));
        var count = await book.RetryAsync([letter], Cancelled);
        await room.WhenIdleAsync();

        Assert.Equal((1, "no such room."), (count, letter.Reason));
        Assert.Single(channel.Sent);
        Assert.Empty(await book.ReadAsync(Cancelled));
    }

    [Fact]
    public async Task What_is_muted_beside_the_bots_is_posted_by_none()
    {
        var channel = new CollectingChannel("chat");
        await using var room = Room(channel);
        var desk = new MuteDesk(room.Place);
        var now = room.Time.GetUtcNow();
        var set = desk.Set(new Mute(Mute.Everything, "", now, now + TimeSpan.FromHours(1)));
        await room.StartAsync();

        await room.RecordAsync(AnEvent.Detected("muted"));
        var kept = Assert.Single(desk.Active(now)!).Kept;
        var ended = desk.End(Mute.Everything, "", now);
        await room.RecordAsync(AnEvent.Detected("told"));
        await room.WhenIdleAsync();

        Assert.Equal((true, 1, true), (set, kept, ended));
        Assert.Equal(AnEvent.Id("told"), Assert.Single(channel.Sent).Event.Id);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_posted_and_afterwards_everything_is()
    {
        await using var own = new PostgresServer();
        await own.InitializeAsync();
        var channel = new CollectingChannel("chat");
        await using var room = new ChatRoom(LedgerPlace.OnServer(own.NewConnectionString()), channel);
        await room.StartAsync();
        await own.StopAsync();

        await Assert.ThrowsAsync<LedgerFailedException>(() => room.RecordAsync(AnEvent.Detected()));
        var fault = room.Ledger.Health.Fault;
        await own.StartAsync();
        await UntilAsync(room, () => room.Ledger.Health.CanRecord);
        await room.RecordAsync(AnEvent.Detected());
        await room.WhenIdleAsync();

        Assert.NotNull(fault);
        Assert.Single(channel.Sent);
        Assert.Single(room.Logged, l => l.StartsWith("Error: Nothing can be written to PostgreSQL database", StringComparison.Ordinal));
        Assert.DoesNotContain(room.Logged, l => l.Contains("broke;", StringComparison.Ordinal));
    }

    [Fact]
    public void It_lies_beside_the_tables_of_the_service()
    {
        using var service = FeedWatch.Storage.Postgres.PostgresDatabase.Open(address, null);

        using var ledger = PostgresLedger.Open(address, ChatRoom.Lease);
        using var again = FeedWatch.Storage.Postgres.PostgresDatabase.Open(address, null);

        Assert.Equal("feedwatch_chat", LedgerPlace.OnServer(address).Schema);
    }

    [Fact]
    public void Two_installations_in_one_database_have_a_ledger_each()
    {
        using var one = PostgresLedger.Open($"{address};Search Path=one", ChatRoom.Lease);
        using var other = PostgresLedger.Open($"{address};Search Path=other", ChatRoom.Lease);

        Assert.Equal(["one_chat", "other_chat"], Query("select schemaname from pg_tables where tablename = 'delivery' order by 1"));
    }

    [Fact]
    public void A_ledger_of_an_earlier_version_is_given_what_it_lacks()
    {
        using (PostgresLedger.Open(address, ChatRoom.Lease)) Do("drop table announcement");

        using (PostgresLedger.Open(address, ChatRoom.Lease)) Do("insert into announcement (event_id, body) values ('1', '{}')");
        using (PostgresLedger.Open(address, ChatRoom.Lease)) { }

        Assert.Equal(1, Ask<long>("select count(*) from announcement"));
    }

    [Fact]
    public void A_ledger_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        using (PostgresLedger.Open(address, ChatRoom.Lease)) Do("update ledger_version set number = 7");

        var refused = Assert.Throws<LedgerUnavailableException>(() => PostgresLedger.Open(address, ChatRoom.Lease));
        var refusedBeside = Assert.Throws<LedgerUnavailableException>(() => PostgresLedger.Beside(address, _ => true));

        Assert.Contains("newer FeedWatch (schema 7 of feedwatch_chat, this one knows 1)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, refusedBeside.Message);
        Assert.False(refused.IsAway);
    }

    [Fact]
    public void A_schema_of_another_program_is_refused_and_left_as_it_is()
    {
        Do("create schema feedwatch_chat; create table feedwatch_chat.recipes (name text)");

        var refused = Assert.Throws<LedgerUnavailableException>(() => PostgresLedger.Open(address, ChatRoom.Lease));

        Assert.Contains("is another program's (it holds the table recipes)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["recipes"], Query("select tablename from pg_tables where schemaname = 'feedwatch_chat'"));
    }

    [Fact]
    public void A_server_that_is_not_there_and_a_wrong_password_are_told_apart_without_the_secret()
    {
        var away = Assert.Throws<LedgerUnavailableException>(() => PostgresLedger.Open("Host=127.0.0.1;Port=1;Password=hunter2", ChatRoom.Lease));
        var wrong = Assert.Throws<LedgerUnavailableException>(() => PostgresLedger.Open($"{address};Username={PostgresServer.Locked};Password=hunter2", ChatRoom.Lease));

        Assert.Equal((true, false), (away.IsAway, wrong.IsAway));
        Assert.Contains("Mend user and password", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", away.Message + wrong.Message, StringComparison.Ordinal);
    }

    private ChatRoom Room(IChatChannel channel) => new(LedgerPlace.OnServer(address), channel);

    private static async Task UntilAsync(ChatRoom room, Func<bool> condition)
    {
        while (!condition())
        {
            room.Time.Advance(ChannelLoop.LookAgain);
            await Task.Delay(20, Cancelled);
        }
    }

    private void Do(string sql, object? values = null)
    {
        using var connection = Connection();
        connection.Execute(sql, values);
    }

    private T? Ask<T>(string sql)
    {
        using var connection = Connection();
        return connection.ExecuteScalar<T>(sql);
    }

    private List<string> Query(string sql)
    {
        using var connection = Connection();
        return connection.Query<string>(sql).AsList();
    }

    private NpgsqlConnection Connection() => new(new NpgsqlConnectionStringBuilder(address) { SearchPath = "feedwatch_chat", Pooling = false }.ConnectionString);
}
