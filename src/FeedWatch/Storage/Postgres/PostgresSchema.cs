using System.Globalization;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace FeedWatch.Storage.Postgres;

/// <summary>FeedWatch's tables in a PostgreSQL database: whose they are, of which version, and how they are brought up to date.</summary>
internal static class PostgresSchema
{
    private const string Prefix = "postgres/";
    private const string Journal = "schemaversions";

    /// <summary>The scripts that this version knows, by the names that DbUp writes down when it has run them.</summary>
    private static readonly string[] Known = [.. typeof(PostgresSchema).Assembly.GetManifestResourceNames().Where(IsScript)];

    /// <summary>Nodes that start at the same time take turns; the second finds the work done.</summary>
    /// <exception cref="StorageException">Another program's, or a newer FeedWatch's: nothing is touched. Or a script failed.</exception>
    public static void Upgrade(NpgsqlConnection connection, string connectionString, string place)
    {
        connection.Execute(TurnLock.Take, TurnLock.Of(Turn.Upgrading), commandTimeout: 0);
        try
        {
            if (Known.All(Read(connection, place).Contains)) return;
            var result = DeployChanges.To.PostgresqlDatabase(connectionString)
                .WithScriptsEmbeddedInAssembly(typeof(PostgresSchema).Assembly, IsScript)
                .JournalToPostgresqlTable(SchemaOf(connection, place), Journal)
                .WithTransaction() // all of them or none: a start that is cut off finds what it found before
                .WithVariablesDisabled()
                .LogTo(new NoOpUpgradeLog())
                .Build()
                .PerformUpgrade();
            if (!result.Successful)
                throw new StorageException(string.Create(CultureInfo.InvariantCulture, $"{place} could not be brought up to date at {result.ErrorScript?.Name} ({result.Error.Message}) and was left as it was. {(result.Error is NpgsqlException fault ? PostgresDatabase.Remedy(fault) : "")}").TrimEnd(), result.Error);
        }
        finally
        {
            if (connection.State is System.Data.ConnectionState.Open) connection.Execute(TurnLock.Release, TurnLock.Of(Turn.Upgrading));
        }
    }

    /// <exception cref="StorageException">Another program's, a newer FeedWatch's, or an older one's, which only the service may bring up to date.</exception>
    public static void RequireCurrent(NpgsqlConnection connection, string place)
    {
        if (!Known.All(Read(connection, place).Contains))
            throw new StorageException($"{place} is empty or of an older FeedWatch. Start the service of this version once: it brings the database up to date.");
    }

    private static HashSet<string> Read(NpgsqlConnection connection, string place)
    {
        var tables = connection.Query<string>("select tablename from pg_tables where schemaname = @Schema order by tablename", new { Schema = SchemaOf(connection, place) }).ToList();
        if (tables.Count == 0) return [];

        var scripts = tables.Contains(Journal) ? connection.Query<string>($"select scriptname from {Journal}").ToHashSet(StringComparer.Ordinal) : [];
        if (!scripts.Overlaps(Known))
            throw new StorageException($"{place} is a database of another program (it holds the table {tables[0]}). It is left as it is; name another database, or a schema with Search Path, in Storage:ConnectionString.");
        if (scripts.FirstOrDefault(s => !Known.Contains(s)) is { } newer)
            throw new StorageException($"{place} was written by a newer FeedWatch (it holds {newer}). Install that version again, or put back the backup made before the upgrade.");
        return scripts;
    }

    private static string SchemaOf(NpgsqlConnection connection, string place) =>
        connection.QuerySingle<string?>("select current_schema()") ?? throw new StorageException($"{place} has no schema that this user may use. Create the one that Storage:ConnectionString names as Search Path.");

    private static bool IsScript(string resource) => resource.StartsWith(Prefix, StringComparison.Ordinal);
}
