using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FeedWatch.Storage;

internal enum StorageProvider
{
    /// <summary>A file in the data folder; nothing to install.</summary>
    Sqlite,

    /// <summary>A server that several nodes may share.</summary>
    Postgres,
}

/// <summary>Where FeedWatch keeps what it must not forget: section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>SQLite for one node, PostgreSQL for one or several that share the work.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>Where PostgreSQL is, in Npgsql's words: <c>Host=…;Port=…;Database=…;Username=…;Password=…</c>. A secret.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>A file that holds the connection string, in its place; a line end behind it does not count.</summary>
    public string? ConnectionStringFile { get; set; }

    /// <summary>The folder of <c>feedwatch.db</c> and <c>chat.db</c>; made when it is not there. <c>--data</c> sets it.</summary>
    public string DataFolder { get; set; } = DefaultFolder();

    /// <summary>
    /// How long an article is remembered after it was first seen, or left the last feed it stood in. One that stands in a feed is never
    /// forgotten. Longer than a publisher takes to bring an old article back, or it is told again.
    /// </summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepArticles { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long an event is kept in the outbox after it was sent, or taken out by hand. One that waits or was given up stays.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan KeepSentEvents { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an incident is kept after its last report; for ever where it is not set. A report that comes later opens a new one.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "36500.00:00:00")]
    public TimeSpan? KeepIncidents { get; set; }

    /// <summary>The connection string itself, from wherever it stands.</summary>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    internal string EffectiveConnectionString() => string.IsNullOrEmpty(ConnectionStringFile) ? ConnectionString ?? "" : File.ReadAllText(ConnectionStringFile).TrimEnd('\r', '\n');

    private static string DefaultFolder()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : AppContext.BaseDirectory, "feedwatch");
    }
}

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(StorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataFolder)) yield return "Storage:DataFolder is empty; name a folder that FeedWatch may write to.";
        var (inLine, inFile) = (!string.IsNullOrEmpty(options.ConnectionString), !string.IsNullOrEmpty(options.ConnectionStringFile));
        if (options.Provider is StorageProvider.Sqlite && (inLine || inFile)) yield return "Storage:ConnectionString is for PostgreSQL; set Storage:Provider to Postgres, or take it out.";
        if (options.Provider is not StorageProvider.Postgres) yield break;
        if (inLine && inFile) yield return "Storage:ConnectionString and Storage:ConnectionStringFile are both set; keep one of them.";
        else if (!inLine && !inFile) yield return "Storage:ConnectionString is empty; write Host=…;Port=5432;Database=…;Username=…;Password=…, or name a file that holds it with Storage:ConnectionStringFile.";
        else if (FaultOfConnection(options) is { } fault) yield return fault;
    }

    private static string? FaultOfConnection(StorageOptions options)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(options.EffectiveConnectionString()).Host)
                ? "Storage:ConnectionString names no server; begin it with Host=…"
                : null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return $"Storage:ConnectionStringFile '{options.ConnectionStringFile}' cannot be read: {ex.Message}";
        }
        catch (Exception ex) when (ex is ArgumentException or FormatException)
        {
            return "Storage:ConnectionString cannot be read; write Host=…;Port=5432;Database=…;Username=…;Password=…"; // not its own words, which may quote the secret
        }
    }
}

[OptionsValidator]
internal sealed partial class StorageLimitsValidator : IValidateOptions<StorageOptions>;
