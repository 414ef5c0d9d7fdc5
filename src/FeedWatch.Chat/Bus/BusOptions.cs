using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FeedWatch.Chat.Bus;

public enum BusTransport
{
    /// <summary>Service and channels in one process, nothing to install.</summary>
    InMemory,

    /// <summary>Other processes and other people's bots receive the events too.</summary>
    RabbitMq,
}

/// <summary>How events travel. Section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    public const string Section = "Bus";

    private const int ShortestSecret = 32;

    public BusTransport Transport { get; set; } = BusTransport.InMemory;

    /// <summary>Name or address of the RabbitMQ server.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>1 to 65535.</summary>
    public int Port { get; set; } = 5672;

    public string VirtualHost { get; set; } = "/";

    public string Username { get; set; } = "guest";

    public string Password { get; set; } = "guest";

    /// <summary>A file that holds the password, in its place; a line end behind it does not count.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Encrypt the connection; the server's certificate must be valid for <see cref="Host"/>.</summary>
    public bool Tls { get; set; }

    /// <summary>What bots sign their commands with, 32 characters or more; commands are taken only where it is set. A secret.</summary>
    public string? CommandSecret { get; set; }

    /// <summary>A file that holds <see cref="CommandSecret"/>, in its place; a line end behind it does not count.</summary>
    public string? CommandSecretFile { get; set; }

    /// <summary>How long the archive queue keeps an event.</summary>
    public TimeSpan ArchiveMaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many bytes of events the archive queue keeps; the oldest go first.</summary>
    public long ArchiveMaxBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>Delete a queue of FeedWatch's that takes nothing although the broker is well, and make it anew. In a cluster such a queue may come back with its other nodes.</summary>
    public bool ReplaceLostQueues { get; set; } = true;

    /// <exception cref="OptionsValidationException">A setting is wrong; one line for each fault.</exception>
    public static BusOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Section);
        var faults = FaultsOfText(section).ToList();
        var options = faults.Count == 0 ? section.Get<BusOptions>() ?? new BusOptions() : new BusOptions();
        if (faults.Count == 0) faults.AddRange(options.Faults());
        return faults.Count == 0 ? options : throw new OptionsValidationException(Section, typeof(BusOptions), faults);
    }

    /// <summary>The password itself, from wherever it stands.</summary>
    internal string EffectivePassword() => string.IsNullOrEmpty(PasswordFile) ? Password : File.ReadAllText(PasswordFile).TrimEnd('\r', '\n');

    /// <summary>Whether bots may ask for something.</summary>
    public bool TakesCommands => !string.IsNullOrEmpty(CommandSecret) || !string.IsNullOrEmpty(CommandSecretFile);

    internal byte[] EffectiveCommandSecret() => Encoding.UTF8.GetBytes(string.IsNullOrEmpty(CommandSecretFile) ? CommandSecret ?? "" : File.ReadAllText(CommandSecretFile).TrimEnd('\r', '\n'));

    /// <summary>What the binder would refuse with a stack trace.</summary>
    private static IEnumerable<string> FaultsOfText(IConfigurationSection section)
    {
        if (section[nameof(Transport)] is { } transport && !Enum.GetNames<BusTransport>().Contains(transport, StringComparer.OrdinalIgnoreCase))
            yield return $"Bus:Transport '{transport}' is unknown; use InMemory or RabbitMq.";
        if (section[nameof(Port)] is { } port && !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            yield return $"Bus:Port '{port}' is no port; use a number from 1 to 65535.";
        if (section[nameof(Tls)] is { } tls && !bool.TryParse(tls, out _))
            yield return $"Bus:Tls '{tls}' must be true or false.";
        if (section[nameof(ReplaceLostQueues)] is { } replace && !bool.TryParse(replace, out _))
            yield return $"Bus:ReplaceLostQueues '{replace}' must be true or false.";
    }

    private IEnumerable<string> Faults()
    {
        if (TakesCommands && FaultOfCommands() is { } ofCommands) yield return ofCommands;
        if (Transport is BusTransport.InMemory) yield break;
        if (Uri.CheckHostName(Host) is UriHostNameType.Unknown) yield return $"Bus:Host '{Host}' is no host name or address.";
        if (Port is < 1 or > 65535) yield return $"Bus:Port '{Port}' is no port; use a number from 1 to 65535.";
        if (VirtualHost.Length == 0) yield return "Bus:VirtualHost is empty; RabbitMQ's own is /.";
        if (Username.Length == 0) yield return "Bus:Username is empty.";
        if (ArchiveMaxAge < TimeSpan.FromMinutes(1) || ArchiveMaxAge > TimeSpan.FromDays(365)) yield return "Bus:ArchiveMaxAge must lie between a minute and 365 days.";
        if (ArchiveMaxBytes < 1024 * 1024) yield return "Bus:ArchiveMaxBytes must be at least 1048576 (1 MiB).";
        if (!string.IsNullOrEmpty(PasswordFile) && FaultOfFile(PasswordFile) is { } fault) yield return $"Bus:PasswordFile '{PasswordFile}' cannot be read: {fault}";
    }

    private string? FaultOfCommands()
    {
        if (Transport is BusTransport.InMemory) return "Bus:CommandSecret is set, and bots can ask over RabbitMQ only; set Bus:Transport to RabbitMq, or take it out.";
        if (!string.IsNullOrEmpty(CommandSecret) && !string.IsNullOrEmpty(CommandSecretFile)) return "Bus:CommandSecret and Bus:CommandSecretFile are both set; keep one of them.";
        if (!string.IsNullOrEmpty(CommandSecretFile) && FaultOfFile(CommandSecretFile) is { } fault) return $"Bus:CommandSecretFile '{CommandSecretFile}' cannot be read: {fault}";
        return EffectiveCommandSecret().Length < ShortestSecret ? $"Bus:CommandSecret is shorter than {ShortestSecret} characters; make one with 'openssl rand -hex 32'." : null;
    }

    private static string? FaultOfFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ex.Message;
        }
    }
}
