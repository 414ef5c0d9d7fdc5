namespace FeedWatch.Chat.Channels.Mail;

/// <summary>How an <c>email</c> channel sends, and to whom.</summary>
public sealed class MailOptions
{
    /// <summary>The mail server that takes what is to be sent, by its name; its certificate must be valid for that name.</summary>
    public string? Host { get; set; }

    /// <summary>1 to 65535; 587, 465 or 25 by <see cref="Encryption"/> where it is left out.</summary>
    public int? Port { get; set; }

    /// <summary>How the connection is encrypted. It never goes on without what is asked for here.</summary>
    public MailEncryption Encryption { get; set; }

    /// <summary>The name to log in with; nobody logs in where it is left out.</summary>
    public string? User { get; set; }

    /// <summary>The password of <see cref="User"/>.</summary>
    public string? Password { get; set; }

    /// <summary>A file that holds <see cref="Password"/>, in its place; a line end behind it does not count.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>A PEM file of the authorities to trust besides the machine's own, for a server whose certificate a company has signed itself.</summary>
    public string? CaFile { get; set; }

    /// <summary>Who it is from: <c>alerts@example.org</c> or <c>FeedWatch &lt;alerts@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Who gets it, at most 50; all of them see each other.</summary>
    public IList<string> To { get; } = [];
}

/// <summary>How a connection to a mail server is encrypted.</summary>
public enum MailEncryption
{
    /// <summary>It begins in the clear and is encrypted before anything is said (port 587).</summary>
    StartTls,

    /// <summary>From the first byte (port 465).</summary>
    Tls,

    /// <summary>Not at all (port 25): for a server on this machine, or one that wants no password.</summary>
    None,
}
