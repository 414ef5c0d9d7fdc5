using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FeedWatch.Chat.Wording;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace FeedWatch.Chat.Channels.Mail;

/// <summary>
/// Mail, over SMTP. What the server refuses for good (5xx) is given up where it is about the message, and rests the channel where it is
/// about the login, the sender or every recipient; what it refuses for now (4xx) is tried again.
/// </summary>
internal sealed class EmailChannel(string name, ChannelOptions options, TimeProvider time) : IChatChannel
{
    public static readonly ChannelType Type = new(MailFaults.Of, (o, parts) => new EmailChannel(o.Name, o, parts.Time)) { Example = Example, Takes = [nameof(ChannelOptions.Mail), nameof(ChannelOptions.Updates), .. ChannelType.ForPeople] };

    /// <summary>For one message, from connecting to the server's last answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly MailOptions mail = options.Mail;
    private readonly MailLetter letter = new(name, options.Mail);
    private readonly X509Certificate2Collection authorities = MailFaults.AuthoritiesOf(options.Mail);
    private readonly string password = MailFaults.PasswordOf(options.Mail);

    public string Name => name;

    public async Task<SendResult> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var message = Message(delivery);
        using var session = new MailSession(authorities);
        using var patience = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await session.ConnectAsync(mail.Host!, MailFaults.PortOf(mail), Security(), either.Token);
            if (!string.IsNullOrEmpty(mail.User)) await session.AuthenticateAsync(Encoding.UTF8, mail.User, password, either.Token);
            await session.SendAsync(MailLetter.Format, message, either.Token);
            await LeaveAsync(session, either.Token);
            return new SendResult.Sent(delivery.Earlier ?? MailLetter.ReferenceTo(message), delivery.Interrupted)
            {
                Note = session.Refused.Count == 0 ? null : $"not to {string.Join(", ", session.Refused)}.",
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Later($"no answer within {Timeout.TotalSeconds:0} seconds", session);
        }
        catch (Exception ex) when (Meaning(ex, session) is { } result)
        {
            return result;
        }
    }

    public IReadOnlyList<string> Preview(Delivery delivery)
    {
        using var message = Message(delivery);
        using var text = new MemoryStream();
        message.WriteTo(MailLetter.Format, text);
        return [Encoding.ASCII.GetString(text.ToArray())];
    }

    private static ChannelOptions Example() => new() { Mail = { Host = "smtp.example.org", From = "FeedWatch <alerts@example.org>", To = { "desk@example.org" } } };

    private MimeMessage Message(Delivery delivery) => letter.Of(options.Updates is UpdateStyle.Post ? delivery with { Earlier = null } : delivery, time.GetUtcNow());

    private SecureSocketOptions Security() => mail.Encryption switch
    {
        MailEncryption.Tls => SecureSocketOptions.SslOnConnect,
        MailEncryption.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>The message is taken; how the connection ends changes nothing about it.</summary>
    private static async Task LeaveAsync(MailSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            // the server was faster
        }
    }

    /// <summary>What an exception says about the message; null where it is none of the expected ones.</summary>
    private SendResult? Meaning(Exception exception, MailSession session) => exception switch
    {
        SmtpCommandException { StatusCode: var status } ex when (int)status < 500 => new SendResult.RetryLater(null, Said((int)status, ex.Message)),
        SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted } ex => new SendResult.Refused(Said((int)ex.StatusCode, ex.Message)),
        SmtpCommandException ex => new SendResult.Broken(Said((int)ex.StatusCode, ex.Message)),
        AuthenticationException ex when ex.Message.StartsWith('4') => new SendResult.RetryLater(null, Why($"does not log {mail.User} in now: {ex.Message}")),
        AuthenticationException ex => new SendResult.Broken(Why($"does not log {mail.User} in: {ex.Message}")),
        SslHandshakeException when session.CertificateFault is { } fault => new SendResult.Broken(Why($"cannot be trusted: {fault}")),
        SslHandshakeException => Later("did not agree on an encrypted connection", session),
        NotSupportedException ex => new SendResult.Broken(Why($"cannot do what the settings ask for: {ex.Message}")),
        SocketException or IOException or ProtocolException => Later($"cannot be reached: {exception.Message}", session),
        _ => null,
    };

    private SendResult.RetryLater Later(string why, MailSession session) => new(null, Why(why)) { PerhapsSent = session.HasRecipient };

    private string Said(int status, string text) => Why(string.Create(CultureInfo.InvariantCulture, $"says {status}: {text}"));

    /// <summary>Servers repeat what they were sent, so that the password is looked for.</summary>
    private string Why(string what)
    {
        var plain = PlainText.Of($"{mail.Host} {what}", 300).TrimEnd('.') + ".";
        return password.Length > 1 ? plain.Replace(password, "***", StringComparison.Ordinal) : plain;
    }
}
