using Npgsql;

namespace FeedWatch.Chat.Storing;

/// <summary>A PostgreSQL database and the schema in it that is the ledger's own, so that it may be the service's database or any other.</summary>
internal sealed class PostgresPlace
{
    private const int MostConnections = 8; // per bot; PostgreSQL has 100 for everybody

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string StandsBy = "25006";
    private const string NoDatabase = "3D000";
    private const string SerializationFailure = "40001";
    private const string Deadlock = "40P01";
    private const string NoPrivilege = "42501";
    private const string DiskFull = "53100";
    private const string TooManyConnections = "53300";
    private const string ShutsDown = "57P01";
    private const string StartsUp = "57P03";

    private readonly NpgsqlConnectionStringBuilder settings;

    /// <param name="connectionString">Npgsql's words; a <c>Search Path</c> in it keeps several FeedWatches in one database apart.</param>
    public PostgresPlace(string connectionString)
    {
        settings = new NpgsqlConnectionStringBuilder(connectionString);
        var path = settings.SearchPath?.Split(',')[0].Trim() ?? "";
        Schema = (path.Length == 0 ? "feedwatch" : path.StartsWith('"') ? path.Trim('"') : path.ToLowerInvariant()) + "_chat";
        Name = $"PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";
        settings.SearchPath = Quoted(Schema);
        if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = MostConnections;
        if (!settings.ContainsKey("Application Name")) settings.ApplicationName = "feedwatch chat";
        if (!settings.ContainsKey("Keepalive")) settings.KeepAlive = 30; // or a listener would wait for ever on a server that is gone
    }

    /// <summary>As people call it.</summary>
    public string Name { get; }

    public string Schema { get; }

    public NpgsqlDataSource Source() => NpgsqlDataSource.Create(settings);

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Says what is wrong at a start.</summary>
    /// <exception cref="LedgerUnavailableException">The server refuses, or is not there.</exception>
    public T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (NpgsqlException ex)
        {
            throw new LedgerUnavailableException($"{Name} cannot be used ({Why(ex)}). {Remedy(ex)}", ex) { IsAway = ex is not PostgresException { SqlState: not (ShutsDown or StartsUp) } };
        }
    }

    /// <summary>Two transactions met and this one gave way; all of it can be done again.</summary>
    public static bool IsCollision(PostgresException exception) => exception.SqlState is SerializationFailure or Deadlock;

    public static string Why(NpgsqlException exception)
    {
        var why = exception is PostgresException said ? said.MessageText : exception.InnerException is { } inner ? $"{exception.Message}: {inner.Message}" : exception.Message;
        return why.ReplaceLineEndings(" ").TrimEnd('.');
    }

    /// <summary>What to do about it, as a sentence.</summary>
    public static string Remedy(NpgsqlException exception) => exception is not PostgresException { SqlState: var state } ? "See whether PostgreSQL runs and can be reached from here." : state switch
    {
        StandsBy => "Name the primary server in the connection string; this one takes no writes.",
        NoDatabase => "Create it (createdb), or name another in the connection string.",
        NoPrivilege => "Give the user of the connection string the right to make a schema there, or make it for that user: create schema feedwatch_chat authorization USER.",
        DiskFull => "Free space on the server's disk.",
        TooManyConnections => "Raise max_connections there, or lower Maximum Pool Size in the connection string.",
        ShutsDown or StartsUp => "It is starting or stopping.",
        _ when state.StartsWith("28", StringComparison.Ordinal) => "Mend user and password in the connection string, or what pg_hba.conf lets in.",
        _ => "See PostgreSQL's log.",
    };
}
