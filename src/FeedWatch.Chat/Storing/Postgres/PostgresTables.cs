using Dapper;
using Npgsql;

namespace FeedWatch.Chat.Storing.Postgres;

/// <summary>The ledger's tables in PostgreSQL: whose they are, of which version, and how they come to be.</summary>
internal static class PostgresTables
{
    private const int Version = 1;

    /// <summary>As in <c>chat.db</c>, where what is in them is said; and the leases.</summary>
    private const string Tables =
        """
        create table event (
            id          text primary key,
            body        text not null,
            recorded_at bigint not null   -- unix ms, as all times here but one
        );
        create table delivery (
            seq         bigint generated always as identity primary key,  -- a channel posts in this order
            event_id    text not null references event (id),
            channel     text not null,
            state       text not null default 'pending',  -- as in chat.db
            tries       bigint not null default 0,
            due_at      bigint not null default 0,
            reference   text,
            reason      text,
            changed_at  bigint not null,
            body        text,
            unique (event_id, channel)
        );
        create table first_post (
            channel   text   not null,
            incident  text   not null,
            reference text   not null,
            posted_at bigint not null,
            primary key (channel, incident)
        );
        create index delivery_open on delivery (channel, seq) where state in ('pending', 'sending');
        create index delivery_held on delivery (channel, seq) where state = 'held';
        create table followed (
            incident text    not null,
            channel  text    not null,
            severity integer not null,
            told_at  bigint  not null,
            primary key (incident, channel)
        );
        create table mute (
            what    text   not null,
            channel text   not null,
            since   bigint not null,
            until   bigint not null,
            kept    bigint not null,
            primary key (what, channel)
        );
        create table trouble (
            channel  text primary key,
            since    bigint not null,
            told_at  bigint not null,
            event_id text
        );
        create index delivery_done on delivery (channel, changed_at) where state in ('sent', 'dead', 'unsure');
        create table request (
            id       text primary key,
            asked_at bigint not null
        );
        create table lease (
            channel     text primary key,
            holder      text not null,    -- the process that posts there
            until       timestamptz not null -- by this server's clock: those of the bots may differ
        );
        create function tell_bots() returns trigger language plpgsql as 'begin perform pg_notify(tg_table_schema, ''''); return null; end';
        create trigger delivery_changed after insert or update on delivery for each row when (new.state <> 'sending') execute function tell_bots();
        create table ledger_version (number integer not null);
        insert into ledger_version values (1);
        """;

    /// <summary>Came later, and bots that do not know of it are none the worse for it.</summary>
    private const string Announcements =
        """
        create table announcement (
            seq      bigint generated always as identity primary key,
            event_id text not null unique,
            body     text not null
        );
        """;

    /// <summary>Bots that start at the same time take turns; the second finds the work done.</summary>
    /// <exception cref="LedgerUnavailableException">Another program's, or a newer FeedWatch's: nothing is touched.</exception>
    public static void Prepare(NpgsqlConnection connection, PostgresPlace place)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("select 1 from (select pg_advisory_xact_lock(hashtextextended(@Schema, 0))) taken", place, transaction);
        if (VersionIn(connection, place) == 0)
        {
            if (!connection.ExecuteScalar<bool>("select exists (select 1 from pg_namespace where nspname = @Schema)", place, transaction)) connection.Execute($"create schema {PostgresPlace.Quoted(place.Schema)}", transaction: transaction);
            connection.Execute(Tables, transaction: transaction);
        }

        if (!connection.ExecuteScalar<bool>("select exists (select 1 from pg_tables where schemaname = @Schema and tablename = 'announcement')", place, transaction)) connection.Execute(Announcements, transaction: transaction);
        transaction.Commit();
    }

    /// <returns>0 where there is nothing yet.</returns>
    /// <exception cref="LedgerUnavailableException">Another program's, or a newer FeedWatch's.</exception>
    public static int VersionIn(NpgsqlConnection connection, PostgresPlace place)
    {
        var tables = connection.Query<string>("select tablename from pg_tables where schemaname = @Schema order by tablename", place).AsList();
        if (tables.Count == 0) return 0;
        if (!tables.Contains("ledger_version"))
            throw new LedgerUnavailableException($"The schema {place.Schema} of {place.Name} is another program's (it holds the table {tables[0]}). It is left as it is; name another database, or a schema with Search Path, in the connection string.");

        var version = connection.ExecuteScalar<int>("select max(number) from ledger_version");
        if (version > Version)
            throw new LedgerUnavailableException($"{place.Name} was written by a newer FeedWatch (schema {version} of {place.Schema}, this one knows {Version}). Update FeedWatch or use another database.");
        return version;
    }
}
