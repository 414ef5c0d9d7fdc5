using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FeedWatch.Contracts;

namespace FeedWatch.Chat.Commanding;

/// <summary>
/// Lets through what is signed with the shared secret, fresh and of a kind that this version knows. Who may send at all is the broker's to say;
/// the signature keeps out whoever got hold of the broker, the time and the request's id keep out what was recorded there.
/// </summary>
internal sealed class RequestGate(byte[] secret)
{
    public const string TimestampHeader = "feedwatch-timestamp";
    public const string SignatureHeader = "feedwatch-signature";
    public const int MostBytes = 64 * 1024;

    /// <summary>A request may be so old, or by another clock so young.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>The signature of a body: HMAC-SHA256 over the timestamp as it is sent, a point, and the body; in lower-case hexadecimal digits.</summary>
    public static string Sign(byte[] secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <param name="headers">Of the message, texts as such.</param>
    /// <param name="body">As it came.</param>
    /// <param name="now">By this machine's clock.</param>
    public GateResult Check(IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!headers.TryGetValue(SignatureHeader, out var signature) || !headers.TryGetValue(TimestampHeader, out var timestamp)) return new GateResult.Unsigned("it is not signed");
        if (body.Length > MostBytes) return new GateResult.Unsigned("it is too large");
        var expected = Encoding.ASCII.GetBytes(Sign(secret, timestamp, body));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature))) return new GateResult.Unsigned("its signature is wrong");

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 100_000_000_000)
            return new GateResult.Refused(null, "Its timestamp is not in seconds since 1970.");
        var age = now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age > Window || age < -Window) return new GateResult.Refused(null, $"It was signed more than {Window.TotalMinutes:0} minutes ago, or its clock is wrong; send it anew under another id.");
        try
        {
            return JsonSerializer.Deserialize<BotRequest>(body, EventJson.Options) is { } request
                ? new GateResult.Accepted(request)
                : new GateResult.Refused(null, "It is no request.");
        }
        catch (Exception ex) when (ex is JsonException or NotSupportedException)
        {
            return new GateResult.Refused(null, $"It is no request that this version knows; there are: {string.Join(", ", RequestTypes.All.Keys)}.");
        }
    }
}

/// <summary>What the gate makes of a message.</summary>
internal abstract record GateResult
{
    private GateResult()
    {
    }

    /// <param name="Request">To be carried out, unless its id was used before.</param>
    internal sealed record Accepted(BotRequest Request) : GateResult;

    /// <summary>From somebody who knows the secret: they are told.</summary>
    /// <param name="Id">The request's id, where it could be read.</param>
    /// <param name="Why">An English sentence.</param>
    internal sealed record Refused(Guid? Id, string Why) : GateResult;

    /// <summary>From somebody who may be anybody: they are told nothing.</summary>
    /// <param name="Why">For the log.</param>
    internal sealed record Unsigned(string Why) : GateResult;
}
