using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;

namespace FeedWatch.Chat.Channels.Mail;

/// <summary>What is wrong with the settings of an <c>email</c> channel, and what they mean where nothing is.</summary>
internal static class MailFaults
{
    private const int MostRecipients = 50; // one message to more is taken for spam, and servers need take only 100 (RFC 5321, 4.5.3.1.8)

    public static IEnumerable<string> Of(ChannelOptions channel)
    {
        var mail = channel.Mail;
        if (string.IsNullOrWhiteSpace(mail.Host)) yield return "Mail:Host is missing; it takes the name of the mail server (smtp.example.org).";
        else if (Uri.CheckHostName(mail.Host) is UriHostNameType.Unknown) yield return $"Mail:Host '{mail.Host}' is no host name or address.";
        if (mail.Port is < 1 or > 65535) yield return $"Mail:Port '{mail.Port}' is no port; use a number from 1 to 65535.";
        foreach (var fault in FaultsOfLogin(mail)) yield return fault;
        if (!string.IsNullOrEmpty(mail.CaFile) && FaultOfAuthorities(mail.CaFile) is { } reason) yield return $"Mail:CaFile '{mail.CaFile}' cannot be read: {reason}";

        if (string.IsNullOrWhiteSpace(mail.From)) yield return "Mail:From is missing; it takes the address to send from, for example FeedWatch <alerts@example.org>.";
        else if (Mailbox(mail.From) is null) yield return $"Mail:From '{mail.From}' is no address; write for example FeedWatch <alerts@example.org>.";
        if (mail.To.Count == 0) yield return "Mail:To is missing; it takes the addresses to send to, Mail:To:0 and so on.";
        if (mail.To.Count > MostRecipients) yield return $"Mail:To has more than {MostRecipients} addresses; send to a mailing list in their place.";
        for (var i = 0; i < mail.To.Count; i++)
        {
            if (Mailbox(mail.To[i]) is null) yield return $"Mail:To:{i} '{mail.To[i]}' is no address; write for example desk@example.org.";
        }

        foreach (var fault in channel.ChecksUpdates("by mail, which cannot be taken back", UpdateStyle.Thread, UpdateStyle.Post)) yield return fault;
    }

    /// <summary>An address in ASCII with its name; null where the text is none, or several.</summary>
    public static MailboxAddress? Mailbox(string? text) =>
        MailboxAddress.TryParse(text, out var mailbox) && mailbox.LocalPart.Length > 0 && mailbox.Domain.Length > 0 && mailbox.Address.All(char.IsAscii) ? mailbox : null;

    public static int PortOf(MailOptions mail) => mail.Port ?? mail.Encryption switch { MailEncryption.Tls => 465, MailEncryption.None => 25, _ => 587 };

    /// <summary>The password, from wherever it stands.</summary>
    public static string PasswordOf(MailOptions mail) => string.IsNullOrEmpty(mail.PasswordFile) ? mail.Password ?? "" : File.ReadAllText(mail.PasswordFile).TrimEnd('\r', '\n');

    /// <summary>The authorities to trust besides the machine's own; none where the settings name none.</summary>
    public static X509Certificate2Collection AuthoritiesOf(MailOptions mail)
    {
        var authorities = new X509Certificate2Collection();
        if (!string.IsNullOrEmpty(mail.CaFile)) authorities.ImportFromPemFile(mail.CaFile);
        return authorities;
    }

    private static IEnumerable<string> FaultsOfLogin(MailOptions mail)
    {
        var user = !string.IsNullOrEmpty(mail.User);
        var password = !string.IsNullOrEmpty(mail.Password) || !string.IsNullOrEmpty(mail.PasswordFile);
        if (user && !password) yield return "Mail:Password is missing beside Mail:User. It may stand in a file, and the file's name in Mail:PasswordFile.";
        if (!user && password) yield return "Mail:User is missing beside the password.";
        if (user && mail.Encryption is MailEncryption.None && !IsThisMachine(mail.Host))
            yield return "Mail:Encryption cannot be None beside Mail:User: anyone on the way could read the password. Use StartTls or Tls.";
        if (!string.IsNullOrEmpty(mail.PasswordFile) && FaultOf(() => PasswordOf(mail)) is { } reason) yield return $"Mail:PasswordFile '{mail.PasswordFile}' cannot be read: {reason}";
    }

    private static bool IsThisMachine(string? host) => host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    private static string? FaultOfAuthorities(string path)
    {
        var count = 0;
        return FaultOf(() => count = AuthoritiesOf(new MailOptions { CaFile = path }).Count) ?? (count == 0 ? "it holds no certificate." : null);
    }

    private static string? FaultOf<T>(Func<T> read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return ex.Message;
        }
    }
}
