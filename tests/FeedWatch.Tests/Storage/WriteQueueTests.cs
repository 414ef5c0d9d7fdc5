using FeedWatch.Storage;
using FeedWatch.Storage.Sqlite;

namespace FeedWatch.Tests.Storage;

public sealed class WriteQueueTests : IAsyncLifetime
{
    private readonly string path = Directory.CreateTempSubdirectory("feedwatch-writes-").FullName;
    private DataFolder folder = null!;
    private Database database = null!;

    public async ValueTask InitializeAsync()
    {
        folder = DataFolder.Open(path);
        database = SqliteDatabase.Open(folder);
        await database.WriteAsync(session => session.ExecuteAsync("create table notes (id integer primary key)"), CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        folder.Dispose();
        Directory.Delete(path, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Writes_that_come_together_are_all_stored()
    {
        await Task.WhenAll(Enumerable.Range(1, 500).Select(NoteAsync));

        Assert.Equal(500, await CountAsync());
    }

    [Fact]
    public async Task One_that_fails_takes_nothing_of_the_others_with_it()
    {
        using var gate = new SemaphoreSlim(0);
        var first = database.WriteAsync(async session => { await gate.WaitAsync(); return await session.ExecuteAsync("insert into notes values (1)"); }, CancellationToken.None);
        var second = NoteAsync(2);
        var wrong = database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("insert into notes values (3)");
                return await session.ExecuteAsync("insert into notes values (2)");
            },
            CancellationToken.None);
        var last = NoteAsync(4);
        gate.Release();

        await Task.WhenAll(first, second, last);

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => wrong);
        Assert.Equal(3, await CountAsync());
    }

    [Fact]
    public async Task What_is_cancelled_before_its_turn_is_not_written()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(session => session.ExecuteAsync("insert into notes values (1)"), cancelled.Token));

        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Nobody_waits_for_ever_when_the_transaction_cannot_begin()
    {
        database.Dispose();

        var late = NoteAsync(1);

        Assert.IsNotType<TimeoutException>(await Record.ExceptionAsync(() => late.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)));
        Assert.True(late.IsFaulted);
    }

    private Task<int> NoteAsync(int id) => database.WriteAsync(session => session.ExecuteAsync("insert into notes values (@id)", new { id }), CancellationToken.None);

    private Task<int> CountAsync() => database.ReadAsync(session => session.FindAsync<int>("select count(*) from notes"), CancellationToken.None);
}
