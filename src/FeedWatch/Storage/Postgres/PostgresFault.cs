using Npgsql;

namespace FeedWatch.Storage.Postgres;

/// <summary>What an error of PostgreSQL says about the server or the way to it, as against a mistake in a statement.</summary>
internal static class PostgresFault
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string StandsBy = "25006";
    private const string NoDatabase = "3D000";
    private const string SerializationFailure = "40001";
    private const string Deadlock = "40P01";
    private const string NoPrivilege = "42501";
    private const string DiskFull = "53100";
    private const string TooManyConnections = "53300";
    private const string Cancelled = "57014";
    private const string ShutsDown = "57P01";
    private const string StartsUp = "57P03";

    /// <summary>Connection (08), authorisation (28), resources (53), operator (57), system (58) and internal errors (XX).</summary>
    private static readonly string[] Classes = ["08", "28", "53", "57", "58", "XX"];

    /// <summary>The server is to blame, or the way to it: whatever is written next fails as well until that is mended.</summary>
    public static bool Is(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: var state } || state is StandsBy or NoDatabase or NoPrivilege || (state is not Cancelled && Classes.Contains(state[..2]));

    /// <summary>Two transactions met and this one gave way; all of it can be done again.</summary>
    public static bool IsCollision(PostgresException exception) => exception.SqlState is SerializationFailure or Deadlock;

    /// <summary>Nobody is there, or not yet; nothing says that a setting is wrong.</summary>
    public static bool IsAway(NpgsqlException exception) => exception is not PostgresException { SqlState: not (ShutsDown or StartsUp) };

    public static string Why(NpgsqlException exception)
    {
        var why = exception is PostgresException said ? said.MessageText : exception.InnerException is { } inner ? $"{exception.Message}: {inner.Message}" : exception.Message;
        return why.ReplaceLineEndings(" ").TrimEnd('.');
    }

    /// <summary>What to do about it, as a sentence.</summary>
    public static string Remedy(NpgsqlException exception) => exception is not PostgresException { SqlState: var state } ? "See whether PostgreSQL runs and can be reached from here." : state switch
    {
        StandsBy => "Name the primary server in Storage:ConnectionString; this one takes no writes.",
        NoDatabase => "Create it (createdb), or name another in Storage:ConnectionString.",
        NoPrivilege => "Give the user of Storage:ConnectionString the right to it.",
        DiskFull => "Free space on the server's disk.",
        TooManyConnections => "Raise max_connections there, or lower Maximum Pool Size in Storage:ConnectionString.",
        ShutsDown or StartsUp => "It is starting or stopping.",
        _ when state.StartsWith("28", StringComparison.Ordinal) => "Mend user and password in Storage:ConnectionString, or what pg_hba.conf lets in.",
        _ => "See PostgreSQL's log.",
    };
}
