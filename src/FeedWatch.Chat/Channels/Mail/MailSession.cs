using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FeedWatch.Chat.Wording;
using MailKit.Net.Smtp;
using MimeKit;

namespace FeedWatch.Chat.Channels.Mail;

/// <summary>One connection to the mail server. It keeps what the server refused, and takes no certificate that is not valid.</summary>
internal sealed class MailSession : SmtpClient
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection authorities;
    private readonly List<string> refused = [];

    public MailSession(X509Certificate2Collection authorities)
    {
        this.authorities = authorities;
        CheckCertificateRevocation = false; // it would ask servers that nobody chose, and fail where they are away
        ServerCertificateValidationCallback = IsValid;
    }

    /// <summary>Those that the server will never take, in its own words; the others got the message.</summary>
    public IReadOnlyList<string> Refused => refused;

    /// <summary>Whether the server has taken a recipient, so that the message may be on its way.</summary>
    public bool HasRecipient { get; private set; }

    /// <summary>What is wrong with the certificate; null where it was valid, or none was shown yet.</summary>
    public string? CertificateFault { get; private set; }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => HasRecipient = true;

    /// <summary>One address that is gone keeps the message from no other; a passing fault does, since the others would get it again later.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if ((int)response.StatusCode < 500) base.OnRecipientNotAccepted(message, mailbox, response);
        else refused.Add(string.Create(CultureInfo.InvariantCulture, $"{mailbox.Address} ({(int)response.StatusCode} {PlainText.Of(response.Response, 120).TrimEnd('.')})"));
    }

    protected override void OnNoRecipientsAccepted(MimeMessage message) =>
        throw new SmtpCommandException(SmtpErrorCode.RecipientNotAccepted, SmtpStatusCode.MailboxUnavailable, $"no address is taken: {string.Join(", ", refused)}");

    private bool IsValid(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 shown && chain is not null && IsSignedByOurs(shown, chain)) errors = SslPolicyErrors.None;
        CertificateFault = errors switch
        {
            SslPolicyErrors.None => null,
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "it shows no certificate",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "its certificate is for another name",
            _ => $"its certificate is not valid: {string.Join(' ', (chain?.ChainStatus ?? []).Select(s => s.StatusInformation).Distinct())}",
        };
        return errors is SslPolicyErrors.None;
    }

    private bool IsSignedByOurs(X509Certificate2 certificate, X509Chain shown)
    {
        if (authorities.Count == 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        return chain.Build(certificate);
    }
}
