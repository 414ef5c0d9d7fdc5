using Dapper;
using Npgsql;

namespace FeedWatch.Chat.Storing.Postgres;

/// <summary>
/// What <c>chat.db</c> remembers, taken to a server where nothing was posted from yet: without it an event that comes again would be posted
/// again. In one transaction, so that one that is cut off has done nothing; the file is read, and at the end marked.
/// </summary>
internal static class CarryOver
{
    private const string Done = "create table if not exists carried_over (id text primary key, file text not null, at bigint not null)";

    /// <summary>In an order in which each finds what it refers to. Numbers that count rows are given anew, in their order.</summary>
    private static readonly (string Table, string Columns, string Order)[] Tables =
    [
        ("event", "id, body, recorded_at", "recorded_at"),
        ("delivery", "event_id, channel, state, tries, due_at, reference, reason, changed_at, body", "seq"),
        ("first_post", "channel, incident, reference, posted_at", "posted_at"),
        ("followed", "incident, channel, severity, told_at", "told_at"),
        ("mute", "what, channel, since, until, kept", "since"),
        ("trouble", "channel, since, told_at, event_id", "since"),
        ("announcement", "event_id, body", "seq"),
        ("request", "id, asked_at", "asked_at"),
    ];

    /// <returns>Null where there is no file, nothing in it, or it was carried over before.</returns>
    /// <exception cref="LedgerUnavailableException">The server knows of no post, and the file is in use, damaged or of a newer version.</exception>
    public static LedgerMove? Take(NpgsqlConnection server, PostgresPlace place, string folder)
    {
        if (!LedgerFile.IsIn(folder)) return null;
        using var transaction = server.BeginTransaction();
        server.Execute("lock table event in exclusive mode", transaction: transaction); // bots that record something wait
        var isNew = !server.ExecuteScalar<bool>("select exists (select 1 from event)", transaction: transaction);
        if (Left(folder, isNew) is not { } left) return null;
        server.Execute(Done, transaction: transaction);
        var isDone = server.ExecuteScalar<bool>("select exists (select 1 from carried_over where id = @Id)", left, transaction);
        if (!isNew && !isDone) return new LedgerMove(left.File, left.Events, IsDone: false);

        using var file = LedgerFile.Open(folder, toMove: true);
        if (!isDone)
        {
            var id = file.BeginMove();
            foreach (var (table, columns, order) in Tables)
            {
                Copy(file, server, transaction, table, columns, order);
                FaultPoint.Pass("carrying-over");
            }

            server.Execute("insert into carried_over values (@id, @File, @now)", new { id, left.File, now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
            transaction.Commit();
            FaultPoint.Pass("carried-over");
        }

        file.EndMove(place.Name);
        return new LedgerMove(left.File, left.Events, IsDone: true);
    }

    // A file that nobody needs any more may be in whatever state.
    private static LeftBehind? Left(string folder, bool isNeeded)
    {
        try
        {
            return LedgerFile.Left(folder);
        }
        catch (LedgerUnavailableException) when (!isNeeded)
        {
            return null;
        }
    }

    private static void Copy(LedgerFile file, NpgsqlConnection server, NpgsqlTransaction transaction, string table, string columns, string order)
    {
        server.Execute($"create temporary table incoming on commit drop as select {columns} from {table} with no data; alter table incoming add place bigint generated always as identity", transaction: transaction);
        using (var rows = server.BeginTextImport($"copy incoming ({columns}) from stdin")) file.Read($"select {columns} from {table} order by {order}", values => rows.Write(string.Join('\t', values.Select(Escaped)) + "\n"));
        server.Execute($"insert into {table} ({columns}) select {columns} from incoming order by place on conflict do nothing; drop table incoming", transaction: transaction, commandTimeout: 0); // a mute, say, may have been set there by hand
    }

    /// <summary>As COPY reads it (https://www.postgresql.org/docs/current/sql-copy.html, "Text Format"); PostgreSQL's texts hold no NUL.</summary>
    private static string Escaped(object? value) => value switch
    {
        null => "\\N",
        string text => text.Replace("\0", "", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal),
        var number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number}"),
    };
}
