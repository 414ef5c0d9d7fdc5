using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FeedWatch.Tests.Chat.Mail;

/// <summary>A mail server's certificate for a day, and beside it the authority that signed it, <c>authority.pem</c>.</summary>
internal static class MailCertificate
{
    /// <returns>The files of the certificate and of its key.</returns>
    public static string[] WriteTo(DirectoryInfo folder, string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=FeedWatch test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var signer = authority.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (name == "localhost") names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(signer, now.AddHours(-1), now.AddHours(20), [1, 2, 3, 4]);

        File.WriteAllText(Path.Combine(folder.FullName, "authority.pem"), signer.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return [Path.Combine(folder.FullName, "certificate.pem"), Path.Combine(folder.FullName, "key.pem")];
    }
}
