using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FeedWatch.Chat.Channels.Hooks;

/// <summary>
/// Signs a request as Standard Webhooks 1.0.0 asks: HMAC-SHA256 of <c>id.timestamp.body</c>, with each secret that is in use, so that a receiver
/// may know the old or the new one while they are changed. The time is that of the try, which a receiver holds against its clock.
/// </summary>
/// <param name="secrets">One, or two with white space between them: <c>whsec_</c> and 24 to 64 bytes in base64.</param>
internal sealed class WebhookSignature(string secrets)
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    private readonly List<byte[]> keys = [.. SecretsIn(secrets).Select(s => KeyOf(s)!)];

    public static IReadOnlyList<string> SecretsIn(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static bool IsSecret(string secret) => KeyOf(secret) is not null;

    /// <summary>The headers that a receiver checks.</summary>
    public Dictionary<string, string> Of(string id, DateTimeOffset now, string body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        return new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}")),
        };
    }

    private static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length is >= LeastBytes and <= MostBytes ? key[..length] : null;
    }
}
