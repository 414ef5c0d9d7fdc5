using Npgsql;

namespace FeedWatch.Chat.Storing.Postgres;

/// <summary>What an error of PostgreSQL says about the server or the way to it, as against a mistake in a statement; the service's database asks here as well.</summary>
/// <remarks>The codes: https://www.postgresql.org/docs/current/errcodes-appendix.html.</remarks>
public static class PostgresFault
{
    /// <summary>Connection (08), authorisation (28), resources (53), operator (57), system (58) and internal errors (XX).</summary>
    private static readonly string[] Classes = ["08", "28", "53", "57", "58", "XX"];

    /// <summary>The server is to blame, or the way to it: whatever is written next fails as well until that is mended.</summary>
    public static bool Is(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: var state }
        || state is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege
        || (state is not PostgresErrorCodes.QueryCanceled && Classes.Contains(state[..2]));

    /// <summary>Two transactions met and this one gave way; all of it can be done again.</summary>
    public static bool IsCollision(PostgresException exception) => exception.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Nobody is there, or not yet; nothing says that a setting is wrong.</summary>
    public static bool IsAway(NpgsqlException exception) => exception is not PostgresException { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow) };

    /// <summary>What went wrong, in the server's words, on one line.</summary>
    public static string Why(NpgsqlException exception)
    {
        var why = exception is PostgresException said ? said.MessageText : exception.InnerException is { } inner ? $"{exception.Message}: {inner.Message}" : exception.Message;
        return why.ReplaceLineEndings(" ").TrimEnd('.');
    }

    /// <summary>What to do about it, as a sentence.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="setting">Where the way to the server is set: <c>Storage:ConnectionString</c>.</param>
    /// <param name="right">What that user needs the right to: "it", "make a schema there".</param>
    public static string Remedy(NpgsqlException exception, string setting, string right) => exception is not PostgresException { SqlState: var state } ? "See whether PostgreSQL runs and can be reached from here." : state switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction => $"Name the primary server in {setting}; this one takes no writes.",
        PostgresErrorCodes.InvalidCatalogName => $"Create it (createdb), or name another in {setting}.",
        PostgresErrorCodes.InsufficientPrivilege => $"Give the user of {setting} the right to {right}.",
        PostgresErrorCodes.DiskFull => "Free space on the server's disk.",
        PostgresErrorCodes.TooManyConnections => $"Raise max_connections there, or lower Maximum Pool Size in {setting}.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow => "It is starting or stopping.",
        _ when state.StartsWith("28", StringComparison.Ordinal) => $"Mend user and password in {setting}, or what pg_hba.conf lets in.",
        _ => "See PostgreSQL's log.",
    };
}
