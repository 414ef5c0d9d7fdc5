using Npgsql;

namespace FeedWatch.Chat.Storing;

public enum ChatStoreProvider
{
    /// <summary><c>chat.db</c> in a folder, for one process.</summary>
    Sqlite,

    /// <summary>A server, for one process or several that share the posting.</summary>
    Postgres,
}

/// <summary>Where it is remembered what was posted: <c>Chat:Store</c>.</summary>
public sealed class ChatStoreOptions
{
    public const string Section = $"{ChatOptions.Section}:{nameof(ChatOptions.Store)}";

    /// <summary>What section <c>Storage</c> says where it is left out.</summary>
    public ChatStoreProvider? Provider { get; set; }

    /// <summary>Where PostgreSQL is, in Npgsql's words. A secret.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>A file that holds the connection string, in its place; a line end behind it does not count.</summary>
    public string? ConnectionStringFile { get; set; }

    /// <summary>After how long without a sign of life of the bot that posts to a channel another one takes over: 2 s to 10 min.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">Its file cannot be read.</exception>
    internal string EffectiveConnectionString() => string.IsNullOrEmpty(ConnectionStringFile) ? ConnectionString ?? "" : File.ReadAllText(ConnectionStringFile).TrimEnd('\r', '\n');

    /// <summary>One line for each, beginning with the setting to mend.</summary>
    public IEnumerable<string> Faults()
    {
        if (Lease < TimeSpan.FromSeconds(2) || Lease > TimeSpan.FromMinutes(10)) yield return "Chat:Store:Lease must lie between 2s and 10m.";
        var (inLine, inFile) = (!string.IsNullOrEmpty(ConnectionString), !string.IsNullOrEmpty(ConnectionStringFile));
        if (Provider is not ChatStoreProvider.Postgres)
        {
            if (inLine || inFile) yield return "Chat:Store:ConnectionString is for PostgreSQL; set Chat:Store:Provider to Postgres, or take it out.";
        }
        else if (inLine && inFile)
        {
            yield return "Chat:Store:ConnectionString and Chat:Store:ConnectionStringFile are both set; keep one of them.";
        }
        else if (!inLine && !inFile)
        {
            yield return "Chat:Store:ConnectionString is empty; write Host=…;Port=5432;Database=…;Username=…;Password=…, or name a file that holds it with Chat:Store:ConnectionStringFile.";
        }
        else if (FaultOfConnection() is { } fault)
        {
            yield return fault;
        }
    }

    private string? FaultOfConnection()
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(EffectiveConnectionString()).Host)
                ? "Chat:Store:ConnectionString names no server; begin it with Host=…"
                : null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return $"Chat:Store:ConnectionStringFile '{ConnectionStringFile}' cannot be read: {ex.Message}";
        }
        catch (Exception ex) when (ex is ArgumentException or FormatException)
        {
            return "Chat:Store:ConnectionString cannot be read; write Host=…;Port=5432;Database=…;Username=…;Password=…"; // not its own words, which may quote the secret
        }
    }
}
