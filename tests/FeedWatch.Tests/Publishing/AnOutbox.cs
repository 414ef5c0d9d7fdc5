using FeedWatch.Contracts;
using FeedWatch.Publishing;
using FeedWatch.Storage;
using FeedWatch.Storage.Postgres;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FeedWatch.Tests.Publishing;

/// <summary>Outbox and relay over a real database in a temporary folder, before a bus that does as the test says.</summary>
internal sealed class AnOutbox : IEventPublisher, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-outbox-");
    private readonly DataFolder data;
    private readonly OutboxSignal signal = new();
    private int underWay;

    public AnOutbox()
        : this(IOnPostgres.Current?.NewConnectionString())
    {
    }

    /// <param name="postgres">Where PostgreSQL is; null for SQLite.</param>
    public AnOutbox(string? postgres)
    {
        data = DataFolder.Open(folder.FullName);
        Database = postgres is not null ? PostgresDatabase.Open(postgres, null) : SqliteDatabase.Open(data);
        Outbox = new Outbox(Database, Time, signal);
        Relay = new OutboxRelay(Outbox, this, signal, Time, NullLogger<OutboxRelay>.Instance);
    }

    public string Folder => folder.FullName;

    public SettableClock Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; }

    public Outbox Outbox { get; }

    public OutboxRelay Relay { get; }

    /// <summary>What the bus took, in order.</summary>
    public List<Guid> Taken { get; } = [];

    /// <summary>How many others were under way at each try of a refused event.</summary>
    public List<int> Company { get; } = [];

    /// <summary>What the bus answers; null: it takes the event.</summary>
    public Func<FeedWatchEvent, Exception?> Answer { get; set; } = _ => null;

    public async Task AddAsync(params FeedWatchEvent[] events) =>
        await Database.WriteAsync(session => Outbox.AddAsync(session, events), TestContext.Current.CancellationToken);

    /// <summary>One round of the relay. Returns how many events still wait.</summary>
    public Task<int> RelayAsync() => Relay.DrainAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);

    /// <summary>Rounds with the longest pause between them, so that everything that may be tried is.</summary>
    public async Task<int> RelayAsync(int rounds)
    {
        for (; rounds > 1; rounds--)
        {
            await RelayAsync();
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        return await RelayAsync();
    }

    public Task<T?> AskAsync<T>(string sql) => Database.ReadAsync(session => session.FindAsync<T>(sql), TestContext.Current.CancellationToken);

    public Task DoAsync(string sql) => Database.WriteAsync(session => session.ExecuteAsync(sql), TestContext.Current.CancellationToken);

    public async Task PublishAsync(FeedWatchEvent @event, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref underWay);
        try
        {
            await Task.Yield();
            if (Answer(@event) is { } refusal)
            {
                lock (Company) Company.Add(Volatile.Read(ref underWay) - 1);
                throw refusal;
            }

            lock (Taken) Taken.Add(@event.Id);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    public void Dispose()
    {
        Relay.Dispose();
        signal.Dispose();
        Database.Dispose();
        data.Dispose();
        folder.Delete(recursive: true);
    }
}
