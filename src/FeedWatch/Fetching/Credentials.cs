using System.Net.Http.Headers;
using System.Text;
using FeedWatch.Sources;

namespace FeedWatch.Fetching;

/// <summary>
/// Puts a feed's secret into a request. It is read from its file each time, so that a changed secret needs no restart, and
/// it appears in no message.
/// </summary>
internal static class Credentials
{
    private const int Longest = 8192;

    /// <returns>Why it cannot be had; null where the request now carries it.</returns>
    public static async Task<string?> AddAsync(HttpRequestMessage request, FeedAuth auth, CancellationToken cancellationToken)
    {
        string secret;
        try
        {
            if (new FileInfo(auth.SecretFile) is { Exists: true, Length: > Longest }) return $"its secret file {auth.SecretFile} is longer than {Longest} bytes";
            secret = (await File.ReadAllTextAsync(auth.SecretFile, cancellationToken)).Trim();
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return $"its secret file cannot be read: {ex.Message}";
        }

        if (secret.Length == 0) return $"its secret file {auth.SecretFile} is empty";
        if (auth.User is null && secret.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0) return $"its secret file {auth.SecretFile} holds more than one line of plain text";

        if (auth.Header is { } name) request.Headers.TryAddWithoutValidation(name, secret);
        else if (auth.User is { } user) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}"))); // RFC 7617
        else request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}"); // RFC 6750
        return null;
    }
}
