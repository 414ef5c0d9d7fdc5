using Dapper;
using FeedWatch.Storage;
using FeedWatch.Storage.Postgres;
using FeedWatch.Storage.Sqlite;
using FeedWatch.Storage.Upkeep;
using FeedWatch.Tests.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FeedWatch.Tests.Storage;

[Collection(PostgresTests.Name)]
public sealed class PostgresDatabaseTests(PostgresServer server)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Both_databases_have_the_same_tables_and_columns()
    {
        var folder = Directory.CreateTempSubdirectory("feedwatch-twins-");
        using (var data = DataFolder.Open(folder.FullName)) SqliteDatabase.Open(data).Dispose();
        var postgres = server.NewConnectionString();
        PostgresDatabase.Open(postgres, null).Dispose();

        using var one = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, SqliteDatabase.FileName)};Pooling=False");
        using var other = new NpgsqlConnection(postgres);
        var inSqlite = one.Query<string>("select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite%' and m.name <> 'SchemaVersions'");
        var inPostgres = other.Query<string>("select table_name || '.' || column_name from information_schema.columns where table_schema = 'public' and table_name <> 'schemaversions'");

        Assert.Equal(inSqlite.Order(StringComparer.Ordinal), inPostgres.Order(StringComparer.Ordinal));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_script_after_the_first_eleven_has_its_twin()
    {
        var scripts = typeof(Database).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).ToLookup(n => n.StartsWith("postgres/", StringComparison.Ordinal));

        Assert.Equal(
            scripts[false].Where(n => string.CompareOrdinal(n, "0012") >= 0).Order(StringComparer.Ordinal),
            scripts[true].Select(n => n["postgres/".Length..]).Where(n => string.CompareOrdinal(n, "0012") >= 0).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_wrong_password_and_a_database_that_is_not_there_are_said_in_one_line_that_holds_no_password()
    {
        var there = new NpgsqlConnectionStringBuilder(server.NewConnectionString());
        var wrong = new NpgsqlConnectionStringBuilder(there.ConnectionString) { Username = PostgresServer.Locked, Password = "hunter2" };
        var nowhere = new NpgsqlConnectionStringBuilder(there.ConnectionString) { Database = "nowhere" };
        var place = $"on {there.Host}:{there.Port} cannot be used";

        Assert.Equal($"PostgreSQL database {there.Database} {place} (password authentication failed for user \"locked\"). Mend user and password in Storage:ConnectionString, or what pg_hba.conf lets in.", Refusal(wrong));
        Assert.Equal($"PostgreSQL database nowhere {place} (database \"nowhere\" does not exist). Create it (createdb), or name another in Storage:ConnectionString.", Refusal(nowhere));
    }

    [Fact]
    public void A_server_that_is_away_may_be_there_later()
    {
        var away = new NpgsqlConnectionStringBuilder(server.NewConnectionString()) { Port = 9 };

        Assert.Throws<StorageUnreachableException>(() => PostgresDatabase.Open(away.ConnectionString, null));
    }

    [Fact]
    public void A_newer_database_and_another_programs_are_left_as_they_are()
    {
        var (newer, foreign) = (server.NewConnectionString(), server.NewConnectionString());
        PostgresDatabase.Open(newer, null).Dispose();
        Do(newer, "insert into schemaversions (scriptname, applied) values ('postgres/9999-later.sql', now())");
        Do(foreign, "create table customers (id int)");

        Assert.Contains("was written by a newer FeedWatch (it holds postgres/9999-later.sql)", Refusal(new(newer)), StringComparison.Ordinal);
        Assert.Contains("is a database of another program (it holds the table customers)", Refusal(new(foreign)), StringComparison.Ordinal);
        using var connection = new NpgsqlConnection(foreign);
        Assert.Equal(["customers"], connection.Query<string>("select tablename::text from pg_tables where schemaname = 'public'"));
    }

    [Fact]
    public async Task Nodes_that_start_at_the_same_time_make_the_tables_once()
    {
        var connection = server.NewConnectionString();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PostgresDatabase.Open(connection, null).Dispose(), Cancelled)));

        using var database = PostgresDatabase.OpenBeside(connection);
        Assert.True(await database.ReadAsync(s => s.FindAsync<int>("select count(*) from schemaversions"), Cancelled) > 0);
    }

    [Fact]
    public async Task Transactions_that_lock_each_other_out_are_both_stored()
    {
        using var database = PostgresDatabase.Open(server.NewConnectionString(), null);
        await database.WriteAsync(s => s.ExecuteAsync("insert into seen (id, day) values ('\\x01', 0), ('\\x02', 0)"), Cancelled);
        using var met = new Barrier(2);
        var tries = 0;

        Task AddAsync(string first, string second) => database.WriteAsync(
            async s =>
            {
                await s.ExecuteAsync($"update seen set day = day + 1 where id = '\\x{first}'");
                if (Interlocked.Increment(ref tries) <= 2) await Task.Run(() => met.SignalAndWait(Cancelled), Cancelled);
                await s.ExecuteAsync($"update seen set day = day + 1 where id = '\\x{second}'");
            },
            Cancelled);
        await Task.WhenAll(AddAsync("01", "02"), AddAsync("02", "01"));

        Assert.Equal(4, await database.ReadAsync(s => s.FindAsync<int>("select sum(day) from seen"), Cancelled));
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task A_server_that_was_away_for_a_while_is_noticed_and_used_again_when_it_is_back()
    {
        await using var own = new PostgresServer();
        await own.InitializeAsync();
        var time = new SettableClock(Watch.Start);
        using var database = PostgresDatabase.Open(own.NewConnectionString(), new RecordKeeping(time, NullLogger<RecordKeeping>.Instance));
        await own.StopAsync();

        var refused = await Assert.ThrowsAsync<CannotRecordException>(() => AddAsync(database));
        time.Advance(TimeSpan.FromSeconds(3));
        var away = await database.CanRecordAsync(Cancelled);
        await own.StartAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        var back = await database.CanRecordAsync(Cancelled);
        await AddAsync(database);

        Assert.Contains("PostgreSQL database feedwatch_", refused.Message, StringComparison.Ordinal);
        Assert.Equal((false, true), (away, back));
    }

    private static Task<int> AddAsync(PostgresDatabase database) => database.WriteAsync(s => s.ExecuteAsync("insert into seen (id, day) values ('\\x01', 1)"), Cancelled);

    private static string Refusal(NpgsqlConnectionStringBuilder to) => Assert.IsType<StorageException>(Record.Exception(() => PostgresDatabase.Open(to.ConnectionString, null))).Message;

    private static void Do(string database, string sql)
    {
        using var connection = new NpgsqlConnection(database);
        connection.Execute(sql);
    }
}
