using Dapper;
using DbUp;
using DbUp.Engine.Output;
using FeedWatch.Contracts;
using FeedWatch.Storage;
using FeedWatch.Storage.Postgres;
using FeedWatch.Tests.Chat;
using FeedWatch.Tests.Testing;
using Npgsql;

namespace FeedWatch.Tests.Storage;

/// <summary>PostgreSQL databases of every schema that ever landed there, made by the scripts of that time, which never changed.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresUpgradeTests(PostgresServer server)
{
    [Theory]
    [InlineData("0013")]
    [InlineData("0014")]
    [InlineData("0015")]
    public void It_is_brought_up_to_date_and_keeps_what_it_holds(string last)
    {
        var database = Old(last);

        PostgresDatabase.Open(database, null).Dispose();

        using var connection = new NpgsqlConnection(database);
        Assert.Equal(("Herald", AnEvent.Detected().Id, 1L), (
            connection.QuerySingle<string>("select name from feeds"),
            connection.QuerySingle<Guid>("select event_id from outbox where sent_at is null"),
            connection.QuerySingle<long>("select count(*) from incidents")));
        Assert.Equal(
            typeof(Database).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("postgres/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            connection.Query<string>("select scriptname from schemaversions").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_script_that_fails_takes_those_before_it_back()
    {
        var database = Old("0013");
        using var connection = new NpgsqlConnection(database);
        connection.Execute("create table requests (by_hand text)"); // 0015 makes it

        var refused = Assert.Throws<StorageException>(() => PostgresDatabase.Open(database, null));

        Assert.Contains("could not be brought up to date at postgres/0015-requests.sql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("and was left as it was.", refused.Message, StringComparison.Ordinal);
        Assert.Null(connection.QuerySingle<string?>("select to_regclass('digests')::text"));
        Assert.Equal("postgres/0013-incident-links.sql", connection.QuerySingle<string>("select max(scriptname) from schemaversions"));
    }

    private string Old(string last)
    {
        var database = server.NewConnectionString();
        var made = DeployChanges.To.PostgresqlDatabase(database)
            .WithScriptsEmbeddedInAssembly(typeof(Database).Assembly, name => name.StartsWith("postgres/", StringComparison.Ordinal) && string.CompareOrdinal(name, $"postgres/{last}~") < 0)
            .JournalToPostgresqlTable("public", "schemaversions")
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        Assert.True(made.Successful, made.Error?.Message);
        using var connection = new NpgsqlConnection(database);
        connection.Execute("insert into feeds (id, url, host, domain, name, enabled) values (@Id, 'https://herald.example/rss', 'herald.example', 'herald.example', 'Herald', @On)", new { Id = NameUuid.Of("feed", "https://herald.example/rss"), On = 1 });
        var told = AnEvent.Detected();
        connection.Execute("insert into incidents (id, facts, sequence, opened_at, changed_at) values (@IncidentId, '', 1, 1, 1)", told);
        connection.Execute("insert into outbox (event_id, subject, body, sequence, created_at) values (@Id, @IncidentId, @Body, 1, 1)", new { told.Id, told.IncidentId, Body = EventJson.Serialize(told) });
        return database;
    }
}
