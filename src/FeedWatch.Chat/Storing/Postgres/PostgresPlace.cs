using Npgsql;

namespace FeedWatch.Chat.Storing.Postgres;

/// <summary>A PostgreSQL database and the schema in it that is the ledger's own, so that it may be the service's database or any other.</summary>
internal sealed class PostgresPlace
{
    private const int MostConnections = 8; // per bot; PostgreSQL has 100 for everybody

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
        if (!settings.ContainsKey("GSS Encryption Mode")) settings.GssEncryptionMode = GssEncryptionMode.Disable; // else it looks for Kerberos first, whose library containers do not have, and says so on standard error
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
            throw new LedgerUnavailableException($"{Name} cannot be used ({PostgresFault.Why(ex)}). {Remedy(ex)}", ex) { IsAway = PostgresFault.IsAway(ex) };
        }
    }

    /// <summary>What to do about an error of this place.</summary>
    public static string Remedy(NpgsqlException exception) =>
        PostgresFault.Remedy(exception, "the connection string", "make a schema there, or make it for that user: create schema feedwatch_chat authorization USER");
}
